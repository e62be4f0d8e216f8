import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { amiStream, lastEvent } from './amiStream.ts';
import { sharedNowMs } from './monotonic.ts';

/** What the bench asks this process to play to whoever is connected. */
export interface PlayTask {
  calls: number;
  /** Events a second; null: as fast as they are taken. */
  perSecond: number | null;
}
export type PlayerTold = { type: 'ready'; port: number } | { type: 'began'; at: number };

const sliceMs = 10;

/** An Asterisk Manager Interface that logs anybody in, has no calls, and plays a stream of events when it is told. */
const sockets = new Set<Socket>();
const server = createServer((socket) => {
  sockets.add(socket);
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      answer(socket, text.slice(0, end));
      text = text.slice(end + 4);
    }
  });
  socket.write('Asterisk Call Manager/11.0.0\r\n');
});
server.listen(0, '127.0.0.1', () => {
  tell({ type: 'ready', port: (server.address() as AddressInfo).port });
});

process.on('message', (task: PlayTask) => {
  const [socket] = sockets;
  if (socket) void play(socket, task);
});
process.once('disconnect', () => process.exit(0));

function answer(socket: Socket, asked: string): void {
  const field = (name: string) =>
    new RegExp(`^${name}: (.*)$`, 'mu').exec(asked)?.[1]?.trim() ?? '';
  const action = field('Action');
  const id = `ActionID: ${field('ActionID')}`;
  const lines = ['Response: Success', id, 'Challenge: 1', 'Value: '];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  if (action === 'QueueStatus' || action === 'CoreShowChannels') {
    socket.write(`Event: ${action}Complete\r\n${id}\r\n\r\n`);
  }
}

async function play(socket: Socket, { calls, perSecond }: PlayTask): Promise<void> {
  const perSlice = perSecond === null ? 1_000 : (perSecond * sliceMs) / 1_000;
  const slices: string[] = [];
  let slice: string[] = [];
  for (const event of amiStream(calls)) {
    if (slice.push(event) < perSlice) continue;
    slices.push(slice.join(''));
    slice = [];
  }
  slices.push(slice.join(''));
  const began = sharedNowMs();
  tell({ type: 'began', at: began });
  for (const [number, text] of slices.entries()) {
    if (perSecond !== null) await until(began + number * sliceMs);
    if (!socket.write(text)) await once(socket, 'drain');
  }
  socket.write(lastEvent(sharedNowMs()));
}

function until(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - sharedNowMs())));
}

function tell(told: PlayerTold): void {
  process.send?.(told);
}
