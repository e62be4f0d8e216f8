import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { createDesk, type Desk } from '#electron/core/desk.ts';
import { createMediaRelay } from '#electron/core/mediaRelay.ts';
import type { MediaPort } from '#electron/core/providers.ts';
import { systemClock } from '#electron/core/systemClock.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { quietLog } from '#tests/support/cacheFixture.ts';
import { memorySecrets } from '#tests/support/deskInProcess.ts';
import { JsonServer } from '#tests/support/jsonServer.ts';

const [user] = practiceUsers;
const dataDir = mkdtempSync(join(tmpdir(), 'switchboard-desk-'));
let desk: Desk;
let centre: JsonServer;
afterEach(async () => {
  await desk.stop();
  await centre.close();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const signedIn = { token: 'a-token-of-the-test-centre', user, phone: null, serverTime: 0 };

let isBroken = false;

/** A desk whose media page refuses to be listened to, or to be left, while `isBroken`. */
async function startDesk(): Promise<void> {
  centre = await JsonServer.start((path) =>
    path === '/api/session' ? { status: 200, body: signedIn } : { status: 503, body: {} },
  );
  const { port } = createMediaRelay(systemClock);
  const assertWhole = () => {
    if (isBroken) throw new Error('scripted');
  };
  const media: MediaPort = {
    ...port,
    listen(listener) {
      assertWhole();
      const stop = port.listen(listener);
      return () => {
        assertWhole();
        stop();
      };
    },
  };
  isBroken = false;
  desk = createDesk({
    ...{ log: quietLog, clock: systemClock, secrets: memorySecrets(), media, dataDir },
    ...{ version: '0.0.0-test', serverUrl: centre.url, language: 'en' },
  });
}

const state = () => desk.snapshot().session.state;
const signIn = () =>
  desk.handle('session.signIn', {
    ...{ login: user?.login, password: user?.password, remember: false },
    startAs: { state: 'ready' },
  });

it('a shift that could not begin leaves nothing behind that the next one would meet', async () => {
  await startDesk();
  isBroken = true;
  expect(await signIn()).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(state()).toBe('signedOut');
  isBroken = false;
  expect(await signIn()).toMatchObject({ ok: true });
});

it('a shift that could not end in order is over all the same', async () => {
  await startDesk();
  expect(await signIn()).toMatchObject({ ok: true });
  isBroken = true;
  expect(await desk.handle('session.signOut', {})).toMatchObject({ ok: false });
  expect(state()).toBe('signedOut');
  isBroken = false;
  expect(await signIn()).toMatchObject({ ok: true });
});
