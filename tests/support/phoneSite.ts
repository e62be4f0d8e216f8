import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { PhoneLeg } from '#electron/phone/phone.ts';
import type { PracticeEventMap } from '#server/practice/events.ts';
import { type PracticePbx, startPracticePbx } from '#server/practice/practicePbx.ts';
import type { MediaStats } from '#shared/contract/media.ts';
import type { PhoneAccount } from '#shared/sync/messages.ts';
import { bundleMediaPage, launchMediaBrowser, MediaPageInBrowser } from './mediaPage.ts';
import { tillLetGo } from './practicePeople.ts';
import { TcpRelay } from './tcpRelay.ts';
import { TestPhone } from './testPhone.ts';

const resourcesDir = fileURLToPath(new URL('../../resources', import.meta.url));
const usualCaller = { number: '+8613800138000', name: '王芳', queue: 'service', scenario: 'order' };
const colleagues = ['2042', '2043'];

export const done = { ok: true, value: null };
export type PlacedCaller = Partial<typeof usualCaller>;
type Payload<K extends keyof PracticeEventMap> = PracticeEventMap[K][0];

/** A phone with its page in a browser, on a practice PBX of its own, new for each test of the file. */
export function openPhoneSite(): PhoneSite {
  let browser: Browser | undefined;
  let script = '';
  const site = new PhoneSite();
  beforeAll(async () => {
    script = await bundleMediaPage();
    browser = await launchMediaBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    if (browser) await site.open(browser, script);
  });
  afterEach(() => site.close());
  return site;
}

export class PhoneSite {
  #open: { pbx: PracticePbx; wire: TcpRelay; media: MediaPageInBrowser; desk: TestPhone } | null =
    null;

  get pbx(): PracticePbx {
    return this.#now.pbx;
  }

  get wire(): TcpRelay {
    return this.#now.wire;
  }

  get media(): MediaPageInBrowser {
    return this.#now.media;
  }

  get desk(): TestPhone {
    return this.#now.desk;
  }

  get #now() {
    if (!this.#open) throw new Error('the site is not open');
    return this.#open;
  }

  async open(browser: Browser, script: string): Promise<void> {
    const pbx = await startPbx(0);
    const wire = await TcpRelay.to(pbx.port);
    const media = await MediaPageInBrowser.open(browser, script);
    this.#open = { pbx, wire, media, desk: new TestPhone(media.port) };
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.desk.phone.stop();
    await open?.media.close();
    await open?.wire.close();
    await open?.pbx.close();
  }

  /** Another PBX at the same place, as after a crash. */
  async restartPbx(meanwhile: () => Promise<void> = async () => undefined): Promise<void> {
    const { port } = this.pbx;
    await this.pbx.close();
    await meanwhile();
    this.#now.pbx = await startPbx(port);
  }

  account(changes: Partial<PhoneAccount> = {}): PhoneAccount {
    return {
      uri: 'sip:2041@practice.invalid',
      server: `ws://127.0.0.1:${this.wire.port}/ws`,
      user: '2041',
      password: 'right',
      ...changes,
    };
  }

  /** The next event of the PBX that is meant; ask before the cause, await after. */
  pbxSays<K extends keyof PracticeEventMap>(
    name: K,
    isMeant: (payload: Payload<K>) => boolean = () => true,
  ): Promise<Payload<K>> {
    const { events } = this.pbx;
    return new Promise((resolve) => {
      const listener = (payload: Payload<K>): void => {
        if (!isMeant(payload)) return;
        events.off(name, listener as never);
        resolve(payload);
      };
      events.on(name, listener as never);
    });
  }

  async registeredDesk(): Promise<void> {
    const { phone } = this.desk;
    phone.start(this.account());
    await this.desk.registered();
    expect(await phone.setAvailability({ ready: true })).toEqual(done);
  }

  async offeredCall(changes: PlacedCaller = {}): Promise<PhoneLeg> {
    await this.registeredDesk();
    this.pbx.placeCall({ ...usualCaller, ...changes });
    return this.desk.offered();
  }

  async answeredCall(): Promise<PhoneLeg> {
    const { leg } = await this.offeredCall();
    expect(await this.desk.phone.answer(leg)).toEqual(done);
    return this.desk.leg(
      (now) => now.leg === leg && now.state === 'talking' && now.media === 'connected',
    );
  }

  /** A call that this desk makes, once it is up. */
  async dialledCall(number: string): Promise<PhoneLeg> {
    const placed = await this.desk.phone.dial(number);
    if (!placed.ok) throw new Error(placed.error.code);
    const { leg } = placed.value;
    return this.desk.leg(
      (now) => now.leg === leg && now.state === 'talking' && now.media === 'connected',
    );
  }

  state(leg: string): string {
    return this.desk.phone.legs().find((one) => one.leg === leg)?.state ?? 'ended';
  }

  practiceLeg() {
    const [leg] = this.pbx.state().calls.flatMap((call) => call.legs);
    if (!leg) throw new Error('no leg at the PBX');
    return leg;
  }

  async pageStats(): Promise<MediaStats> {
    const session = this.media.sessions.at(-1) ?? '';
    const stats = await this.media.port.run('stats', { session });
    if (!stats.ok || !stats.value) throw new Error('no statistics');
    return stats.value;
  }

  /** Packets and sound arrive on both sides from here on; of a muted desk, packets alone. For one call. */
  async audioFlowsBothWays({ muted = false } = {}): Promise<void> {
    const before = await this.pageStats();
    const beforeAtPbx = this.practiceLeg();
    await vi.waitFor(async () => {
      const now = await this.pageStats();
      const nowAtPbx = this.practiceLeg();
      expect(now.packetsReceived).toBeGreaterThan(before.packetsReceived + 10);
      expect(now.energyReceived).toBeGreaterThan(before.energyReceived);
      expect(nowAtPbx.packetsIn).toBeGreaterThan(beforeAtPbx.packetsIn + 10);
      if (!muted) expect(nowAtPbx.soundFrames).toBeGreaterThan(beforeAtPbx.soundFrames);
    }, 50_000);
  }
}

function startPbx(port: number): Promise<PracticePbx> {
  return startPracticePbx({
    port,
    resourcesDir,
    loopbackMedia: true,
    accounts: [
      { extension: '2041', password: 'right', name: '徐静', queues: ['service'] },
      ...colleagues.map((extension) => ({
        extension,
        password: 'right',
        name: `Colleague ${extension}`,
        queues: [],
      })),
    ],
    queues: [{ id: 'service', name: '客户服务' }],
    timing: { ...tillLetGo, wrapUpMs: 0, outsideRingMs: { min: 1_000, max: 1_000 } },
  });
}
