import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PracticePbx, startPracticePbx } from '#server/practice/practicePbx.ts';
import {
  type Device,
  type DeviceChoice,
  type DeviceList,
  usualDevices,
} from '#shared/contract/media.ts';
import {
  bundleMediaPage,
  launchMediaBrowser,
  MediaPageInBrowser,
} from '#tests/support/mediaPage.ts';
import { installPlugs } from '#tests/support/pluggedDevices.ts';
import { TestPhone } from '#tests/support/testPhone.ts';

const first = 'Fake Audio Input 1';
const second = 'Fake Audio Input 2';
const speaker = 'Fake Audio Output 1';
const ringer = 'Fake Audio Output 2';

let browser: Browser;
let script: string;
let media: MediaPageInBrowser;
let told: DeviceList[];

beforeAll(async () => {
  script = await bundleMediaPage();
  browser = await launchMediaBrowser();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  media = await MediaPageInBrowser.open(browser, script);
  await installPlugs(media.page);
  told = [];
  media.port.listen((event) => {
    if (event.type === 'devices') told.push(event.list);
  });
  await media.reload();
});

afterEach(() => media.close());

/** Resolves with the newest list of devices once it is as meant. */
async function list(isMeant: (list: DeviceList) => boolean): Promise<DeviceList> {
  const newest = told.at(-1);
  if (newest && isMeant(newest)) return newest;
  return new Promise((resolve) => {
    const stop = media.port.listen((event) => {
      if (event.type !== 'devices' || !isMeant(event.list)) return;
      stop();
      resolve(event.list);
    });
  });
}

async function device(label: string): Promise<Device> {
  const { microphones, speakers } = await list(({ speakers }) => speakers.length > 1);
  const found = [...microphones, ...speakers].find((one) => one.label === label);
  if (!found) throw new Error(`no ${label}`);
  return found;
}

async function choose(change: Partial<DeviceChoice>): Promise<void> {
  expect(await media.port.run('useDevices', { ...usualDevices, ...change })).toMatchObject({
    ok: true,
  });
}

const microphoneIs = (label: string) => list(({ inUse }) => inUse.microphone?.label === label);
const used = () => media.page.evaluate(() => window.plugged);

describe('devices', () => {
  beforeEach(async () => {
    expect(await media.port.run('prepare', {})).toMatchObject({ ok: true });
  });

  it('are listed by their own names, and the system’s choice is named', async () => {
    const { microphones, speakers, inUse } = await list(({ speakers }) => speakers.length > 1);
    expect(microphones.map(({ label }) => label)).toEqual([first, second]);
    expect(speakers.map(({ label }) => label)).toEqual([speaker, ringer]);
    expect(inUse.microphone?.label).toBeTruthy();
    expect(inUse.speaker?.label).toBeTruthy();
  });

  it('are taken by id, or by name where the id has changed', async () => {
    const { id } = await device(second);
    await choose({ microphone: { id, label: 'whatever' } });
    await microphoneIs(second);
    await choose({ microphone: { id: 'of another port', label: first } });
    await microphoneIs(first);
  });

  it('unplugged give way to the system’s, and are taken again when they are back', async () => {
    await choose({ microphone: await device(second), speaker: await device(ringer) });
    await microphoneIs(second);
    await media.page.evaluate((label) => window.plugged.unplug(label), second);
    await list(({ inUse }) => inUse.microphone !== null && inUse.microphone.label !== second);
    await media.page.evaluate((label) => window.plugged.unplug(label), ringer);
    await list(({ inUse }) => inUse.speaker !== null && inUse.speaker.label !== ringer);
    await media.page.evaluate((label) => window.plugged.plug(label), ringer);
    await list(({ inUse }) => inUse.speaker?.label === ringer);
    await media.page.evaluate((label) => window.plugged.plug(label), second);
    await microphoneIs(second);
  });

  it('ring and are tried each on their own', async () => {
    await choose({ speaker: await device(speaker), ringer: await device(ringer), ringVolume: 0.5 });
    expect(await media.port.run('ring', { on: true })).toMatchObject({ ok: true });
    expect(await media.port.run('ring', { on: true, waiting: true })).toMatchObject({ ok: true });
    expect(await media.port.run('ring', { on: false })).toMatchObject({ ok: true });
    expect(await media.port.run('testSound', { on: 'speaker' })).toMatchObject({ ok: true });
    expect((await used()).outputs).toEqual([
      `tone ${ringer}`,
      `tone ${speaker}`,
      `tone ${speaker}`,
    ]);
  });
});

describe('a choice that is told before the microphone is asked for', () => {
  it('is opened at once, without the system’s one before it', async () => {
    expect(await media.port.run('prepare', {})).toMatchObject({ ok: true });
    const microphone = await device(second);
    await media.reload();
    await choose({ microphone });
    expect(await media.port.run('prepare', {})).toMatchObject({ ok: true });
    expect((await used()).microphones).toEqual([second]);
  });
});

describe('in a call', () => {
  let pbx: PracticePbx;
  let desk: TestPhone;

  beforeEach(async () => {
    pbx = await startPracticePbx({
      port: 0,
      resourcesDir: fileURLToPath(new URL('../../../resources', import.meta.url)),
      loopbackMedia: true,
      accounts: [{ extension: '2041', password: 'right', name: '徐静', queues: ['service'] }],
      queues: [{ id: 'service', name: '客户服务' }],
    });
    desk = new TestPhone(media.port);
    desk.phone.start({
      uri: 'sip:2041@practice.invalid',
      server: `ws://127.0.0.1:${pbx.port}/ws`,
      user: '2041',
      password: 'right',
    });
    await desk.registered();
    expect(await desk.phone.dial('600')).toMatchObject({ ok: true });
    await desk.leg((leg) => leg.state === 'talking' && leg.media === 'connected');
  });

  afterEach(async () => {
    await desk.phone.stop();
    await pbx.close();
  });

  function atPbx(): { packetsIn: number; soundFrames: number } {
    const [leg] = pbx.state().calls.flatMap((call) => call.legs);
    if (!leg) throw new Error('no leg at the PBX');
    return leg;
  }

  /** Sound of the agent arrives at the PBX from here on. */
  async function isHeard(): Promise<void> {
    const before = atPbx();
    await vi.waitFor(() => {
      expect(atPbx().packetsIn).toBeGreaterThan(before.packetsIn + 10);
      expect(atPbx().soundFrames).toBeGreaterThan(before.soundFrames);
    }, 30_000);
  }

  it('microphone and speaker change over, and the far side goes on hearing the agent', async () => {
    await isHeard();
    await choose({ microphone: await device(first), speaker: await device(speaker) });
    await microphoneIs(first);
    await isHeard();
    await choose({ microphone: await device(second), echoCancellation: false });
    await microphoneIs(second);
    await isHeard();
    expect((await used()).outputs).toContain(`audio ${speaker}`);
    await media.page.evaluate((label) => window.plugged.unplug(label), second);
    await list(({ inUse }) => inUse.microphone !== null && inUse.microphone.label !== second);
    await isHeard();
  });
});
