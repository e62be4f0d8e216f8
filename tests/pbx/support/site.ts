import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { PhoneLeg } from '#electron/phone/phone.ts';
import type { MediaStats } from '#shared/contract/media.ts';
import type { PhoneAccount } from '#shared/sync/messages.ts';
import {
  bundleMediaPage,
  launchMediaBrowser,
  MediaPageInBrowser,
} from '#tests/support/mediaPage.ts';
import { TcpRelay } from '#tests/support/tcpRelay.ts';
import { TestPhone } from '#tests/support/testPhone.ts';
import type { Ami } from './ami.ts';
import { Asterisk, numbers } from './asterisk.ts';
import { Outsider, type Person, type Scenario } from './outside.ts';

/** Without the Debian that `npm run test:pbx` makes there is nothing to test on. */
export const noAsterisk = !process.env.SWITCHBOARD_PBX_ROOT;

export interface Desk {
  extension: string;
  desk: TestPhone;
  media: MediaPageInBrowser;
}

export interface Channel {
  name: string;
  /** Packets that Asterisk got from, and sent to, the far side of this channel. */
  received: number;
  sent: number;
}

/** An Asterisk for the tests of a file; desks and outsiders of one test. */
export class Site {
  #asterisk: Asterisk | null = null;
  #ami: Ami | null = null;
  #wire: TcpRelay | null = null;
  #browser: Browser | null = null;
  #script = '';
  #desks: Desk[] = [];
  #outsiders: Outsider[] = [];

  get asterisk(): Asterisk {
    return present(this.#asterisk);
  }

  get ami(): Ami {
    return present(this.#ami);
  }

  /** The wire between the desks and the PBX's WebSocket. */
  get wire(): TcpRelay {
    return present(this.#wire);
  }

  async open(): Promise<void> {
    [this.#script, this.#browser, this.#asterisk] = await Promise.all([
      bundleMediaPage(),
      launchMediaBrowser(),
      Asterisk.start(),
    ]);
    this.#ami = await this.#asterisk.ami();
  }

  async close(): Promise<void> {
    this.#ami?.close();
    await this.#browser?.close();
    await this.#asterisk?.stop();
  }

  /** Starts the killed Asterisk again; resolves when it is fully up. */
  async restart(): Promise<void> {
    this.#ami?.close();
    await this.asterisk.revive();
    this.#ami = await this.asterisk.ami();
  }

  async begin(): Promise<void> {
    this.#wire = await TcpRelay.to(this.asterisk.ports.wss);
  }

  async end(): Promise<void> {
    await Promise.all(this.#desks.map(signOut));
    await Promise.all(this.#desks.map(({ media }) => media.close()));
    await Promise.all(this.#outsiders.map((outsider) => outsider.stop()));
    this.#desks = [];
    this.#outsiders = [];
    await this.#wire?.close();
    await this.asterisk.cli('channel request hangup all');
    await vi.waitFor(async () => expect(await this.channels()).toEqual([]), 20_000);
  }

  account(extension: string, changes: Partial<PhoneAccount> = {}): PhoneAccount {
    return {
      uri: `sip:${extension}@pbx.invalid`,
      server: `wss://127.0.0.1:${this.wire.port}/ws`,
      user: extension,
      password: this.asterisk.password,
      ...changes,
    };
  }

  async desk(
    extension: string,
    options: ConstructorParameters<typeof TestPhone>[1] = {},
  ): Promise<Desk> {
    const media = await MediaPageInBrowser.open(present(this.#browser), this.#script);
    const made = { extension, media, desk: new TestPhone(media.port, options) };
    this.#desks.push(made);
    return made;
  }

  async registered(extension = '2041'): Promise<Desk> {
    const made = await this.desk(extension);
    made.desk.phone.start(this.account(extension));
    await made.desk.registered();
    return made;
  }

  /** Registered, and offered calls from its queues. */
  async ready(extension = '2041'): Promise<Desk> {
    const made = await this.registered(extension);
    const from = this.ami.events.length;
    expect(await made.desk.phone.setAvailability({ ready: true })).toEqual({
      ok: true,
      value: null,
    });
    await this.ami.event(
      { Event: 'QueueMemberPause', Interface: `PJSIP/${extension}`, Paused: '0' },
      from,
    );
    return made;
  }

  async ring(
    service: string = numbers.service,
    caller = { number: '+8613800138000', name: '王芳' },
    scenario: Scenario = 'caller',
  ): Promise<Outsider> {
    const { sip } = this.asterisk.ports;
    const outsider = await Outsider.call({ service, sipPort: sip }, caller, scenario);
    this.#outsiders.push(outsider);
    return outsider;
  }

  /** Many callers at once. */
  async burst(
    service: string,
    callers: Person[],
    scenario: Scenario,
    options: { patienceMs?: number } = {},
  ): Promise<Outsider> {
    const { sip } = this.asterisk.ports;
    const outsider = await Outsider.burst({ service, sipPort: sip }, callers, scenario, options);
    this.#outsiders.push(outsider);
    return outsider;
  }

  /** Somebody outside who answers the next call over the trunk. */
  async awaitCall(): Promise<Outsider> {
    const outsider = await Outsider.await(this.asterisk.ports.trunk);
    this.#outsiders.push(outsider);
    return outsider;
  }

  /** A ready desk that talks with a caller of the service queue. */
  async talking(extension = '2041'): Promise<Desk & { leg: PhoneLeg; caller: Outsider }> {
    const made = await this.ready(extension);
    const caller = await this.ring();
    const { leg } = await made.desk.offered();
    return { ...made, caller, leg: await answered(made, leg) };
  }

  /** A call that this desk makes and that is up; a colleague's desk answers it. */
  async dialled(of: Desk, target: string, colleague?: Desk): Promise<PhoneLeg> {
    colleague?.desk.mark();
    const placed = await of.desk.phone.dial(target);
    if (!placed.ok) throw new Error(placed.error.code);
    const { leg } = placed.value;
    if (colleague) await answered(colleague, (await colleague.desk.offered()).leg);
    return of.desk.leg(
      (now) => now.leg === leg && now.state === 'talking' && now.media === 'connected',
    );
  }

  /** Resolves once the PBX has so many channels (of this endpoint), each talking with another. */
  async bridged(count: number, endpoint = ''): Promise<void> {
    await vi.waitFor(
      async () => {
        const told = await this.asterisk.cli('core show channels concise');
        const lines = told.split('\n').filter((line) => line.startsWith('PJSIP/'));
        // The last but one field is the bridge.
        const bridges = lines.map((line) => line.split('!').at(-2) ?? '');
        expect(lines).toHaveLength(count);
        expect(lines.every((line) => line.startsWith(`PJSIP/${endpoint}`))).toBe(true);
        expect(bridges.every((bridge) => bridge !== '')).toBe(true);
      },
      { timeout: 30_000, interval: 100 },
    );
  }

  /** What runs at the PBX. */
  async channels(): Promise<string[]> {
    const told = await this.asterisk.cli('core show channels concise');
    const names = told.split('\n').map((line) => line.split('!')[0] ?? '');
    return names.filter((name) => name.startsWith('PJSIP/'));
  }

  /** Packets of the PBX's channel with this extension or trunk. */
  async channel(of: string): Promise<Channel> {
    const told = await this.asterisk.cli('pjsip show channelstats');
    const line = told.split('\n').find((text) => text.includes(` ${of}-`));
    const words = line?.trim().split(/\s+/u) ?? [];
    const at = words.findIndex((word) => word.startsWith(`${of}-`));
    // Name, time up, codec, then received: count, lost, percent, jitter; then sent: count.
    const [name = '', , , received, , , , sent] = words.slice(at);
    return { name, received: packets(received), sent: packets(sent) };
  }
}

/** `1234`, or `12K` from ten thousand on. */
function packets(text: string | undefined): number {
  return Number.parseInt(text ?? '0', 10) * (text?.endsWith('K') ? 1_000 : 1);
}

/** One Asterisk for all tests of the file that calls this, desks and callers anew for each. */
export function openSite(): Site {
  const site = new Site();
  if (noAsterisk) return site;
  beforeAll(() => site.open());
  afterAll(() => site.close());
  beforeEach(() => site.begin());
  afterEach(() => site.end());
  return site;
}

/** As the desk does at the end of a shift. */
async function signOut({ desk }: Desk): Promise<void> {
  await desk.phone.setAvailability({ ready: false, reason: 'signedOut' });
  await desk.phone.stop();
}

export async function answered({ desk }: Desk, leg: string): Promise<PhoneLeg> {
  expect(await desk.phone.answer(leg)).toEqual({ ok: true, value: null });
  return desk.leg((now) => now.leg === leg && now.state === 'talking' && now.media === 'connected');
}

export async function pageStats({ media }: Desk): Promise<MediaStats> {
  const stats = await media.port.run('stats', { session: media.sessions.at(-1) ?? '' });
  if (!stats.ok || !stats.value) throw new Error('no statistics');
  return stats.value;
}

/** From here on the desk hears something in its newest call. */
export async function hearsSound(of: Desk): Promise<void> {
  const before = await pageStats(of);
  await vi.waitFor(
    async () => {
      const now = await pageStats(of);
      expect(now.packetsReceived).toBeGreaterThan(before.packetsReceived + 10);
      expect(now.energyReceived - before.energyReceived).toBeGreaterThan(1e-3);
    },
    { timeout: 30_000, interval: 100 },
  );
}

/** Resolves after two seconds of packets without sound. */
export async function hearsSilence(of: Desk): Promise<void> {
  await vi.waitFor(
    async () => {
      const before = await pageStats(of);
      await vi.waitFor(
        async () =>
          expect((await pageStats(of)).packetsReceived).toBeGreaterThan(
            before.packetsReceived + 100,
          ),
        { timeout: 30_000, interval: 100 },
      );
      expect((await pageStats(of)).energyReceived - before.energyReceived).toBeLessThan(1e-3);
    },
    { timeout: 50_000 },
  );
}

/** From here on packets and sound arrive at the desk, and what it sends at the PBX. */
export async function audioFlowsBothWays(site: Site, of: Desk): Promise<void> {
  const before = await pageStats(of);
  const beforeAtPbx = await site.channel(of.extension);
  await vi.waitFor(
    async () => {
      const now = await pageStats(of);
      expect(now.packetsReceived).toBeGreaterThan(before.packetsReceived + 10);
      expect(now.energyReceived).toBeGreaterThan(before.energyReceived);
      const nowAtPbx = await site.channel(of.extension);
      expect(nowAtPbx.received).toBeGreaterThan(beforeAtPbx.received + 10);
    },
    { timeout: 15_000, interval: 100 },
  );
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('the site is not open');
  return value;
}
