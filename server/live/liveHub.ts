import type { WebSocket } from 'ws';
import { z } from 'zod';
import { type LiveMessage, liveHelloSchema, type SignedInUser } from '#shared/sync/messages.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { LiveTimes } from '../options.ts';

/** Close codes of our own (RFC 6455 section 7.4.2: 4000 to 4999). */
export const liveClose = { badHello: 4400, signedOut: 4401, late: 4408 } as const;

interface Member {
  tokenHash: string;
  user: SignedInUser;
  answered: boolean;
  desk: LiveDesk;
}

/** A desk behind its hello, for whoever tells it more than the hub does. */
export interface LiveDesk {
  user: SignedInUser;
  /** Text of a message. */
  say(text: string): void;
  /** Bytes that this desk has been told and that are not on their way yet: it is slow, or gone. */
  unsent(): number;
}

const saidSchema = z.object({ type: z.string() });
/** What a desk says behind its hello. A type that nobody here knows is passed over. */
export type Said = z.infer<typeof saidSchema>;

export interface LiveHub {
  /** Take over a fresh socket: it has to say hello. */
  attach(socket: WebSocket): void;
  /** Tell every desk that there is something to pull. */
  news(): void;
  /** Tell the desks of those users that `whom` is true of. */
  tell(message: LiveMessage, whom: (user: SignedInUser) => boolean): void;
  /** Called after every welcome: what a desk has to know from the beginning goes to `tell`. */
  welcomed(listener: (user: SignedInUser, tell: (message: LiveMessage) => void) => void): void;
  /** Called for everything that a desk says behind its hello. */
  said(listener: (desk: LiveDesk, message: Said) => void): void;
  /** Called when a desk that was welcomed has gone. */
  left(listener: (desk: LiveDesk) => void): void;
  /** End the sockets of a session that was signed out. */
  signedOut(tokenHash: string): void;
  size(): number;
  /** Whose desks hear, each once. */
  users(): string[];
  close(): void;
}

export function createLiveHub(
  accounts: Pick<Accounts, 'callerOf' | 'stillOpen'>,
  { times, now }: { times: LiveTimes; now: () => number },
): LiveHub {
  const members = new Map<WebSocket, Member>();
  const welcomers = new Set<Parameters<LiveHub['welcomed']>[0]>();
  const sayers = new Set<Parameters<LiveHub['said']>[0]>();
  const leavers = new Set<Parameters<LiveHub['left']>[0]>();
  /** Of each hello that is being looked at: what was signed out meanwhile, for it may have been read before. */
  const greetings = new Set<Set<string>>();
  const beat = setInterval(() => {
    afterReading(ping);
    dropExpired().catch(() => {});
  }, times.pingMs);

  function ping(): void {
    for (const [socket, member] of members) {
      if (!member.answered) {
        socket.terminate();
        continue;
      }
      member.answered = false;
      socket.ping();
    }
  }

  async function dropExpired(): Promise<void> {
    const hashes = [...members.values()].map((member) => member.tokenHash);
    const open = await accounts.stillOpen(hashes);
    for (const hash of hashes) if (!open.has(hash)) signedOut(hash);
  }

  function signedOut(tokenHash: string): void {
    for (const meanwhile of greetings) meanwhile.add(tokenHash);
    for (const [socket, member] of members) {
      if (member.tokenHash !== tokenHash) continue;
      forget(socket);
      end(socket, liveClose.signedOut);
    }
  }

  function forget(socket: WebSocket): void {
    const member = members.get(socket);
    if (!members.delete(socket) || !member) return;
    for (const leave of leavers) leave(member.desk);
  }

  /** Garbage is the business of manners.ts. */
  function hear(socket: WebSocket, text: string): void {
    const desk = members.get(socket)?.desk;
    const message = desk && saidSchema.loose().safeParse(readJson(text)).data;
    if (!desk || !message) return;
    for (const sayer of sayers) sayer(desk, message);
  }

  async function greet(socket: WebSocket, token: string): Promise<void> {
    const meanwhile = new Set<string>();
    greetings.add(meanwhile);
    const caller = await accounts.callerOf(token).finally(() => greetings.delete(meanwhile));
    if (!caller || meanwhile.has(caller.tokenHash)) return end(socket, liveClose.signedOut);
    if (socket.readyState !== socket.OPEN) return;
    const { tokenHash, user } = caller;
    const desk: LiveDesk = {
      user,
      say: (text) => say(socket, text),
      unsent: () => socket.bufferedAmount,
    };
    const member = { tokenHash, user, answered: true, desk };
    members.set(socket, member);
    socket.on('pong', () => {
      member.answered = true;
    });
    tell(socket, { type: 'welcome', serverTime: now() });
    for (const welcome of welcomers) welcome(user, (message) => tell(socket, message));
  }

  return {
    attach(socket) {
      const late = setTimeout(() => socket.close(liveClose.late), times.helloMs);
      socket.on('error', () => socket.terminate());
      socket.on('close', () => {
        clearTimeout(late);
        forget(socket);
      });
      socket.once('message', (data) => {
        clearTimeout(late);
        const hello = parseHello(String(data));
        if (!hello) return socket.close(liveClose.badHello);
        greet(socket, hello.token).catch(() => socket.close(1011));
        socket.on('message', (said) => hear(socket, String(said)));
      });
    },
    news() {
      const text = JSON.stringify({ type: 'news' } satisfies LiveMessage);
      for (const socket of members.keys()) say(socket, text);
    },
    tell(message, whom) {
      for (const [socket, { user }] of members) if (whom(user)) tell(socket, message);
    },
    welcomed: (listener) => void welcomers.add(listener),
    said: (listener) => void sayers.add(listener),
    left: (listener) => void leavers.add(listener),
    signedOut,
    size: () => members.size,
    users: () => [...new Set([...members.values()].map(({ user }) => user.id))],
    close() {
      clearInterval(beat);
      for (const socket of members.keys()) {
        socket.close(1001);
        forget(socket);
      }
    },
  };
}

/** What came while this process was busy is read first: nobody is dropped who has answered. */
function afterReading(work: () => void): void {
  setImmediate(() => setImmediate(work));
}

function end(socket: WebSocket, code: number): void {
  tell(socket, { type: 'signedOut' });
  socket.close(code);
}

function tell(socket: WebSocket, message: LiveMessage): void {
  say(socket, JSON.stringify(message));
}

function say(socket: WebSocket, text: string): void {
  if (socket.readyState === socket.OPEN) socket.send(text);
}

function parseHello(text: string) {
  return liveHelloSchema.safeParse(readJson(text)).data ?? null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
