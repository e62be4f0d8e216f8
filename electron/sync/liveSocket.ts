import { WebSocket } from 'ws';
import { type BoardMessage, type BoardWatch, boardMessageSchema } from '#shared/sync/board.ts';
import { type CentreMessage, type LiveMessage, liveMessageSchema } from '#shared/sync/messages.ts';
import type { Clock } from '../core/providers.ts';
import { type ServerAddress, serversOf } from './servers.ts';

export interface LiveHandlers {
  /** The server knows this desk: news from here on is not missed. */
  welcome(): void;
  news(): void;
  /** What happened at the PBX, and what a supervisor wants of this agent. */
  pbx(message: CentreMessage): void;
  /** Of the board that this desk watches. */
  board(message: BoardMessage): void;
  signedOut(): void;
  /** Told once, unless `close` was called. */
  closed(): void;
}

export interface LiveSocket {
  /** Asks the other side for a sign of life now, such as after sleep. */
  check(): void;
  /** To be said after the welcome; nothing where the connection is gone. */
  say(message: BoardWatch): void;
  close(): void;
}

const beatMs = 15_000;
const answerMs = 8000;
/** Close code of the server for a session that ended (server/live). */
const signedOutCode = 4401;

/**
 * One connection to the server's live news. It does not come back by itself. A peer that vanished
 * without a word is found by a ping that is not answered.
 */
export function openLiveSocket(
  { serverUrl, token, deviceId }: { serverUrl: ServerAddress; token: string; deviceId: string },
  clock: Clock,
  handlers: LiveHandlers,
): LiveSocket {
  const servers = serversOf(serverUrl);
  const address = servers.current();
  const url = `${address.replace(/^http/, 'ws')}/api/sync/live`;
  const socket = new WebSocket(url, { handshakeTimeout: answerMs });
  let open = true;
  let cancelBeat = () => {};
  let cancelDeadline = () => {};

  function end(tell: (() => void) | null): void {
    if (!open) return;
    open = false;
    cancelBeat();
    cancelDeadline();
    socket.terminate();
    // Whatever took it away, the server that had it is not the one to count on.
    if (tell === handlers.closed) servers.failed(address);
    tell?.();
  }

  function alive(): void {
    cancelDeadline();
    cancelBeat();
    if (open) cancelBeat = clock.after(beatMs, beat);
  }

  function expectAnswer(): void {
    cancelDeadline();
    cancelDeadline = clock.after(answerMs, () => end(handlers.closed));
  }

  function beat(): void {
    if (!open || socket.readyState !== WebSocket.OPEN) return;
    socket.ping();
    expectAnswer();
  }

  function heard(text: string): void {
    if (!open) return;
    alive();
    // A type that a newer server has, and this version does not know, is passed over.
    const given = readJson(text);
    const message = liveMessageSchema.safeParse(given).data;
    const board = message ? null : boardMessageSchema.safeParse(given).data;
    if (message) pass(message);
    else if (board) handlers.board(board);
  }

  function pass(message: LiveMessage): void {
    if (message.type === 'welcome') handlers.welcome();
    else if (message.type === 'news') handlers.news();
    else if (message.type === 'signedOut') end(handlers.signedOut);
    else handlers.pbx(message);
  }

  socket.on('open', () => {
    socket.send(JSON.stringify({ type: 'hello', token, deviceId }));
    expectAnswer();
  });
  socket.on('message', (data) => heard(String(data)));
  socket.on('pong', alive);
  socket.on('error', () => end(handlers.closed));
  socket.on('close', (code) => {
    end(code === signedOutCode ? handlers.signedOut : handlers.closed);
  });

  return {
    check: beat,
    say(message) {
      if (open && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close: () => end(null),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
