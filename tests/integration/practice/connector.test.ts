import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeConnector } from '#server/pbx/practice/practiceConnector.ts';
import { ConnectorLine } from '../../support/connectorLine.ts';
import { TcpRelay } from '../../support/tcpRelay.ts';
import { caller, openPractice } from './practiceSite.ts';

const site = openPractice();
const token = 'a-token-for-tests-only';
const ok = { ok: true, value: null };

describe('the server’s line to the practice PBX', () => {
  let wire: TcpRelay;
  let line: ConnectorLine;

  beforeEach(async () => {
    await site.start();
    wire = await TcpRelay.to(site.pbx.port);
    line = lineTo(wire.port);
    line.connector.start();
    await line.connected();
  });
  afterEach(async () => {
    await line.connector.stop();
    await wire.close();
  });

  function lineTo(port: number): ConnectorLine {
    const account = { controlUrl: `http://127.0.0.1:${port}/control`, token };
    return new ConnectorLine((surroundings) => createPracticeConnector(account, surroundings));
  }

  it('tells a call that is held, passed into another queue and answered there', async () => {
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    await agent.reinvite(invitation, 'sendonly');
    await agent.reinvite(invitation, 'sendrecv');
    await agent.tell('paused;reason=call');
    const colleague = await site.readyDesk('1002');
    await agent.refer(invitation, agent.address('sales'));
    const second = await colleague.nextCall();
    await colleague.accept(second);
    site.pbx.hangUpCaller(callRef);
    await line.until(
      (event) =>
        event.type === 'happened' && 'by' in event.event && event.event.extension === '1002',
    );
    expect(line.story()).toEqual([
      ...['queue.entered service', 'agent.offered 1001 service', 'agent.answered 1001 service'],
      ...['agent.held 1001', 'agent.resumed 1001', 'agent.transferred 1001 sales'],
      ...['agent.left 1001 by agent', 'queue.entered sales', 'agent.offered 1002 sales'],
      ...['agent.answered 1002 sales', 'agent.left 1002 by customer'],
    ]);
    expect(await line.happened('queue.entered')).toMatchObject({ callRef, caller: caller.number });
  });

  it('tells who gave up, and who was rung in vain', async () => {
    const agent = await site.readyDesk('1001');
    const callRef = site.pbx.placeCall(caller) ?? '';
    const invitation = await agent.nextCall();
    await invitation.reject({ statusCode: 486 });
    await line.happened('agent.notAnswered');
    const from = line.told.length;
    site.clock.pass(5_000);
    await agent.nextCall();
    site.clock.pass(20_000);
    await line.happened('agent.notAnswered', from);
    site.pbx.hangUpCaller(callRef);
    await line.happened('queue.left');
    expect(line.story()).toEqual([
      'queue.entered service',
      'agent.offered 1001 service',
      'agent.notAnswered 1001 service rejected',
      'agent.offered 1001 service',
      'agent.notAnswered 1001 service noAnswer',
      'queue.left service abandoned',
    ]);
  });

  it('tells a question to a colleague, and both names of the call that was dialled', async () => {
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const colleague = await site.desk('1002');
    const dialling = agent.dial('1002');
    const asked = await colleague.nextCall();
    await colleague.accept(asked);
    const { session } = await dialling;
    const dialled = await line.happened('agent.dialled');
    expect(await line.until((event) => event.type === 'alias' && event)).toMatchObject({
      extension: '1001',
      callRef: dialled.callRef,
      deskRef: session.request.callId,
    });
    await agent.refer(invitation, session);
    const merged = await line.until(
      (event) => event.type === 'alias' && event.extension === '1002' && event,
    );
    expect(merged).toMatchObject({ callRef: dialled.callRef, deskRef: callRef });
    await asked.bye();
    await line.until(
      (event) =>
        event.type === 'happened' && 'by' in event.event && event.event.extension === '1002',
    );
    expect(line.story()).toEqual([
      ...['queue.entered service', 'agent.offered 1001 service', 'agent.answered 1001 service'],
      ...['agent.dialled 1001 1002', 'agent.offered 1002', 'agent.answered 1002'],
      ...['agent.answered 1001', 'agent.left 1001 by agent', 'agent.transferred 1001 1002'],
      ...['agent.left 1001 by agent', 'agent.left 1002 by agent'],
    ]);
  });

  it('counts nothing twice and leaves nothing open where it was cut off', async () => {
    const agent = await site.readyDesk('1001');
    const { invitation } = await site.talking(agent);
    await agent.tell('paused;reason=call');
    const givesUp = site.pbx.placeCall(caller) ?? '';
    const isAnswered = site.pbx.placeCall(caller) ?? '';
    const waits = site.pbx.placeCall(caller) ?? '';
    await line.until(
      (event) => event.type === 'happened' && event.event.callRef === waits && event.event,
    );
    const from = line.told.length;
    wire.hold();
    const blind = await line.until(
      (event) => event.type === 'connection' && event.status.state === 'blind' && event.status,
      from,
    );
    await invitation.bye();
    site.pbx.hangUpCaller(givesUp);
    const answered = site.next('callAnswered', (event) => event.callRef === isAnswered);
    await agent.tell('ready');
    await agent.accept(await agent.nextCall());
    await answered;
    await agent.tell('paused;reason=call');
    const comes = site.pbx.placeCall(caller) ?? '';
    wire.release();
    await line.connected(from);
    expect(line.story(from).toSorted()).toEqual([
      'agent.answered 1001 service',
      'agent.left 1001 by null',
      'agent.offered 1001 service',
      'queue.entered service',
      'queue.left service unseen',
    ]);
    const left = await line.happened('queue.left', from);
    expect(left).toMatchObject({ callRef: givesUp });
    expect(await line.happened('queue.entered', from)).toMatchObject({ callRef: comes });
    const present = await line.until((event) => event.type === 'present' && event, from);
    expect(present).toMatchObject({
      waiting: expect.arrayContaining([
        { callRef: waits, queueId: 'service' },
        { callRef: comes, queueId: 'service' },
      ]),
      parts: [{ callRef: isAnswered, extension: '1001' }],
      lostAt: blind.since,
    });
  });

  it('lets agents into queues and out of them, by penalty', async () => {
    const { connector } = line;
    const changed = (from: number) =>
      line.until((event) => event.type === 'memberships' && event, from);
    let from = line.told.length;
    const sales = { queueId: 'sales', penalty: 2, name: 'Ann' };
    expect(await connector.join('1003', sales)).toEqual(ok);
    expect(await changed(from)).toMatchObject({
      extension: '1003',
      memberships: [{ queueId: 'sales', penalty: 2 }],
    });
    from = line.told.length;
    expect(await connector.setPenalty('1003', { queueId: 'sales', penalty: 0 })).toEqual(ok);
    expect(await changed(from)).toMatchObject({ memberships: [{ queueId: 'sales', penalty: 0 }] });
    from = line.told.length;
    expect(await connector.setPenalty('1002', { queueId: 'sales', penalty: 1 })).toEqual(ok);
    await changed(from);
    // Longer idle, and yet asked second.
    await site.readyDesk('1002');
    site.clock.pass(1_000);
    const preferred = await site.readyDesk('1003');
    site.pbx.placeCall({ ...caller, queue: 'sales' });
    await preferred.nextCall();
    expect(await connector.hangUp('1003')).toEqual(ok);
    await line.happened('agent.notAnswered');
    from = line.told.length;
    expect(await connector.leave('1003', 'sales')).toEqual(ok);
    expect(await changed(from)).toMatchObject({ extension: '1003', memberships: [] });
    expect(connector.memberships().has('1003')).toBe(false);
    const refused = { error: { code: 'not-found' } };
    expect(await connector.leave('1003', 'sales')).toMatchObject(refused);
    expect(await connector.setPenalty('1003', sales)).toMatchObject(refused);
    expect(await connector.join('1003', { ...sales, queueId: 'nowhere' })).toMatchObject(refused);
    expect(await connector.join('9999', sales)).toMatchObject(refused);
  });

  it('ends all calls of a desk', async () => {
    const agent = await site.readyDesk('1001');
    await site.talking(agent);
    expect(await line.connector.hangUp('1001')).toEqual(ok);
    expect(await line.happened('agent.left')).toMatchObject({ extension: '1001', by: 'system' });
    expect(site.pbx.state().calls).toEqual([]);
  });
});
