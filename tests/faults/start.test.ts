import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectDesk, type DeskClient } from '../support/deskClient.ts';
import { canList, runStart, type Started } from '../support/startCommand.ts';

/** `npm start` at the terminal: what it says when it cannot start, and that nothing is left of it. */
let folder: string;
const started: Started[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-start-'));
});

afterEach(({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const one of started) {
    process.stderr.write(one.said());
    // It holds the data folder that the next try and the next tests want.
    one.clear();
  }
});

afterAll(() => {
  for (const one of started) one.clear();
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): Started {
  const one = runStart(['--web', '--no-open', ...args]);
  started.push(one);
  return one;
}

const data = (name: string) => join(folder, name);

async function addressOf(one: Started): Promise<string> {
  const [, address = ''] = await one.says(/Switchboard ready: (http:\S+)/);
  return address;
}

async function nothingLeft(one: Started): Promise<void> {
  await expect.poll(() => one.alive()).toEqual([]);
}

async function signedIn(one: Started): Promise<DeskClient> {
  const desk = await connectDesk(await addressOf(one));
  const result = await desk.signIn('xu.jing');
  expect(result).toMatchObject({ ok: true });
  return desk;
}

describe('words on the command line', () => {
  it('tells its options with --help', async () => {
    const one = start('--help');
    expect(await one.ended).toEqual({ code: 0, signal: null });
    expect(one.said()).toMatch(/Usage: npm start/);
    for (const option of ['--web', '--port', '--data', '--server', '--no-practice', '--no-open']) {
      expect(one.said()).toContain(option);
    }
  });

  it.each([
    { args: ['--prot', '9000'], words: /--prot/ },
    { args: ['--port', '99999'], words: /--port takes a number from 0 to 65535, not "99999"/ },
    { args: ['--port'], words: /--port/ },
    { args: ['--server', 'localhost'], words: /--server takes an address/ },
    { args: ['extra'], words: /extra/ },
  ])('refuses $args with the usage and code 2', async ({ args, words }) => {
    const one = start(...args);
    expect(await one.ended).toEqual({ code: 2, signal: null });
    expect(one.said()).toMatch(words);
    expect(one.said()).toMatch(/Usage: npm start/);
    expect(one.said()).not.toMatch(/^\s+at /m);
  });
});

describe('a data folder that cannot be written', () => {
  it('is named, with the reason', async () => {
    writeFileSync(data('a-file'), '');
    const one = start('--data', join(data('a-file'), 'inside'));
    expect((await one.ended).code).toBe(1);
    expect(one.said()).toContain(`The data folder ${join(data('a-file'), 'inside')}`);
    expect(one.said()).toMatch(/cannot be written: ENOTDIR/);
    expect(one.said()).not.toMatch(/^\s+at /m);
    await nothingLeft(one);
  });

  it.skipIf(process.platform !== 'linux')(
    'is noticed also by root, on a file system that takes nothing',
    async () => {
      const one = start('--data', '/proc/switchboard');
      expect((await one.ended).code).toBe(1);
      expect(one.said()).toMatch(/The data folder \/proc\/switchboard cannot be written/);
      await nothingLeft(one);
    },
  );
});

describe('a whole centre on one machine', () => {
  let first: Started;
  let desk: DeskClient;

  it('starts and keeps a record', async () => {
    first = start('--data', data('centre'));
    desk = await signedIn(first);
    const card = await desk.do('customers.register', {
      kind: 'person',
      name: 'Yesterday Brandt',
      points: [
        {
          ...{ kind: 'phone', label: 'mobile', raw: '+4915112345678' },
          ...{ preferred: true, consent: 'unknown' },
        },
      ],
      profile: {},
      pinnedNote: null,
      callId: null,
    });
    expect(card.customer.name).toBe('Yesterday Brandt');
    await expect
      .poll(async () => (await desk.snapshot()).sync)
      .toMatchObject({ state: 'online', waiting: 0 });
  });

  it('does not let a second copy on its data folder, and goes on', async () => {
    const second = start('--data', data('centre'));
    expect((await second.ended).code).toBe(1);
    expect(second.said()).toContain(`running already on the data folder ${data('centre')}`);
    expect(second.said()).toContain('--data');
    await nothingLeft(second);
    expect(await desk.snapshot()).toMatchObject({ sync: { state: 'online' } });
    const second2 = start('--data', data('centre'), '--server', 'http://127.0.0.1:1');
    expect((await second2.ended).code).toBe(1);
    expect(second2.said()).toContain('running already');
  });

  it('lets a second desk on a folder of its own', async () => {
    const [, ...args] = await first.says(/npm start -- --server (\S+) --data data-2/);
    const second = start('--server', args[0] ?? '', '--data', data('second'));
    const other = await connectDesk(await addressOf(second));
    expect(await other.signIn('wu.min')).toMatchObject({ ok: true });
    other.close();
    second.signal('SIGTERM', 'process');
    expect((await second.ended).code).toBe(0);
    await nothingLeft(second);
  });

  it('ends whole on Ctrl-C', async () => {
    expect(first.alive().length).toBeGreaterThan(canList ? 3 : -1);
    first.signal('SIGINT', 'group');
    expect(await first.ended).toEqual({ code: 0, signal: null });
    await nothingLeft(first);
    expect(first.said()).not.toMatch(/error|^\s+at /im);
  });

  it('has the record of yesterday after the next start', async () => {
    const next = start('--data', data('centre'));
    const again = await signedIn(next);
    await expect
      .poll(
        async () => (await again.do('customers.search', { text: 'Yesterday', limit: 5 })).length,
      )
      .toBe(1);
    next.signal('SIGINT', 'process');
    expect(await next.ended).toEqual({ code: 0, signal: null });
    await nothingLeft(next);
  });

  it('says which port is taken and what to do, and leaves nothing behind', async () => {
    const [holder, port] = await takenPort();
    const one = start('--data', data('centre'), '--port', String(port));
    expect((await one.ended).code).toBe(1);
    expect(one.said()).toContain(`Port ${port} is taken`);
    expect(one.said()).toContain('--port N');
    expect(one.said()).not.toMatch(/^\s+at /m);
    await nothingLeft(one);
    holder.close();
  });

  it('works without practice: no phone, no simulated callers', async () => {
    const one = start('--data', data('centre'), '--no-practice');
    const quiet = await signedIn(one);
    expect((await quiet.snapshot()).phone.state).toBe('off');
    quiet.close();
    one.signal('SIGINT', 'group');
    expect((await one.ended).code).toBe(0);
    await nothingLeft(one);
  });

  it('ends whole when it is stopped in the middle of its start', async () => {
    const one = start('--data', data('never'));
    await one.says(/Starting the central server/);
    one.signal('SIGINT', 'group');
    await one.ended;
    await nothingLeft(one);
    expect(one.said()).not.toMatch(/^\s+at /m);
  });

  it('leaves nothing behind when it is killed in the middle of its start', async () => {
    const one = start('--data', data('never-either'));
    await one.says(/Starting the central server/);
    one.signal('SIGKILL', 'group');
    await one.ended;
    await nothingLeft(one);
  });

  it('leaves nothing behind when the launcher is killed', async () => {
    const one = start('--data', data('centre'));
    await addressOf(one);
    one.signal('SIGKILL', 'group');
    await one.ended;
    await nothingLeft(one);
  });

  it.skipIf(!canList)('says which part died, and ends', async () => {
    const one = start('--data', data('centre'));
    await addressOf(one);
    process.kill(one.pidOf('server.js'), 'SIGKILL');
    expect((await one.ended).code).toBe(1);
    expect(one.said()).toMatch(/The central server ended/);
    await nothingLeft(one);
  });
});

function takenPort(): Promise<[Server, number]> {
  const holder = createServer();
  return new Promise((resolve) => {
    holder.listen(0, '127.0.0.1', () => {
      const address = holder.address();
      resolve([holder, address && typeof address === 'object' ? address.port : 0]);
    });
  });
}
