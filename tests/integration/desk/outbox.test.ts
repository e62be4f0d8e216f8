import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutboxEntry } from '#shared/contract/methods/outbox.ts';
import type { PushResult } from '#shared/sync/messages.ts';
import { customerId, startShift, type TestShift } from '#tests/support/deskShift.ts';

/** What the window is told of the changes that the server does not have, and what the agent does with them. */
let desk: TestShift;
beforeEach(async () => {
  desk = await startShift();
});
afterEach(() => desk.stop());

const ofRecords = ({ entity }: OutboxEntry) => entity !== 'presence' && entity !== 'agentInterval';

async function list(): Promise<OutboxEntry[]> {
  return (await desk.ask['outbox.list']({})).filter(ofRecords);
}

function createTicket(subject = 'No hot water') {
  return desk.ask['tickets.create']({
    ...{
      type: 'repair',
      categoryId: null,
      priority: 'normal',
      subject,
      description: 'x'.repeat(900),
    },
    ...{ customerId, callId: null, dueAt: null },
  });
}

function register(numberRaw: string) {
  return desk.ask['customers.register']({
    ...{ kind: 'person', name: 'Ann', profile: {}, pinnedNote: null, callId: null },
    points: [
      { kind: 'phone', label: 'other', raw: numberRaw, preferred: true, consent: 'unknown' },
    ],
  });
}

function refuse(entity: string, parts: Partial<PushResult> = {}): string {
  const operation = desk.cache.nextOperations(100).find((one) => one.entity === entity);
  if (!operation) throw new Error(`no ${entity} waits`);
  const { id: operationId } = operation;
  const result = { operationId, outcome: 'rejected' as const, version: null };
  desk.cache.acknowledge([
    { ...result, reason: 'invalid-fields', message: 'subject: too long', ...parts },
  ]);
  return operationId;
}

describe('the list', () => {
  test('says what record each change is of, and where to look at it', async () => {
    const { id: ticketId } = await createTicket();
    const leg = desk.phone.offer();
    const { id: callId } = desk.call();
    desk.phone.end(leg);
    const entries = await list();
    const ticket = entries.find(({ entity }) => entity === 'ticket');
    expect(ticket).toMatchObject({
      ...{ title: 'No hot water', ticketId, customerId, isNew: true, refusal: null },
    });
    expect(String(ticket?.fields.description)).toHaveLength(200);
    expect(entries.find(({ entity }) => entity === 'ticketEvent')).toMatchObject({ ticketId });
    expect(entries.find(({ entity }) => entity === 'call')).toMatchObject({
      ...{ title: '张伟', callId, customerId },
    });
  });

  test('says why a change was refused, with the field, and has its texts whole', async () => {
    await createTicket();
    const operationId = refuse('ticket');
    const [first] = await list();
    expect(first).toMatchObject({
      operationId,
      refusal: { reason: 'invalid-fields', message: 'subject: too long', field: 'subject' },
    });
    expect(String(first?.fields.description)).toHaveLength(900);
    refuse('ticketEvent', { reason: 'forbidden', message: 'tickets.write is not granted' });
    expect((await list())[0]).toMatchObject({ refusal: { reason: 'forbidden', field: null } });
  });
});

describe('refused changes', () => {
  test('are offered again in the order they were made', async () => {
    await createTicket();
    const [ticket, event] = [refuse('ticket'), refuse('ticketEvent')];
    await desk.ask['outbox.retry']({ operationIds: [event, ticket] });
    expect(desk.cache.outbox().refused).toEqual([]);
    const waiting = desk.cache.nextOperations(100).map(({ entity }) => entity);
    expect(waiting.indexOf('ticket')).toBeLessThan(waiting.indexOf('ticketEvent'));
    expect(() => desk.ask['outbox.retry']({ operationIds: [ticket] })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  test('are edited; what does not fit is named', async () => {
    const { id } = await createTicket();
    const operationId = refuse('ticket');
    const edit = (subject: string) => desk.ask['outbox.edit']({ operationId, fields: { subject } });
    expect(() => edit('')).toThrow(
      expect.objectContaining({ code: 'invalid-input', details: { field: 'subject' } }),
    );
    await edit('Shorter');
    expect(desk.cache.record('ticket', id)?.subject).toBe('Shorter');
    expect(desk.cache.outbox().refused).toEqual([]);
  });

  test('of a number are read anew, so that its calls find the customer', async () => {
    const card = await register('no number 1');
    const operationId = refuse('contactPoint');
    await desk.ask['outbox.edit']({ operationId, fields: { raw: '139 0013 9000' } });
    desk.phone.offer({ number: '+8613900139000' });
    expect(desk.call().customerId).toBe(card.customer.id);
  });

  test('are given up, and a record that only this desk has goes with them', async () => {
    const { id } = await createTicket();
    await desk.ask['outbox.discard']({ operationId: refuse('ticket') });
    expect(desk.cache.record('ticket', id)).toBeNull();
    expect(desk.cache.outbox().refused).toEqual([]);
  });
});
