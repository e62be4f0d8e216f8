import {
  closeSync,
  globSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '#electron/cache/file/connection.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { DeskPage } from '../e2e/pages/desk.ts';
import {
  type CallCentre,
  type DeskProcess,
  killProgram,
  startCallCentre,
} from '../support/callCentre.ts';
import { connectDesk, type DeskClient } from '../support/deskClient.ts';
import { closeContexts, type DeskWindow, openTab } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { errorWords } from '../support/words.ts';

/** The cache at the border of the desk: locked, damaged, made with another key, or by a newer version. */
const userId = practiceUsers.find((user) => user.login === 'xu.jing')?.id ?? '';
let centre: CallCentre;
let desk: DeskProcess;
let client: DeskClient;
let supervisor: DeskClient;
let window: DeskWindow | undefined;

beforeAll(async () => {
  centre = await startCallCentre();
  supervisor = await connectDesk((await centre.startDesk('supervisor')).url);
  await supervisor.signIn('wu.min');
  await startAgain();
  expect(await client.signIn('xu.jing')).toMatchObject({ ok: true });
});

afterAll(async () => {
  client?.close();
  supervisor?.close();
  await closeContexts();
  await centre?.stop();
});

// Runs before the failure is told otherwise: what is set up last comes first.
afterEach(async () => {
  await window?.close();
  window = undefined;
});

inSteps();
tellFailures('cache', () => ({ centre, windows: [window] }));

const database = () => join(desk.dataDir, 'cache', `${userId}.db`);
const secretsFile = () => join(desk.dataDir, 'secrets.json');
const readSecrets = (): Record<string, string> => JSON.parse(readFileSync(secretsFile(), 'utf8'));

async function startAgain(): Promise<void> {
  desk = await centre.startDesk('agent');
  client = await connectDesk(desk.url);
}

async function stopDesk(): Promise<void> {
  client.close();
  await desk.program.stop();
}

async function inStep(): Promise<void> {
  await expect
    .poll(async () => (await client.snapshot()).sync)
    .toMatchObject({ state: 'online', waiting: 0 });
}

async function customersNamed(name: string): Promise<number> {
  return (await client.do('customers.search', { text: name, limit: 5 })).length;
}

function register(name: string): Promise<unknown> {
  return client.do('customers.register', {
    kind: 'person',
    name,
    points: [],
    profile: {},
    pinnedNote: null,
    callId: null,
  });
}

/** Writes over whatever stands in the middle of the file. */
function damage(file: string): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, Buffer.alloc(64 * 1024, 0x5c), 0, 64 * 1024, 0);
  writeSync(fd, Buffer.alloc(4096, 0x5c), 0, 4096, Math.floor(statSync(file).size / 2));
  closeSync(fd);
}

async function signInPage(process: DeskProcess): Promise<DeskPage> {
  window = await openTab(process);
  return new DeskPage(window.page);
}

describe('a cache that another copy of the desk holds', () => {
  it('is told at the sign-in of the second copy, in both languages; the first goes on', async () => {
    const second = await centre.startDesk('agent');
    const page = await signInPage(second);
    const words = errorWords('cache-locked');
    await page.signIn.signIn('xu.jing', 'practice');
    await expect.poll(() => page.signIn.failure()).toBe(words.en);
    await page.signIn.speak('zh-CN');
    await expect.poll(() => page.signIn.failure()).toBe(words['zh-CN']);
    await register('While Another Waits');
    await inStep();
    await page.signIn.speak('en');
    await second.program.stop();
  });

  it('is free at once when the first copy is killed', async () => {
    await killProgram(desk.program);
    await startAgain();
    expect(await client.signIn('xu.jing')).toMatchObject({ ok: true });
    expect(await customersNamed('While Another Waits')).toBe(1);
  });
});

describe('a cache whose file is damaged', () => {
  it('is built anew with a notice, and what was not sent arrives', async () => {
    await inStep();
    await centre.kill('server');
    await register('Not Sent Yet');
    await client.do('drafts.put', { key: 'ticket:half', json: '{"subject":"half"}' });
    await stopDesk();
    damage(database());
    await startAgain();
    expect(await client.signIn('xu.jing')).toMatchObject({ ok: true });
    const { notices, sync } = await client.snapshot();
    expect(notices.map(({ failure }) => failure.code)).toEqual(['cache-corrupt']);
    expect(sync.waiting).toBeGreaterThan(0);
    expect(await customersNamed('Not Sent Yet')).toBe(1);
    expect((await client.do('drafts.get', { key: 'ticket:half' })).json).toContain('half');

    await centre.revive('server');
    await inStep();
    await expect
      .poll(
        async () =>
          (await supervisor.do('customers.search', { text: 'Not Sent Yet', limit: 5 })).length,
      )
      .toBe(1);
    expect(globSync(`${database()}.corrupt-*`)).not.toEqual([]);
    await expect.poll(() => customersNamed('While Another Waits')).toBe(1);
  });

  it('stands in the window until it is dismissed', async () => {
    await stopDesk();
    damage(database());
    desk = await centre.startDesk('agent');
    const page = await signInPage(desk);
    await page.signIn.practiseAs('xu.jing');
    await page.inStep();
    const words = errorWords('cache-corrupt');
    await expect.poll(() => page.bar.bar.innerText()).toContain(words.en);
    await page.speak('zh-CN');
    await expect.poll(() => page.bar.bar.innerText()).toContain(words['zh-CN']);
    await page.speak('en');
    await page.bar.bar.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => page.bar.bar.innerText()).not.toContain(words.en);
    await desk.program.stop();
  });
});

describe('a cache made with another key', () => {
  it('is set aside whole and read again from the server, with a notice that says what to do', async () => {
    const secrets = readSecrets();
    const name = `cache-key:${userId}`;
    expect(secrets[name]).toMatch(/^[0-9a-f]{64}$/);
    const key = 'ab'.repeat(32);
    writeFileSync(secretsFile(), JSON.stringify({ ...secrets, [name]: key }));
    desk = await centre.startDesk('agent');
    const page = await signInPage(desk);
    await page.signIn.practiseAs('xu.jing');
    await page.inStep();
    await expect.poll(() => page.bar.bar.innerText()).toContain(errorWords('cache-wrong-key').en);
    const [aside = ''] = globSync(`${database()}.locked-*`, {
      exclude: (file) => /\.(journal|identity)$|-(wal|shm)$/.test(file),
    });
    expect(statSync(aside).size).toBeGreaterThan(0);
    const old = connect(
      { file: aside, key: secrets[name] ?? '' },
      { cacheKiB: 1024, checkpointPages: 0 },
    );
    expect(old.pragma('quick_check(1)', { simple: true })).toBe('ok');
    old.close();
    await desk.program.stop();
  });

  it('says nothing the next time', async () => {
    await startAgain();
    expect(await client.signIn('xu.jing')).toMatchObject({ ok: true });
    expect((await client.snapshot()).notices).toEqual([]);
    await inStep();
    expect(await customersNamed('While Another Waits')).toBe(1);
    await stopDesk();
  });
});

describe('a cache that a newer version has written', () => {
  const setVersion = (change: (version: number) => number) => {
    const key = readSecrets()[`cache-key:${userId}`] ?? '';
    const db = connect({ file: database(), key }, { cacheKiB: 1024, checkpointPages: 0 });
    db.pragma(`user_version = ${change(Number(db.pragma('user_version', { simple: true })))}`);
    db.close();
  };

  it('is left as it is, and the sign-in says what to do', async () => {
    setVersion((version) => version + 1000);
    desk = await centre.startDesk('agent');
    const page = await signInPage(desk);
    const words = errorWords('cache-from-future');
    await page.signIn.signIn('xu.jing', 'practice');
    await expect.poll(() => page.signIn.failure()).toBe(words.en);
    await page.signIn.speak('zh-CN');
    await expect.poll(() => page.signIn.failure()).toBe(words['zh-CN']);
    await desk.program.stop();
  });

  it('opens again with all it had under the right version', async () => {
    setVersion((version) => version - 1000);
    await startAgain();
    expect(await client.signIn('xu.jing')).toMatchObject({ ok: true });
    expect(await customersNamed('While Another Waits')).toBe(1);
    expect((await client.snapshot()).notices).toEqual([]);
  });
});
