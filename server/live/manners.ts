import type { RawData, WebSocket } from 'ws';
import { liveHelloSchema } from '#shared/sync/messages.ts';

/** Close codes of our own, beside those of liveHub.ts. */
const mannersClose = { notUnderstood: 4400, tooMany: 4429 } as const;

/** What a desk may say behind its hello, pings included: so much at once, and one more every second. */
export const mostMessages = 20;
const oneMoreEveryMs = 1_000;
/** Sockets of one session; a desk has one, and while it moves to another node two. */
export const mostSockets = 8;
/** How long a socket that was told to go may take, and how much it may still say. */
const leaveWithinMs = 2_000;
const mostWhileLeaving = 1_000;

const spentAt = (at: number) => at + mostMessages * oneMoreEveryMs;

/** Holds every live socket to its manners: one that sends garbage, or too much, is told so and cut off. */
export function createManners(now: () => number): { watch(socket: WebSocket): void } {
  const sockets = new Map<string, number>();

  function watch(socket: WebSocket): void {
    let token: string | null = null;
    let wholeAt = 0;
    let leaving: NodeJS.Timeout | null = null;
    let saidLeaving = 0;

    function cut(code: number, reason: string): void {
      if (leaving) return;
      socket.close(code, reason);
      leaving = setTimeout(() => socket.terminate(), leaveWithinMs);
    }

    function spend(): void {
      if (leaving) {
        saidLeaving += 1;
        if (saidLeaving > mostWhileLeaving) socket.terminate();
        return;
      }
      const at = now();
      // Never later than a spent budget is whole again: the clock may have been set back.
      wholeAt = Math.min(Math.max(wholeAt, at), spentAt(at)) + oneMoreEveryMs;
      if (wholeAt > spentAt(at)) cut(mannersClose.tooMany, 'too many messages');
    }

    function greeted(hello: string): void {
      token = hello;
      const others = sockets.get(hello) ?? 0;
      sockets.set(hello, others + 1);
      if (others >= mostSockets) cut(mannersClose.tooMany, 'too many sockets of one session');
    }

    let isFirst = true;
    socket.on('message', (data, isBinary) => {
      spend();
      if (leaving) return;
      const message = isBinary ? null : readMessage(data);
      if (!isFirst) {
        // A type that a newer desk has is passed over.
        if (typeof message?.type !== 'string') cut(mannersClose.notUnderstood, 'not understood');
        return;
      }
      isFirst = false;
      const hello = liveHelloSchema.safeParse(message).data;
      if (hello) greeted(hello.token);
    });
    socket.on('ping', spend);
    socket.on('close', () => {
      if (leaving) clearTimeout(leaving);
      if (token === null) return;
      const others = (sockets.get(token) ?? 1) - 1;
      if (others > 0) sockets.set(token, others);
      else sockets.delete(token);
    });
  }

  return { watch };
}

function readMessage(data: RawData): { type?: unknown } | null {
  try {
    const message: unknown = JSON.parse(String(data));
    return typeof message === 'object' ? message : null;
  } catch {
    return null;
  }
}
