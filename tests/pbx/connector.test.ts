import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAsteriskConnector } from '#server/pbx/asterisk/asteriskConnector.ts';
import type { Listener, LiveCall, PbxConnector, PbxEvent } from '#server/pbx/connector.ts';
import { usualPbxTimes } from '#server/pbx/connector.ts';
import { TcpRelay } from '#tests/support/tcpRelay.ts';
import { answered, audioFlowsBothWays, type Desk, noAsterisk, openSite } from './support/site.ts';

const site = openSite();
const ok = { ok: true, value: null };
const asked = { supervisor: '2061', agent: '2041', agentName: '徐静' };

/** The server's line to the PBX, with all it told. */
class Line {
  readonly connector: PbxConnector;
  readonly told: PbxEvent[] = [];
  readonly logged: string[] = [];
  #waiters = new Set<() => void>();

  constructor(port: number, secret: string) {
    this.connector = createAsteriskConnector(
      { host: '127.0.0.1', port, user: 'switchboard', secret, tls: false },
      {
        now: Date.now,
        log: (level, message, fields) =>
          this.logged.push(`${level} ${message} ${JSON.stringify(fields)}`),
        times: { ...usualPbxTimes, backoffMs: { first: 100, most: 500 } },
      },
    );
    this.connector.heard((event) => {
      this.told.push(event);
      for (const look of [...this.#waiters]) look();
    });
  }

  /** The first event since `from` that fits. */
  until<T>(find: (event: PbxEvent) => T | null | false, from = 0): Promise<T> {
    return new Promise((resolve) => {
      let at = from;
      const look = (): void => {
        for (; at < this.told.length; at += 1) {
          const event = this.told[at];
          const found = event && find(event);
          if (!found) continue;
          this.#waiters.delete(look);
          resolve(found);
          return;
        }
      };
      this.#waiters.add(look);
      look();
    });
  }

  connected(from = 0): Promise<true> {
    return this.until(
      (event) => event.type === 'connection' && event.status.state === 'connected',
      from,
    );
  }

  call(change: string, extension: string, from = 0): Promise<LiveCall> {
    return this.until(
      (event) =>
        event.type === 'call' &&
        event.change === change &&
        event.call.extension === extension &&
        event.call,
      from,
    );
  }

  listener(change: string, from = 0): Promise<Listener> {
    return this.until(
      (event) => event.type === 'listener' && event.change === change && event.listener,
      from,
    );
  }

  /** How often each change of that call was told. */
  changesOf({ callRef, extension }: { callRef: string; extension: string }): string[] {
    return this.told.flatMap((event) =>
      event.type === 'call' && event.call.callRef === callRef && event.call.extension === extension
        ? [event.change]
        : [],
    );
  }
}

describe.skipIf(noAsterisk)('the server’s line to Asterisk', () => {
  let wire: TcpRelay;
  let line: Line;

  beforeAll(() => {
    vi.setConfig({ testTimeout: 120_000 });
  });
  beforeEach(async () => {
    wire = await TcpRelay.to(site.asterisk.ports.ami);
    line = new Line(wire.port, site.asterisk.password);
    line.connector.start();
    await line.connected();
  });
  afterEach(async () => {
    await line.connector.stop();
    await wire.close();
  });
  afterAll(() => vi.resetConfig());

  async function supervisor(): Promise<Desk> {
    const made = await site.registered('2061');
    return made;
  }

  /** As the desk does: it asked for this call, so it takes it. */
  async function takes({ desk }: Desk): Promise<{ leg: string; headers: string }> {
    const leg = await desk.offered();
    expect(await desk.phone.answer(leg.leg)).toEqual(ok);
    return { leg: leg.leg, headers: leg.callRef };
  }

  it('tells a queue call once: started, answered, recorded, ended', async () => {
    const { leg, caller } = await site.talking();
    const call = await line.call('answered', '2041');
    expect(call.callRef).toBe(leg.callRef);
    await line.until((event) => event.type === 'recording' && event.call.recording === 'on');
    expect(line.connector.calls()).toMatchObject([{ extension: '2041', recording: 'on' }]);
    await caller.hangUp();
    await line.call('ended', '2041');
    expect(line.changesOf(call)).toEqual(['started', 'answered', 'ended']);
    expect(line.connector.calls()).toEqual([]);
  });

  it('tells pauses that the desk made, and makes its own', async () => {
    const { desk } = await site.ready();
    await line.until((event) => event.type === 'member' && !event.member.paused);
    const from = line.told.length;
    await desk.phone.setAvailability({ ready: false, reason: 'lunch' });
    expect(
      await line.until((event) => event.type === 'member' && event.member, from),
    ).toMatchObject({ extension: '2041', paused: true, reason: 'lunch' });
    expect(await line.connector.pause('2041', null)).toEqual(ok);
    await line.until((event) => event.type === 'member' && !event.member.paused, from);
    expect(await line.connector.pause('2041', 'meeting')).toEqual(ok);
    await line.until((event) => event.type === 'member' && event.member.reason === 'meeting', from);
    expect(await line.connector.pause('2099', 'meeting')).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('lets a supervisor listen, whisper, barge, and leave', async () => {
    await site.talking();
    const watching = await supervisor();
    const taking = takes(watching);
    const listened = await line.connector.listen({ ...asked, mode: 'listen' });
    const { headers } = await taking;
    if (!listened.ok) throw new Error(listened.error.message);
    const { id } = listened.value;
    expect(listened.value).toMatchObject({ supervisor: '2061', agent: '2041', mode: 'listen' });
    expect(headers).toBe(id);
    await audioFlowsBothWays(site, watching);
    for (const mode of ['whisper', 'barge', 'listen'] as const) {
      const from = line.told.length;
      expect(await line.connector.changeMode(id, mode)).toEqual(ok);
      expect(await line.listener('changed', from)).toMatchObject({ id, mode });
    }
    await audioFlowsBothWays(site, watching);
    expect(await line.connector.stopListening(id)).toEqual(ok);
    expect(await line.listener('left')).toMatchObject({ id });
    expect(await watching.desk.ended()).toMatchObject({ how: 'completed' });
    expect(line.connector.listeners()).toEqual([]);
    // Nobody's call: neither listening nor its desk counts as one.
    expect(
      line.told.filter((event) => event.type === 'call' && event.call.extension === '2061'),
    ).toEqual([]);
  });

  it('ends a listening with the call', async () => {
    const { caller } = await site.talking();
    const watching = await supervisor();
    const taking = takes(watching);
    expect(await line.connector.listen({ ...asked, mode: 'listen' })).toMatchObject({ ok: true });
    await taking;
    await caller.hangUp();
    await line.listener('left');
    expect(await watching.desk.ended()).toMatchObject({ how: 'completed' });
  });

  it('says why it lets nobody in', async () => {
    expect(await line.connector.listen({ ...asked, mode: 'listen' })).toMatchObject({
      error: { code: 'not-in-call' },
    });
    await site.talking();
    expect(await line.connector.listen({ ...asked, mode: 'listen' })).toMatchObject({
      error: { code: 'phone-not-registered' },
    });
    const watching = await supervisor();
    const declined = watching.desk
      .offered()
      .then((leg) => watching.desk.phone.reject(leg.leg, 'busy'));
    expect(await line.connector.listen({ ...asked, mode: 'listen' })).toMatchObject({
      error: { code: 'pbx-refused' },
    });
    await declined;
    expect(await line.connector.changeMode('listen-x', 'barge')).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('leads the caller to a supervisor, who listened before', async () => {
    const { leg, ...agent } = await site.talking();
    const watching = await supervisor();
    const taking = takes(watching);
    await line.connector.listen({ ...asked, mode: 'listen' });
    await taking;
    watching.desk.mark();
    const taken = line.connector.takeOver(asked);
    const offer = await watching.desk.offered();
    expect(offer).toMatchObject({
      callRef: leg.callRef,
      number: '+8613800138000',
      name: '王芳',
      queueId: 'service',
    });
    const up = await answered(watching, offer.leg);
    expect(await taken).toEqual({ ok: true, value: { callRef: leg.callRef } });
    expect(await agent.desk.ended()).toMatchObject({ how: 'completed' });
    await audioFlowsBothWays(site, watching);
    await vi.waitFor(
      () =>
        expect(line.connector.calls()).toMatchObject([
          { extension: '2061', callRef: leg.callRef, recording: 'on' },
        ]),
      20_000,
    );
    await watching.desk.phone.hangUp(up.leg);
    await line.call('ended', '2061');
  });

  it('leaves the call alone where the supervisor does not come', async () => {
    const { leg, ...agent } = await site.talking();
    expect(await line.connector.takeOver(asked)).toMatchObject({ ok: false });
    await audioFlowsBothWays(site, agent);
    expect(line.connector.calls()).toMatchObject([{ callRef: leg.callRef }]);
  });

  it('pauses the recording of a call and resumes it', async () => {
    const { leg } = await site.talking();
    await line.until((event) => event.type === 'recording' && event.call.recording === 'on');
    const from = line.told.length;
    expect(await line.connector.record('2041', leg.callRef, false)).toEqual({
      ok: true,
      value: 'paused',
    });
    await line.until(
      (event) => event.type === 'recording' && event.call.recording === 'paused',
      from,
    );
    expect(await line.connector.record('2041', leg.callRef, true)).toMatchObject({ value: 'on' });
    await line.until((event) => event.type === 'recording' && event.call.recording === 'on', from);
    expect(await line.connector.record('2042', leg.callRef, true)).toMatchObject({
      error: { code: 'not-in-call' },
    });
  });

  it('finds its way back after a cut: nothing told twice, nothing left hanging', async () => {
    const first = await site.talking();
    const watching = await supervisor();
    const taking = takes(watching);
    const listened = await line.connector.listen({ ...asked, mode: 'whisper' });
    await taking;
    const before = line.told.length;
    // The line stays down while the new one knocks: cut again whatever comes.
    wire.cut();
    await line.until(
      (event) => event.type === 'connection' && event.status.state === 'blind',
      before,
    );
    expect(await line.connector.pause('2041', 'lunch')).toMatchObject({
      error: { code: 'connector-absent' },
    });
    await line.connected(before);
    const after = line.told.slice(before).filter((event) => event.type !== 'connection');
    expect(after).toEqual([]);
    expect(line.connector.calls()).toMatchObject([
      { callRef: first.leg.callRef, extension: '2041', recording: 'on' },
    ]);
    expect(line.connector.listeners()).toMatchObject([listened.ok ? listened.value : {}]);
    await first.caller.hangUp();
    await line.call('ended', '2041');
    expect(line.changesOf({ callRef: first.leg.callRef, extension: '2041' })).toEqual([
      'started',
      'answered',
      'ended',
    ]);
  });

  it('sees what is there when it comes first: calls, recording, listeners, pauses', async () => {
    const { leg } = await site.talking();
    const watching = await supervisor();
    const taking = takes(watching);
    await line.connector.listen({ ...asked, mode: 'barge' });
    await taking;
    const late = new Line(site.asterisk.ports.ami, site.asterisk.password);
    late.connector.start();
    await late.connected();
    expect(late.connector.calls()).toMatchObject([
      { callRef: leg.callRef, extension: '2041', recording: 'on' },
    ]);
    expect(late.connector.calls()[0]?.answeredAt).toBeTypeOf('number');
    expect(late.connector.listeners()).toMatchObject([
      { supervisor: '2061', agent: '2041', mode: 'barge', asked: true },
    ]);
    expect(late.connector.members().find(({ extension }) => extension === '2042')).toMatchObject({
      paused: true,
    });
    await late.connector.stop();
  });

  it('ends every call of an Asterisk that was ended by force, and comes back with it', async () => {
    const { leg } = await site.talking();
    await line.call('answered', '2041');
    const from = line.told.length;
    await site.asterisk.kill();
    await line.until(
      (event) => event.type === 'connection' && event.status.state === 'blind',
      from,
    );
    await site.restart();
    await line.connected(from);
    expect(line.connector.calls()).toEqual([]);
    expect(line.changesOf({ callRef: leg.callRef, extension: '2041' })).toEqual([
      'started',
      'answered',
      'ended',
    ]);
  });

  it('keeps its secret to itself, and says that it is refused', async () => {
    const wrong = new Line(site.asterisk.ports.ami, 'wrong-secret-of-the-site');
    wrong.connector.start();
    await vi.waitFor(() => expect(wrong.logged.join()).toContain('refuses the account'), 20_000);
    expect(wrong.connector.status().state).toBe('blind');
    await wrong.connector.stop();
    expect([...wrong.logged, ...line.logged].join()).not.toMatch(/wrong-secret|desk-password/u);
  });
});
