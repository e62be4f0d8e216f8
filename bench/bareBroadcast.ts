import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { sharedNowMs } from './monotonic.ts';

/** Baseline of fanout, a process of its own: sends what it is told to every socket, and tells when it began. */
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.once('listening', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ type: 'ready', url: `ws://127.0.0.1:${port}` });
});

process.on('message', (message: string) => {
  const at = sharedNowMs();
  for (const socket of server.clients) socket.send(message);
  process.send?.({ type: 'sent', at });
});
process.once('disconnect', () => process.exit(0));
