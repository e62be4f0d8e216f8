import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '#server/practice/random.ts';
import {
  bundleMediaPage,
  launchMediaBrowser,
  MediaPageInBrowser,
} from '#tests/support/mediaPage.ts';
import { ScriptedMedia } from '#tests/support/scriptedMedia.ts';
import { TestPhone } from '#tests/support/testPhone.ts';
import { openAsterisk, phonePbxOn } from './asteriskPbx.ts';
import { type Bench, type Figure, limitFigure, percentile, plainFigure } from './figure.ts';
import { extensions, openPracticePbx, type PhonePbx } from './phonePbx.ts';
import { PlainPhone } from './plainPhone.ts';
import { timed } from './rounds.ts';

const desks = 10;
/** How long the PBX is away, each time, s: also so long that the desks have come to their longest wait. */
const outagesS = [2, 6, 12];
const reloads = 30;
const mostMs = 5_000;
/** Of the configuration that a site copies, and its tests. */
const siteAccounts = ['2041', '2042', '2043', '2061', '2044'];

/**
 * Two ways back. A PBX that was away until each of ten desks is registered again, of three outages; there is no
 * baseline but the time after which a bare REGISTER is taken. And a media page loaded anew in a call until sound comes
 * and goes again, of thirty.
 */
export const bench: Bench = async () => {
  const asterisk = await openAsterisk();
  const figures = [...(await comeBack()), ...(await reload(await openPracticePbx()))];
  if (!asterisk) return figures;
  const pbx = phonePbxOn(asterisk);
  const restart = async () => {
    await asterisk.kill();
    return () => asterisk.revive();
  };
  figures.push(...(await comeBackTo(pbx, siteAccounts, 8, restart)));
  figures.push(...(await reload(pbx)));
  return figures;
};

async function comeBack(): Promise<Figure[]> {
  const accounts = Array.from({ length: desks + 1 }, (_one, at) => String(2_101 + at));
  let pbx = await openPracticePbx(0, accounts);
  const { port } = pbx.pbx;
  const now: PhonePbx = { ...pbx, close: () => pbx.close() };
  return comeBackTo(now, accounts, outagesS.length, async () => {
    await pbx.close();
    return async () => {
      pbx = await openPracticePbx(port, accounts);
    };
  });
}

/** `stop` ends the PBX and gives what starts it again. The last account is the bare phone's. */
async function comeBackTo(
  pbx: PhonePbx,
  accounts: readonly string[],
  outages: number,
  stop: () => Promise<() => Promise<void>>,
): Promise<Figure[]> {
  const random = seededRandom(30);
  const [bare = '', ...own] = accounts.toReversed();
  const phones = own.map(() => new TestPhone(new ScriptedMedia()));
  for (const [at, phone] of phones.entries()) phone.phone.start(pbx.account(own[at] ?? ''));
  await Promise.all(phones.map((phone) => phone.registered()));
  const times: number[] = [];
  const possible: number[] = [];
  for (let outage = 0; outage < outages; outage += 1) {
    const start = await stop();
    await pause(1_000 * (outagesS[outage % outagesS.length] ?? 2) + 1_000 * random());
    for (const phone of phones) phone.mark();
    const backAt = phones.map((phone) => phone.registered().then(() => performance.now()));
    await start();
    const from = performance.now();
    possible.push(await timed(() => bareRegistration(pbx, bare)));
    // A desk that was back before the PBX said that it was up took no time.
    for (const at of await Promise.all(backAt)) times.push(Math.max(0, at - from));
    console.log(`  ${pbx.name}: outage ${outage + 1} of ${outages}`);
  }
  await Promise.all(phones.map((phone) => phone.phone.stop()));
  if (pbx.hasQueues) await pbx.close();
  const name = `recover: ${pbx.name} back → registered`;
  return [
    ...[0.5, 0.99].map((p) =>
      limitFigure(`${name} p${p * 100}`, 'ms', percentile(times, p), mostMs, times.length),
    ),
    plainFigure(`${name}, bare REGISTER taken after`, 'ms', percentile(possible, 0.5), outages),
  ];
}

async function bareRegistration(pbx: PhonePbx, extension: string): Promise<void> {
  const phone = await PlainPhone.registered(pbx.account(extension), null);
  await phone.stop();
}

async function reload(pbx: PhonePbx): Promise<Figure[]> {
  const browser = await launchMediaBrowser();
  const media = await MediaPageInBrowser.open(browser, await bundleMediaPage());
  const phone = new TestPhone(media.port);
  phone.phone.start(pbx.account(extensions.ours));
  await phone.registered();
  // The echo, on both PBXs: what the microphone says comes back.
  const placed = await phone.phone.dial('600');
  if (!placed.ok) throw new Error(`600: ${placed.error.code}`);
  await phone.leg((now) => now.media === 'connected');
  await soundBothWays(media);
  const times: number[] = [];
  for (let turn = 0; turn < reloads; turn += 1) {
    if (turn % 10 === 0) console.log(`  ${pbx.name}: reload ${turn + 1} of ${reloads}`);
    phone.mark();
    times.push(
      await timed(async () => {
        const connected = phone.leg((now) => now.media === 'connected');
        await media.reload();
        await connected;
        await soundBothWays(media);
      }),
    );
  }
  await phone.phone.stop();
  await browser.close();
  await pbx.close();
  return [0.5, 0.99].map((p) =>
    plainFigure(
      `recover: reload → sound both ways on ${pbx.name} p${p * 100}`,
      'ms',
      percentile(times, p),
      reloads,
    ),
  );
}

/** Packets of the newest session go and come, and there is sound in what comes. */
async function soundBothWays(media: MediaPageInBrowser): Promise<void> {
  for (;;) {
    const session = media.sessions.at(-1) ?? '';
    const stats = await media.port.run('stats', { session });
    if (stats.ok && stats.value) {
      const { packetsSent, packetsReceived, energyReceived } = stats.value;
      if (packetsSent > 0 && packetsReceived > 0 && energyReceived > 0) return;
    }
    await pause(5);
  }
}
