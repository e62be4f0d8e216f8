import { networkInterfaces } from 'node:os';
import type { Browser } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it, onTestFailed, vi } from 'vitest';
import type { MediaStats } from '#shared/contract/media.ts';
import {
  bundleMediaPage,
  launchMediaBrowser,
  MediaPageInBrowser,
} from '#tests/support/mediaPage.ts';
import { NetworkSite, noNetwork } from '#tests/support/networkSite.ts';
import { TestPhone } from '#tests/support/testPhone.ts';

const whyNot = noNetwork();
const patient = { timeout: 60_000, interval: 100 };

let browser: Browser;
let site: NetworkSite;
let media: MediaPageInBrowser;
let desk: TestPhone;

async function stats(): Promise<MediaStats> {
  const counted = await media.port.run('stats', { session: media.sessions.at(-1) ?? '' });
  if (!counted.ok || !counted.value) throw new Error('no statistics');
  return counted.value;
}

async function soundFramesAtPbx(): Promise<number> {
  const [call] = (await site.state()).calls;
  return call?.legs[0]?.soundFrames ?? 0;
}

/** Both sides hear each other from here on, over whatever peer connection. */
async function audioFlowsBothWays(): Promise<void> {
  const before = await vi.waitFor(soundFramesAtPbx, patient);
  await vi.waitFor(async () => {
    expect(await soundFramesAtPbx()).toBeGreaterThan(before);
    const { energyReceived } = await stats();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await stats()).energyReceived).toBeGreaterThan(energyReceived);
  }, patient);
}

async function talking(): Promise<string> {
  desk.phone.start({
    uri: 'sip:2041@practice.invalid',
    server: site.server,
    user: '2041',
    password: 'right',
  });
  await desk.registered();
  await desk.phone.setAvailability({ ready: true });
  await site.placeCall({ number: '+8613800138000', queue: 'service', scenario: 'order' });
  const { leg } = await desk.offered();
  expect(await desk.phone.answer(leg)).toMatchObject({ ok: true });
  await desk.leg((now) => now.state === 'talking' && now.media === 'connected');
  await audioFlowsBothWays();
  return leg;
}

/** What the phone told, and where the sound should have gone: a network cannot be asked afterwards. */
function whatHappened(): string {
  const told = desk.events.map((event) => JSON.stringify(event));
  return [...told, `interfaces: ${JSON.stringify(networkInterfaces())}`].join('\n');
}

describe.skipIf(whyNot !== null)(
  `a desk whose network changes${whyNot ? `: ${whyNot}` : ''}`,
  () => {
    beforeEach(async () => {
      site = await NetworkSite.open();
      // After the network is there: a browser that knows it only later would offer no address of it.
      browser = await launchMediaBrowser();
      media = await MediaPageInBrowser.open(browser, await bundleMediaPage());
      desk = new TestPhone(media.port);
    }, 120_000);

    afterEach(async () => {
      await desk?.phone.stop();
      await browser?.close();
      await site?.close();
    });

    it('talks on after its cable was pulled and plugged in again, and then from another address', async () => {
      onTestFailed(() => void process.stderr.write(`${whatHappened()}\n`));
      const leg = await talking();
      desk.mark();
      await site.cable(false);
      await desk.status(({ state }) => state === 'failed');
      expect(desk.phone.legs()).toMatchObject([{ leg, state: 'talking' }]);
      desk.mark();
      await site.cable(true);
      await desk.registered();
      await audioFlowsBothWays();
      desk.mark();
      await site.move(3);
      await desk.status(({ state }) => state !== 'registered');
      await desk.registered();
      await audioFlowsBothWays();
      expect(desk.phone.legs()).toMatchObject([{ leg, state: 'talking', end: null }]);
    }, 180_000);
  },
);
