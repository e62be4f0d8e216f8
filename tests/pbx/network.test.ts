import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Asterisk } from './support/asterisk.ts';
import { DistantDesk } from './support/distantDesk.ts';
import { canMakeNetworks, DeskNetwork } from './support/network.ts';
import { Outsider } from './support/outside.ts';
import { noAsterisk } from './support/site.ts';

const cannot = noAsterisk || !canMakeNetworks();

describe.skipIf(cannot)('the network of the desk (a network namespace)', () => {
  let network: DeskNetwork;
  let asterisk: Asterisk;
  let desk: DistantDesk;
  let caller: Outsider | null = null;

  beforeAll(async () => {
    network = DeskNetwork.create();
    asterisk = await Asterisk.start({ desksAt: network.pbxAddress });
  });
  afterAll(async () => {
    await asterisk?.stop();
    network?.remove();
  });
  beforeEach(async () => {
    desk = await DistantDesk.open(network.name, asterisk.certificate);
    desk.tell({
      do: 'start',
      account: {
        uri: 'sip:2041@pbx.invalid',
        server: `wss://${network.pbxAddress}:${asterisk.ports.wss}/ws`,
        user: '2041',
        password: asterisk.password,
      },
    });
    await desk.status('registered');
  });
  afterEach(async () => {
    await caller?.stop();
    caller = null;
    await desk?.close();
    await asterisk.cli('channel request hangup all');
  });

  async function talking() {
    caller = await Outsider.call(
      { service: '2041', sipPort: asterisk.ports.sip },
      { number: '+8613800138000', name: '王芳' },
    );
    const { leg } = await desk.offered();
    desk.tell({ do: 'answer', leg });
    await desk.leg((now) => now.state === 'talking' && now.media === 'connected');
    await soundComes();
    return { leg, from: caller };
  }

  /** From here on sound arrives at the desk. */
  async function soundComes(): Promise<void> {
    const before = desk.stats;
    await vi.waitFor(
      () => {
        const now = desk.stats;
        expect(now).not.toBeNull();
        const isSame = now?.connection === before?.connection;
        const energy = isSame ? (before?.energyReceived ?? 0) : 0;
        expect(now?.energyReceived).toBeGreaterThan(energy + 1e-3);
      },
      { timeout: 50_000, interval: 200 },
    );
  }

  /** No packet for a second. */
  async function soundStops(): Promise<void> {
    let last = -1;
    await vi.waitFor(
      () => {
        const received = desk.stats?.packetsReceived ?? 0;
        const isStill = received === last;
        last = received;
        expect(isStill).toBe(true);
      },
      { timeout: 30_000, interval: 1_000 },
    );
  }

  it('goes down and up in a call: it has sound again, and is ended by the caller', async () => {
    const { leg, from } = await talking();
    network.down();
    await soundStops();
    network.up();
    await soundComes();
    await from.hangUp();
    const ended = await desk.leg((now) => now.leg === leg && now.end !== null);
    expect(ended.end).toMatchObject({ by: 'customer', how: 'completed' });
  });

  it('gives another address in a call: registered and with sound from there', async () => {
    const { leg } = await talking();
    desk.mark();
    network.move();
    await desk.status('registered');
    await soundComes();
    expect(await asterisk.cli('pjsip show contacts')).toContain('2041/sip:');
    desk.tell({ do: 'hangUp', leg });
    await desk.leg((now) => now.leg === leg && now.end !== null);
    expect(await caller?.ended).toBe(true);
  });

  it('gives another address while nothing goes on: registered from there', async () => {
    desk.mark();
    network.move();
    await desk.status('registered');
    const { leg } = await talking();
    desk.tell({ do: 'hangUp', leg });
    await desk.leg((now) => now.leg === leg && now.end !== null);
  });
});
