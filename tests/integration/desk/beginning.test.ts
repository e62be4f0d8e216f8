import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
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
  rmSync(dataDir, { recursive: true, force: true });
});

const signedIn = { token: 'a-token-of-the-test-centre', user, phone: null, serverTime: 0 };

it('a shift that could not begin leaves nothing behind that the next one would meet', async () => {
  centre = await JsonServer.start((path) =>
    path === '/api/session' ? { status: 200, body: signedIn } : { status: 503, body: {} },
  );
  const { port } = createMediaRelay(systemClock);
  let isBroken = false;
  const media: MediaPort = {
    ...port,
    listen(listener) {
      if (isBroken) throw new Error('scripted');
      return port.listen(listener);
    },
  };
  desk = createDesk({
    ...{ log: quietLog, clock: systemClock, secrets: memorySecrets(), media, dataDir },
    ...{ version: '0.0.0-test', serverUrl: centre.url, language: 'en' },
  });
  const signIn = () =>
    desk.handle('session.signIn', {
      ...{ login: user?.login, password: user?.password, remember: false },
      startAs: { state: 'ready' },
    });
  isBroken = true;
  expect(await signIn()).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(desk.snapshot().session.state).toBe('signedOut');
  isBroken = false;
  expect(await signIn()).toMatchObject({ ok: true });
});
