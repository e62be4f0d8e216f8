import { describe, expect, it, vi } from 'vitest';
import type { Clock } from '#electron/core/providers.ts';
import { systemClock } from '#tests/support/testPhone.ts';
import { noAsterisk, openSite } from './support/site.ts';

const site = openSite();

/** What the PBX has of this extension: the contact, and when it ends (s UTC). */
async function contact(extension: string): Promise<{ uri: string; endsAt: number } | null> {
  const all = await site.asterisk.cli('database show registrar/contact');
  const own = all.split('\n').find((line) => line.includes(`/${extension};@`));
  if (!own) return null;
  const told = JSON.parse(own.slice(own.indexOf('{')));
  return { uri: told.uri, endsAt: Number(told.expiration_time) };
}

async function isKnown(extension: string, yes: boolean): Promise<void> {
  const line = new RegExp(`Contact:\\s+${extension}/`, 'u');
  await vi.waitFor(
    async () => expect(line.test(await site.asterisk.cli('pjsip show contacts'))).toBe(yes),
    { timeout: 15_000, interval: 100 },
  );
}

describe.skipIf(noAsterisk)('registration on Asterisk', () => {
  it('registers, and the PBX knows the desk', async () => {
    const { desk } = await site.registered();
    expect(desk.phone.status()).toMatchObject({ state: 'registered', failure: null });
    await isKnown('2041', true);
  });

  it('tells a wrong password once and does not try again by itself', async () => {
    const { desk } = await site.desk('2041');
    desk.phone.start(site.account('2041', { password: 'wrong' }));
    const status = await desk.status(({ state }) => state === 'failed');
    expect(status).toMatchObject({ failure: { code: 'phone-refused' }, nextTryAt: null });
    expect(site.asterisk.log()).toContain('SecurityEvent="ChallengeResponseFailed"');
    await isKnown('2041', false);
  });

  it('is refused an extension that does not exist', async () => {
    const { desk } = await site.desk('2041');
    desk.phone.start(site.account('2999'));
    const status = await desk.status(({ state }) => state === 'failed');
    expect(status).toMatchObject({ failure: { code: 'phone-refused' }, nextTryAt: null });
  });

  it('refreshes a registration before it ends', async () => {
    const { desk } = await site.registered('2044');
    const first = await contact('2044');
    if (!first) throw new Error('no contact');
    // Two whole lives of 4 s: each refresh moves the end on.
    await vi.waitFor(
      async () => {
        const now = await contact('2044');
        expect(now).not.toBeNull();
        expect(now?.endsAt).toBeGreaterThan(first.endsAt + 8);
      },
      { timeout: 30_000, interval: 200 },
    );
    expect(desk.phone.status().state).toBe('registered');
  });

  it('is forgotten when it is not refreshed, and known again after a new try', async () => {
    const stopped: Clock = {
      ...systemClock,
      // A machine asleep: no timer runs out.
      after: (ms, callback) => (asleep ? () => undefined : systemClock.after(ms, callback)),
    };
    const asleep = true;
    const { desk } = await site.desk('2044', { clock: stopped });
    desk.phone.start(site.account('2044'));
    await desk.registered();
    await isKnown('2044', true);
    await isKnown('2044', false);
    desk.phone.retry();
    await isKnown('2044', true);
  });

  it('unregisters when it stops', async () => {
    const { desk } = await site.registered();
    await isKnown('2041', true);
    await desk.phone.stop();
    await isKnown('2041', false);
  });

  it('gives the extension to the desk that signs in last', async () => {
    await site.registered();
    const before = await contact('2041');
    await site.registered();
    await expect.poll(async () => (await contact('2041'))?.uri).not.toBe(before?.uri);
  });
});
