import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';

/** A socket whose other side is gone without a word is cut, so that the grace time can begin. */
export function keepWatch(socket: WebSocket, clock: Clock, pingMs: number): void {
  let isAlive = true;
  let cancel = () => {};
  const watch = () => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
    cancel = clock.after(pingMs, watch);
  };
  cancel = clock.after(pingMs, watch);
  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('close', () => cancel());
}
