import type { WebSocket } from 'ws';
import { type FromWindow, fromWindowSchema, type ToWindow } from '#shared/contract/wire.ts';
import type { Log } from '../core/providers.ts';

/** Close codes of our own, RFC 6455 §7.4.2: 4000 to 4999 are for applications. */
export const closeMoved = 4001;

/** Largest message a window may send; a draft of half a megabyte fits. */
export const maxMessageBytes = 4 * 1024 * 1024;

/** One connected window: parsed messages in, typed messages out. */
export interface WindowSocket {
  send(message: ToWindow): void;
  close(code: number, reason: string): void;
}

export function attachWindow(
  socket: WebSocket,
  log: Log,
  onMessage: (message: FromWindow) => void,
  onClose: () => void,
): WindowSocket {
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? null : parse(data.toString());
    if (message) onMessage(message);
    else log.warn('a window sent what is no message of ours');
  });
  socket.on('close', onClose);
  socket.on('error', (error) => log.info('a window went away', { error: error.message }));
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    close: (code, reason) => socket.close(code, reason),
  };
}

function parse(text: string): FromWindow | null {
  try {
    return fromWindowSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
