import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAsteriskConnector } from '#server/pbx/asterisk/asteriskConnector.ts';
import { ConnectorLine } from '#tests/support/connectorLine.ts';
import { TcpRelay } from '#tests/support/tcpRelay.ts';
import { answered, audioFlowsBothWays, type Desk, noAsterisk, openSite } from './support/site.ts';

const site = openSite();
const ok = { ok: true, value: null };
const asked = { supervisor: '2061', agent: '2041', agentName: '徐静' };

function lineTo(port: number, secret: string): ConnectorLine {
  const account = { host: '127.0.0.1', port, user: 'switchboard', secret, tls: false };
  return new ConnectorLine((surroundings) => createAsteriskConnector(account, surroundings));
}

describe.skipIf(noAsterisk)('the server’s line to Asterisk', () => {
  let wire: TcpRelay;
  let line: ConnectorLine;

  beforeAll(() => {
    vi.setConfig({ testTimeout: 120_000 });
  });
  beforeEach(async () => {
    wire = await TcpRelay.to(site.asterisk.ports.ami);
    line = lineTo(wire.port, site.asterisk.password);
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
    expect(line.story()).toEqual([
      ...['queue.entered service', 'agent.offered 2041 service', 'agent.answered 2041 service'],
      ...['agent.left 2041 by system', 'agent.answered 2061', 'agent.left 2061 by agent'],
    ]);
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
    const standing = ['connection', 'present'];
    const after = line.told.slice(before).filter(({ type }) => !standing.includes(type));
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
    const late = lineTo(site.asterisk.ports.ami, site.asterisk.password);
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

  it('takes a member out of a queue, lets another in, and asks the lower penalty first', async () => {
    const { connector } = line;
    const queuesOf = (extension: string) => connector.memberships().get(extension);
    expect(queuesOf('2041')).toEqual([
      { queueId: 'complaints', penalty: 0 },
      { queueId: 'service', penalty: 0 },
    ]);
    const changed = (extension: string, from: number) =>
      line.until(
        (event) => event.type === 'memberships' && event.extension === extension && event,
        from,
      );
    let from = line.told.length;
    // Named in queues.conf, and yet out.
    expect(await connector.leave('2041', 'service')).toEqual(ok);
    await changed('2041', from);
    expect(queuesOf('2041')).toEqual([{ queueId: 'complaints', penalty: 0 }]);
    await site.ready('2041');
    const asked = site.ami.events.length;
    await site.ring();
    await site.ami.event({ Event: 'QueueCallerJoin', Queue: 'service' }, asked);
    // A member of the queue by this alone.
    from = line.told.length;
    const supervising = await site.registered('2061');
    const member = { queueId: 'service', penalty: 3, name: 'Supervisor' };
    expect(await connector.join('2061', member)).toEqual(ok);
    await changed('2061', from);
    expect(queuesOf('2061')).toEqual([{ queueId: 'service', penalty: 3 }]);
    expect(connector.members().find(({ extension }) => extension === '2061')).toMatchObject({
      paused: true,
    });
    expect(await connector.pause('2061', null)).toEqual(ok);
    const offer = await supervising.desk.offered();
    expect(offer).toMatchObject({ queueId: 'service' });
    await supervising.desk.phone.setAvailability({ ready: false, reason: 'call' });
    expect(await connector.hangUp('2061')).toEqual(ok);
    await line.happened('agent.notAnswered', from);
    // Back in, and both asked by penalty.
    from = line.told.length;
    expect(await connector.join('2041', { ...member, penalty: 5 })).toEqual(ok);
    expect(await line.happened('agent.offered', from)).toMatchObject({ extension: '2041' });
    expect(queuesOf('2041')).toContainEqual({ queueId: 'service', penalty: 5 });
    from = line.told.length;
    expect(await connector.setPenalty('2041', { queueId: 'service', penalty: 0 })).toEqual(ok);
    await changed('2041', from);
    from = line.told.length;
    expect(await connector.leave('2061', 'service')).toEqual(ok);
    await changed('2061', from);
    expect(queuesOf('2061')).toBeUndefined();
    const refused = { error: { code: 'not-found' } };
    expect(await connector.join('2061', { ...member, queueId: 'nowhere' })).toMatchObject(refused);
    expect(await connector.leave('2061', 'service')).toMatchObject(refused);
    expect(await connector.setPenalty('2061', member)).toMatchObject(refused);
  });

  it('ends all calls of a desk', async () => {
    await site.talking();
    expect(await line.connector.hangUp('2041')).toEqual(ok);
    expect(await line.happened('agent.left')).toMatchObject({ by: 'system' });
    expect(await line.connector.hangUp('2041')).toEqual(ok);
  });

  it('tells what happens to a call once, and by the same ids to others and to who comes later', async () => {
    const other = lineTo(site.asterisk.ports.ami, site.asterisk.password);
    other.connector.start();
    await other.connected();
    const made = await site.talking();
    const { desk, leg, caller } = made;
    expect(await desk.phone.setAvailability({ ready: false, reason: 'call' })).toEqual(ok);
    const colleague = await site.registered('2042');
    const consult = await site.dialled(made, '2042', colleague);
    const alias = await line.until((event) => event.type === 'alias' && event);
    expect(alias).toMatchObject({ extension: '2041', deskRef: consult.callRef });
    const late = lineTo(site.asterisk.ports.ami, site.asterisk.password);
    late.connector.start();
    await late.connected();
    const ids = (of: ConnectorLine) =>
      of.told.flatMap((event) => (event.type === 'happened' ? [event.event.id] : []));
    const heldToo = new Set(ids(line));
    expect(ids(late).filter((id) => !heldToo.has(id))).toEqual([]);
    expect(late.told.find(({ type }) => type === 'present')).toMatchObject({
      waiting: [],
      lostAt: null,
    });
    const entered = await late.happened('queue.entered');
    const first = await line.happened('queue.entered');
    expect(Math.abs(entered.at - first.at)).toBeLessThanOrEqual(2_000);
    await late.connector.stop();
    expect(await desk.phone.join(leg.leg, consult.leg)).toEqual(ok);
    await desk.end(consult.leg);
    await caller.hangUp();
    await colleague.desk.ended();
    for (const one of [line, other]) {
      await one.until(
        (event) =>
          event.type === 'happened' &&
          event.event.name === 'agent.left' &&
          event.event.extension === '2042',
      );
    }
    await other.connector.stop();
    expect(ids(other)).toEqual(ids(line));
    expect(line.story()).toEqual([
      ...['queue.entered service', 'agent.offered 2041 service', 'agent.answered 2041 service'],
      ...['agent.held 2041', 'agent.dialled 2041 2042', 'agent.offered 2042'],
      ...['agent.answered 2042', 'agent.answered 2041', 'agent.resumed 2041'],
      ...['agent.transferred 2041 2042', 'agent.left 2041 by agent', 'agent.left 2041 by agent'],
      'agent.left 2042 by customer',
    ]);
  });

  it('keeps its secret to itself, and says that it is refused', async () => {
    const wrong = lineTo(site.asterisk.ports.ami, 'wrong-secret-of-the-site');
    wrong.connector.start();
    await vi.waitFor(() => expect(wrong.logged.join()).toContain('refuses the account'), 20_000);
    expect(wrong.connector.status().state).toBe('blind');
    await wrong.connector.stop();
    expect([...wrong.logged, ...line.logged].join()).not.toMatch(/wrong-secret|desk-password/u);
  });
});
