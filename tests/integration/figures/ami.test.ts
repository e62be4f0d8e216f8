import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AmiLine, createAmiLine } from '#server/pbx/asterisk/amiLine.ts';
import { amiText, createAmiReader } from '#server/pbx/asterisk/amiMessages.ts';

let server: Server;
let lines: AmiLine[];
const connections = new Set<Socket>();

/** Lets everybody in, and tells every answer to all connections, as Asterisk does with OriginateResponse. */
beforeEach(async () => {
  lines = [];
  server = createServer((socket) => {
    connections.add(socket);
    const read = createAmiReader((message) => {
      const id = message.get('actionid') ?? '';
      const action = message.get('action') ?? '';
      const answer = [
        ['Response', 'Success'],
        ['ActionID', id],
        ['Challenge', '1'],
        ['Message', action],
      ] as const;
      for (const one of action === 'Ping' ? connections : [socket]) one.write(amiText(answer));
    });
    socket.on('data', read);
    socket.on('error', () => {});
    socket.on('close', () => connections.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  for (const line of lines) await line.stop();
  server.close();
});

async function opened(events: string[]): Promise<AmiLine> {
  const { port } = server.address() as AddressInfo;
  const { promise, resolve } = Promise.withResolvers<void>();
  const account = { host: '127.0.0.1', port, user: 'switchboard', secret: 'secret', tls: false };
  const line = createAmiLine(
    account,
    { log: () => {} },
    {
      up: async () => resolve(),
      down: (reason) => events.push(reason),
      event: () => {},
    },
  );
  lines.push(line);
  line.start();
  await promise;
  return line;
}

test('no line takes the answer to another one for its own', async () => {
  const [one, other] = [await opened([]), await opened([])];
  const questions = await Promise.all([one.ask('Ping'), other.ask('Setvar', [['Variable', 'A']])]);
  expect(questions.map((answer) => answer.get('message'))).toEqual(['Ping', 'Setvar']);
});
