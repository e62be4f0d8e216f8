import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf, MethodName, OutputOf } from '#shared/contract/contract.ts';
import { methods } from '#shared/contract/contract.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { customerId, startShift, type TestShift } from '#tests/support/deskShift.ts';

let desk: TestShift;
const colleague = practiceUsers[1]?.id ?? '';

beforeEach(async () => {
  desk = await startShift();
});
afterEach(() => desk.stop());

/** As the window asks: what is answered fits the contract. */
async function ask<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const handlers = desk.shift.handlers as Record<string, (input: unknown) => unknown>;
  const given = methods[method].input.parse(input);
  return methods[method].output.parse(await handlers[method]?.(given)) as OutputOf<M>;
}

const fields = {
  type: 'repair',
  categoryId: null,
  priority: 'normal',
  subject: 'Boiler leaks',
  description: '',
  customerId,
  callId: null,
  dueAt: null,
} as const;

const newTicket = (parts: Partial<InputOf<'tickets.create'>> = {}) =>
  ask('tickets.create', { ...fields, ...parts });
const page = (ticketId: string) => ask('tickets.page', { ticketId });
const step = (ticketId: string, command: Omit<InputOf<'tickets.step'>, 'ticketId'>) =>
  ask('tickets.step', { ticketId, ...command });
const names = async (ticketId: string) => (await page(ticketId)).events.map(({ name }) => name);

describe('a ticket at the desk', () => {
  test('goes its way step by step, with its history, offline', async () => {
    const { id, ownerId } = await newTicket();
    expect(await step(id, { action: 'acknowledge' })).toMatchObject({ state: 'acknowledged' });
    await step(id, { action: 'assign', ownerId: colleague, note: '请跟进' });
    expect(await step(id, { action: 'return', note: 'Not ours' })).toMatchObject({
      state: 'acknowledged',
      ownerId: null,
      firstContactId: ownerId,
    });
    await step(id, { action: 'start' });
    const waiting = await step(id, { action: 'wait' });
    expect(waiting).toMatchObject({ state: 'waiting', dueAt: null, pauses: [{ to: null }] });
    await step(id, { action: 'resume' });
    const solved = await step(id, { action: 'resolve', resolution: 'Replaced the seal' });
    expect(solved).toMatchObject({ state: 'resolved', resolution: 'Replaced the seal' });
    expect(await names(id)).toEqual([
      'ticket.created',
      'ticket.acknowledged',
      'ticket.assigned',
      'ticket.returned',
      'ticket.started',
      'ticket.waiting',
      'ticket.resumed',
      'ticket.resolved',
    ]);
    const tasks = desk.cache.followUp.visitsOfTicket(id);
    expect(tasks).toMatchObject([{ kind: 'returnVisit', ticketId: id }]);
  });

  test('says why a step is not taken, and keeps nothing of it', async () => {
    const { id } = await newTicket();
    await expect(step(id, { action: 'resume' })).rejects.toMatchObject({
      code: 'state-not-allowed',
      details: { state: 'registered' },
    });
    await expect(step(id, { action: 'resolve', resolution: ' ' })).rejects.toMatchObject({
      code: 'missing-field',
      details: { field: 'resolution' },
    });
    await step(id, { action: 'assign', ownerId: colleague });
    expect(await names(id)).toEqual(['ticket.created', 'ticket.assigned']);
  });

  test('tells notes from replies, and the first reply is the response', async () => {
    const { id } = await newTicket();
    await ask('tickets.note', { ticketId: id, note: 'Sounds angry' });
    expect((await page(id)).ticket.respondedAt).toBeNull();
    await ask('tickets.reply', { ticketId: id, reply: '您好，我们明天上门' });
    const first = (await page(id)).ticket.respondedAt;
    expect(first).not.toBeNull();
    await ask('tickets.reply', { ticketId: id, reply: 'Tomorrow at nine' });
    expect((await page(id)).ticket.respondedAt).toBe(first);
    expect(await names(id)).toEqual([
      'ticket.created',
      'ticket.noted',
      'ticket.replied',
      'ticket.replied',
    ]);
  });

  test('changed fields stand in the history with before and after', async () => {
    const { id } = await newTicket();
    const change = { subject: 'Boiler leaks badly', impact: 'high', urgency: 'high' } as const;
    const changed = await ask('tickets.change', { ticketId: id, change });
    expect(changed).toMatchObject({ subject: 'Boiler leaks badly', priority: 'urgent' });
    const { events } = await page(id);
    expect(events.at(-1)).toMatchObject({
      name: 'ticket.changed',
      data: {
        fields: {
          subject: ['Boiler leaks', 'Boiler leaks badly'],
          impact: [null, 'high'],
          priority: ['normal', 'urgent'],
        },
      },
    });
    await ask('tickets.change', { ticketId: id, change });
    expect((await page(id)).events).toHaveLength(events.length);
    const complaint = await ask('tickets.change', { ticketId: id, change: { type: 'complaint' } });
    expect(complaint.type).toBe('complaint');
    expect(desk.cache.record('complaint', id)).toMatchObject({ stage: 'received' });
  });
});

describe('tickets beside each other', () => {
  test('watched, related, and not any more', async () => {
    const [one, two] = [await newTicket(), await newTicket({ subject: 'Bill' })];
    expect(await ask('tickets.watch', { ticketId: one.id, on: true })).toMatchObject({
      watcherIds: [one.ownerId],
    });
    await ask('tickets.relate', { ticketId: one.id, otherId: two.id, on: true });
    expect(await page(one.id)).toMatchObject({
      related: [{ id: two.id, subject: 'Bill' }],
      watchers: [{ id: one.ownerId }],
    });
    expect((await page(two.id)).related).toMatchObject([{ id: one.id }]);
    await ask('tickets.relate', { ticketId: two.id, otherId: one.id, on: false });
    expect((await page(one.id)).related).toEqual([]);
    expect(await ask('tickets.watch', { ticketId: one.id, on: false })).toMatchObject({
      watcherIds: [],
    });
  });

  test('merged: one stands for the other, with both histories, and undo takes it back', async () => {
    const [loser, winner] = [await newTicket(), await newTicket({ subject: 'The same leak' })];
    await step(loser.id, { action: 'start' });
    const merge = { ticketId: loser.id, intoId: winner.id };
    expect(await ask('tickets.merge', merge)).toMatchObject({
      mergedInto: winner.id,
      state: 'inProgress',
      dueAt: null,
    });
    const whole = await page(winner.id);
    expect(whole.merged).toMatchObject([{ id: loser.id }]);
    expect(whole.mergedEvents.map(({ name }) => name)).toContain('ticket.started');
    expect((await page(loser.id)).mergedInto).toMatchObject({ id: winner.id });
    await expect(step(loser.id, { action: 'wait' })).rejects.toMatchObject({
      code: 'state-not-allowed',
    });
    await expect(
      ask('tickets.merge', { ticketId: winner.id, intoId: loser.id }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    await ask('tickets.unmerge', { ticketId: loser.id });
    expect(await step(loser.id, { action: 'wait' })).toMatchObject({ state: 'waiting' });
    expect((await page(winner.id)).merged).toEqual([]);
  });

  test('what was merged into a part goes to the whole; nobody merges what is not theirs', async () => {
    const [one, two, three] = [await newTicket(), await newTicket(), await newTicket()];
    await ask('tickets.merge', { ticketId: two.id, intoId: three.id });
    expect(await ask('tickets.merge', { ticketId: one.id, intoId: two.id })).toMatchObject({
      mergedInto: three.id,
    });
    await expect(
      ask('tickets.merge', { ticketId: three.id, intoId: three.id }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('split: a new ticket of the same customer and first contact', async () => {
    const { id } = await newTicket();
    const part = { subject: 'And the bill is wrong', description: '' };
    const split = await ask('tickets.split', { ticketId: id, ...part });
    expect(split).toMatchObject({ splitFrom: id, customerId, state: 'registered' });
    expect((await page(split.id)).splitFrom).toMatchObject({ id });
    expect((await page(id)).splits).toMatchObject([{ id: split.id }]);
  });

  test('found by the customer, and by digits of the number', async () => {
    const [one, two] = [await newTicket(), await newTicket({ subject: 'Bill' })];
    const find = (text: string) => ask('tickets.find', { text, besideId: one.id, limit: 10 });
    expect(await find('')).toMatchObject([{ id: two.id }]);
    expect(await find('999999')).toEqual([]);
    const takers = await ask('tickets.takers', {});
    expect(takers.find(({ id }) => id === one.ownerId)?.open).toBe(2);
  });
});

describe('templates', () => {
  const template = {
    name: '回访',
    kind: 'reply',
    type: null,
    categoryId: null,
    priority: null,
    subject: '',
    body: '{customer.name}，您好。{ticket.no}',
  } as const;

  test('an unknown field is told where it is edited', async () => {
    const wrong = { ...template, body: '{customer.shoeSize}' };
    await expect(ask('ticketTemplates.save', { id: null, template: wrong })).rejects.toMatchObject({
      code: 'invalid-input',
      details: { field: 'body', unknown: 'customer.shoeSize' },
    });
    expect(await ask('ticketTemplates.list', { retired: true })).toEqual([]);
  });

  test('are filled in with what is known, and leave the rest as it is', async () => {
    const { id: ticketId } = await newTicket();
    const saved = await ask('ticketTemplates.save', { id: null, template });
    const filled = await ask('ticketTemplates.fill', { id: saved.id, ticketId, customerId: null });
    expect(filled).toEqual({
      subject: '',
      body: '张伟，您好。{ticket.no}',
      open: ['ticket.no'],
    });
    await ask('ticketTemplates.retire', { id: saved.id, retired: true });
    expect(await ask('ticketTemplates.list', { retired: false })).toEqual([]);
  });
});

describe('attachments', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

  async function attach(ticketId: string, name: string, bytes: Buffer, announced = bytes.length) {
    const { uploadId } = await ask('attachments.begin', { ticketId, name, bytes: announced });
    return ask('attachments.piece', { uploadId, base64: bytes.toString('base64') });
  }

  test('are kept here, and shown, while the server is away', async () => {
    const { id } = await newTicket();
    const { attachment } = await attach(id, '../漏水.png', png);
    expect(attachment).toMatchObject({
      name: '_漏水.png',
      mime: 'image/png',
      bytes: png.length,
      waiting: true,
      here: true,
    });
    const { attachments, events } = await page(id);
    expect(attachments).toEqual([attachment]);
    expect(events.at(-1)).toMatchObject({ name: 'ticket.attached' });
    const attachmentId = attachment?.id ?? '';
    const read = await ask('attachments.read', { attachmentId, offset: 0 });
    expect(read).toEqual({ base64: png.toString('base64'), end: true });
    expect(await ask('attachments.retire', { attachmentId })).toMatchObject({ retired: true });
  });

  test('one that lies about its type, or could be run, is refused', async () => {
    const { id } = await newTicket();
    const program = Buffer.from('4d5a900003000000', 'hex');
    await expect(attach(id, 'photo.png', program)).rejects.toMatchObject({
      code: 'file-type-refused',
    });
    await expect(attach(id, 'bill.pdf', png)).rejects.toMatchObject({ code: 'file-type-differs' });
    await expect(attach(id, 'big.png', png, 21 * 1_048_576)).rejects.toMatchObject({
      code: 'file-too-large',
    });
    await expect(attach(id, 'photo.png', png, 4)).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    expect((await page(id)).attachments).toEqual([]);
  });
});
