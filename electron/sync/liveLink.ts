import type { BoardMessage, BoardWatch } from '#shared/sync/board.ts';
import type { CentreMessage } from '#shared/sync/messages.ts';
import type { Clock } from '../core/providers.ts';
import { backoffMs } from './backoff.ts';
import { type LiveSocket, openLiveSocket } from './liveSocket.ts';

type Hello = Parameters<typeof openLiveSocket>[0];

export interface LiveLinkHandlers {
  welcome(): void;
  news(): void;
  pbx(message: CentreMessage): void;
  board(message: BoardMessage): void;
  signedOut(): void;
  /** The socket is gone. True: it comes back a little later. */
  lost(): boolean;
  /** It is on its way back. */
  returning(): void;
}

/** The live socket of a session, which comes back by itself. */
export interface LiveLink {
  /** Does nothing while there is a socket, or a new one is planned. */
  connect(hello: Hello): void;
  check(): void;
  say(message: BoardWatch): void;
  /** No new socket until `connect`. */
  rest(): void;
  close(): void;
}

export function createLiveLink(
  { clock, random }: { clock: Clock; random: () => number },
  handlers: LiveLinkHandlers,
): LiveLink {
  let socket: LiveSocket | null = null;
  let failures = 0;
  /** Null while no new socket is planned. */
  let cancelPlan: (() => void) | null = null;

  function open(hello: Hello): void {
    if (socket) return;
    const { news, pbx, board, signedOut } = handlers;
    const welcome = () => {
      failures = 0;
      handlers.welcome();
    };
    const closed = () => {
      socket = null;
      if (handlers.lost()) planNext(hello);
    };
    socket = openLiveSocket(hello, clock, { welcome, news, pbx, board, signedOut, closed });
  }

  function planNext(hello: Hello): void {
    failures += 1;
    cancelPlan = clock.after(backoffMs(failures, random), () => {
      cancelPlan = null;
      open(hello);
      handlers.returning();
    });
  }

  function rest(): void {
    cancelPlan?.();
    cancelPlan = null;
    failures = 0;
  }

  return {
    connect(hello) {
      if (!cancelPlan) open(hello);
    },
    check: () => socket?.check(),
    say: (message) => socket?.say(message),
    rest,
    close() {
      socket?.close();
      socket = null;
      rest();
    },
  };
}
