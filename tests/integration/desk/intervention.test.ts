import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import type { HelpRequest } from '#shared/domain/intervention/helpRequest.ts';
import type { Message } from '#shared/domain/intervention/message.ts';
import type { InterventionMessage } from '#shared/sync/intervention.ts';
import { changeOf } from '../../support/cacheFixture.ts';
import { startShift, type TestShift } from '../../support/deskShift.ts';
import { practiceUser } from '../../support/practiceUser.ts';

const me = practiceUser('xu.jing');
const lead = practiceUser('wu.min');
let desk: TestShift;

beforeEach(async () => {
  desk = await startShift({ state: 'ready' });
});
afterEach(() => desk.stop());

const lunch = { kind: 'rest', rest: { state: 'break', reason: 'lunch' } } as const;

function wish(given: InterventionMessage['wish']): void {
  const at = desk.clock.now();
  desk.centre.tell({ type: 'intervention', id: newId(), byName: lead.name, at, wish: given });
}

async function answered(): Promise<void> {
  desk.phone.offer();
  await desk.ask['calls.answer']({ callId: desk.call().id });
}

describe('a supervisor sets the state', () => {
  test('of a ready agent: at once', async () => {
    wish(lunch);
    await expect.poll(() => desk.state()).toBe('break lunch');
    expect(desk.centre.asked).toEqual(['taken {"effect":"now"}']);
  });

  test('of an agent in a call: after the call and what it leaves to do', async () => {
    await answered();
    wish(lunch);
    await expect.poll(() => desk.shift.agent.view().next).toMatchObject({ reason: 'lunch' });
    expect(desk.centre.asked).toEqual(['taken {"effect":"afterWork"}']);
    expect(desk.state()).toBe('onCall');
    desk.phone.end(desk.phone.last);
    expect(desk.state()).toBe('wrapUp');
    await desk.ask['wrapUps.park']({ callId: desk.call().id, draft: emptyDraft });
    expect(desk.state()).toBe('break lunch');
  });

  test('which the centre has given up meanwhile: nothing is done', async () => {
    desk.centre.refusals.push('state-not-allowed');
    wish(lunch);
    await expect.poll(() => desk.log.lines.length).toBeGreaterThan(0);
    expect(desk.state()).toBe('ready');
  });
});

describe('a supervisor signs the agent out', () => {
  test('without a call the desk is left at once', () => {
    wish({ kind: 'signOut' });
    expect(desk.left).toEqual([lead.name]);
  });

  test('a call goes on to its end first', async () => {
    await answered();
    wish({ kind: 'signOut' });
    expect(desk.left).toEqual([]);
    desk.phone.end(desk.phone.last);
    expect(desk.left).toEqual([lead.name]);
  });
});

describe('help', () => {
  const mine = async () => (await desk.ask['help.mine']({})).request;
  const answer = (id: string): Partial<HelpRequest> => ({
    ...{ state: 'answered', answer: 'onMyWay', answeredById: lead.id, answeredByName: lead.name },
    answeredAt: desk.clock.now(),
    ...{ agentId: id },
  });

  test('is asked for once, names the call, and is withdrawn with it', async () => {
    await answered();
    const asked = await desk.ask['help.ask']({ note: '' });
    expect(asked).toMatchObject({ state: 'open', callId: desk.call().id, agentId: me.id });
    expect((await desk.ask['help.ask']({ note: 'again' })).id).toBe(asked.id);
    desk.phone.end(desk.phone.last);
    expect(await mine()).toBeNull();
    expect(desk.cache.record('helpRequest', asked.id)).toMatchObject({ state: 'withdrawn' });
  });

  test('that was answered is over with the call', async () => {
    await answered();
    const { id, ...fields } = await desk.ask['help.ask']({ note: '' });
    await desk.cache.acknowledge(
      desk.cache.nextOperations(100).map((operation) => ({
        ...{ operationId: operation.id, outcome: 'applied', version: 1, reason: null },
        message: null,
      })),
    );
    const change = { ...fields, ...answer(me.id) };
    await desk.cache.apply([changeOf('helpRequest', id, change, { version: 2 })], null, 0);
    expect(await mine()).toMatchObject({ answeredByName: lead.name });
    desk.phone.end(desk.phone.last);
    expect(desk.cache.record('helpRequest', id)).toMatchObject({ state: 'over' });
  });
});

describe('messages', () => {
  const message: Message = {
    ...{ sendingId: newId(), senderId: lead.id, senderName: lead.name },
    ...{ recipientId: me.id, recipientName: me.name, audience: 'all', audienceName: null },
    ...{ text: 'Meeting at four', priority: 'urgent', sentAt: 1_000, helpRequestId: null },
    ...{ readAt: null, reply: null, repliedAt: null, replyReadAt: null },
  };

  test('are read and answered once', async () => {
    const id = newId();
    await desk.cache.apply([changeOf('message', id, message)], null, 0);
    expect(await desk.ask['messages.inbox']({ limit: 10 })).toMatchObject({ unread: 1 });
    const replied = await desk.ask['messages.reply']({ id, text: 'I am there' });
    expect(replied).toMatchObject({ reply: 'I am there', readAt: desk.clock.now() });
    expect(await desk.ask['messages.inbox']({ limit: 10 })).toMatchObject({ unread: 0 });
    await expect(async () => desk.ask['messages.reply']({ id, text: 'no' })).rejects.toMatchObject({
      code: 'state-not-allowed',
    });
  });

  test('of others are not found', async () => {
    const id = newId();
    await desk.cache.apply(
      [changeOf('message', id, { ...message, recipientId: lead.id, senderId: me.id })],
      null,
      0,
    );
    await expect(async () => desk.ask['messages.reply']({ id, text: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

const emptyDraft = {
  ...{ dispositionId: null, result: null, notes: '', followUpAt: null, ticketIds: [], tags: [] },
  customerId: null,
};
