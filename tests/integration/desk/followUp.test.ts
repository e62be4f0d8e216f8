import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { followUpOfStep } from '#electron/desk/followUp/afterStep.ts';
import { newComplaint } from '#electron/desk/followUp/complaints.ts';
import type { Task } from '#shared/domain/task.ts';
import type { Ticket } from '#shared/domain/tickets/ticket.ts';
import { type StepCommand, stepActorOf, takeStep } from '#shared/domain/tickets/ticketFlow.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { changeOf, customerFields, newId } from '../../support/cacheFixture.ts';
import { customerId, startShift, type TestShift } from '../../support/deskShift.ts';

const [me, colleague] = practiceUsers.map(({ id, name, role }) => ({ id, name, role })) as [
  { id: string; name: string; role: 'agent' },
  { id: string; name: string; role: 'agent' },
];
const hourMs = 3_600_000;
const questionnaireId = newId();
const text = (words: string) => ({ en: words, 'zh-CN': words });
const questionnaire = {
  ...{
    name: text('After a repair'),
    edition: 1,
    greeting: text('Hello'),
    active: true,
    retired: false,
  },
  questions: [
    { id: 'q', kind: 'score' as const, text: text('How was it'), choices: [], required: true },
    { id: 'w', kind: 'text' as const, text: text('Why'), choices: [], required: false },
  ],
};

let desk: TestShift;
beforeEach(async () => {
  desk = await startShift({ state: 'ready' });
  await desk.cache.apply([changeOf('questionnaire', questionnaireId, questionnaire)], null, 0);
});
afterEach(() => desk.stop());

/** A complaint of the known customer, as tickets are made and led. */
function makeComplaint(more: Partial<Ticket> = {}): string {
  const ticketId = newId();
  const ticket: Ticket = {
    ...usualFieldsOf('ticket'),
    ...{ no: null, type: 'complaint', categoryId: 'repair.water', priority: 'normal' },
    ...{ state: 'inProgress', subject: 'Leaks again', description: '', customerId, callId: null },
    ...{ queueId: 'support', numberRaw: null, ownerId: me.id, firstContactId: me.id },
    ...{ firstContactName: me.name, createdAt: desk.clock.now(), dueAt: null, closedAt: null },
    ...more,
  };
  const complaint = newComplaint({ cache: desk.cache, now: desk.clock.now() }, ticketId, ticket);
  desk.cache.change([{ entity: 'ticket', id: ticketId, fields: ticket }, ...complaint], me.id);
  return ticketId;
}

const ticketOf = (id: string): Ticket => desk.cache.record('ticket', id) as Ticket;

function step(ticketId: string, command: StepCommand): void {
  const before = ticketOf(ticketId);
  const taken = takeStep(before, command, {
    ...{ ticketId, id: newId(), at: desk.clock.now(), complaintsNeedVisit: true },
    actor: stepActorOf(me),
  });
  if (!taken.ok) throw new Error(taken.error.message);
  const { fields, event } = taken.value;
  desk.cache.change(
    [
      { entity: 'ticket', id: ticketId, fields },
      { entity: 'ticketEvent', id: event.id, fields: event.fields },
      ...followUpOfStep(desk.cache, ticketId, { ...before, ...fields }, fields.lastStep),
    ],
    me.id,
  );
}

async function visitOf(ticketId: string) {
  const { visits } = await desk.ask['visits.ofTicket']({ ticketId });
  const open = visits.find(({ state }) => state === 'open');
  if (!open) throw new Error('no visit is open');
  return open;
}

const said = (taskId: string, outcome: 'satisfied' | 'unsatisfied', note = '') => ({
  ...{ taskId, outcome, note, callId: null },
  answers: { q: outcome === 'satisfied' ? 5 : 1 },
});

describe('a complaint', () => {
  test('is written down in place, and reaches a stage with what it needs', async () => {
    const ticketId = makeComplaint();
    const reach = (stage: 'assessed' | 'investigated') =>
      desk.ask['complaints.reach']({ ticketId, stage });
    expect(() => reach('investigated')).toThrow(
      expect.objectContaining({ code: 'missing-field', details: { field: 'remedySought' } }),
    );
    const change = {
      remedySought: 'Money back',
      rootCause: 'Worn seal',
      severity: 'high' as const,
    };
    await desk.ask['complaints.change']({ ticketId, change });
    desk.clock.advance(1000);
    expect(await reach('investigated')).toMatchObject({
      ...{ stage: 'investigated', severity: 'high', waiting: true, customerName: '张伟' },
      stagesAt: { received: expect.any(Number), assessed: desk.clock.now() },
    });
    expect(() => reach('assessed')).toThrow(expect.objectContaining({ code: 'state-not-allowed' }));
  });

  test('that repeats one is found by customer, also under a merged record, and category', async () => {
    const other = newId();
    await desk.cache.apply(
      [changeOf('customer', other, customerFields({ name: '张伟', mergedInto: customerId }))],
      null,
      0,
    );
    const first = makeComplaint({ customerId: other });
    const wished = { customerId, categoryId: 'repair.water', exceptTicketId: null };
    expect(await desk.ask['complaints.repeats'](wished)).toMatchObject({
      open: { ticketId: first },
      days: 30,
    });
    const second = makeComplaint();
    expect(await desk.ask['complaints.get']({ ticketId: second })).toMatchObject({
      repeatOf: first,
    });
    const elsewhere = { ...wished, categoryId: 'other' };
    expect(await desk.ask['complaints.repeats'](elsewhere)).toMatchObject({ open: null });
  });

  test('is counted: one-touch, per day, by category', async () => {
    const ticketId = makeComplaint();
    makeComplaint({ categoryId: null });
    step(ticketId, { action: 'resolve', resolution: 'New seal' });
    await desk.ask['visits.answer'](said((await visitOf(ticketId)).id, 'satisfied'));
    const figures = await desk.ask['complaints.figures']({ from: null, to: null });
    expect(figures).toMatchObject({ total: 2, closed: 1, oneTouch: 1, oneTouchRate: 1 });
    expect(figures.perDay.at(-1)?.count).toBe(2);
    const filter = {
      from: null,
      to: null,
      open: true,
      stage: null,
      severity: null,
      categoryId: null,
    };
    expect((await desk.ask['complaints.list']({ filter, limit: 10 })).total).toBe(1);
  });
});

describe('a return visit', () => {
  test('follows from the resolution, once, in the time of the rules', async () => {
    const ticketId = makeComplaint();
    const at = desk.clock.now();
    step(ticketId, { action: 'resolve', resolution: 'New seal' });
    const visit = await visitOf(ticketId);
    expect(visit).toMatchObject({ ownerId: me.id, dueAt: at + 24 * hourMs, attempts: [] });
    const { lastStep } = ticketOf(ticketId);
    if (!lastStep) throw new Error('no step');
    const again = followUpOfStep(desk.cache, ticketId, ticketOf(ticketId), lastStep);
    const task = again.find(({ entity }) => entity === 'task');
    expect(task?.id).toBe(visit.id);
    expect(await desk.ask['visits.get']({ taskId: visit.id })).toMatchObject({
      questionnaire: { id: questionnaireId },
      calling: { asks: null, number: { raw: '+8613800138000' } },
      mostTries: 3,
    });
  });

  test('satisfied closes the ticket, with the answers as they were put', async () => {
    const ticketId = makeComplaint();
    step(ticketId, { action: 'resolve', resolution: 'New seal' });
    const { id: taskId } = await visitOf(ticketId);
    const done = await desk.ask['visits.answer'](said(taskId, 'satisfied'));
    expect(done).toMatchObject({
      task: { state: 'done', doneBy: me.name, attempts: [{ outcome: 'reached' }] },
      ticket: { state: 'closed' },
      sheet: { outcome: 'satisfied', scoreHundredths: 500, agentId: me.id, edition: 1 },
    });
    expect(done.sheet?.questions).toEqual(questionnaire.questions);
    expect(() => desk.ask['visits.answer'](said(taskId, 'satisfied'))).toThrow(
      expect.objectContaining({ code: 'state-not-allowed' }),
    );
  });

  test('unsatisfied opens the ticket again; the complaint goes back to the investigation', async () => {
    const ticketId = makeComplaint();
    const change = { remedySought: 'a', rootCause: 'b', correctiveAction: 'c' };
    await desk.ask['complaints.change']({ ticketId, change });
    step(ticketId, { action: 'resolve', resolution: 'New seal' });
    expect(desk.cache.record('complaint', ticketId)?.stage).toBe('responded');
    const { id: taskId } = await visitOf(ticketId);
    const mute = said(taskId, 'unsatisfied');
    expect(() => desk.ask['visits.answer'](mute)).toThrow(
      expect.objectContaining({ code: 'missing-field' }),
    );
    await desk.ask['visits.answer']({ ...mute, note: 'Still leaks' });
    expect(ticketOf(ticketId)).toMatchObject({ state: 'assigned', reopened: 1 });
    expect(ticketOf(ticketId).lastStep).toMatchObject({ action: 'reopen', visit: 'unsatisfied' });
    expect(desk.cache.record('complaint', ticketId)?.stage).toBe('investigated');
  });

  test.each([
    ['no answer', { q: undefined }, 'missing-field'],
    ['a wrong one', { q: 9 }, 'invalid-input'],
  ])('with %s to a question is not taken', async (_, answers, code) => {
    const ticketId = makeComplaint();
    step(ticketId, { action: 'resolve', resolution: 'New seal' });
    const { id: taskId } = await visitOf(ticketId);
    const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value));
    expect(() =>
      desk.ask['visits.answer']({ ...said(taskId, 'satisfied'), answers: given as never }),
    ).toThrow(expect.objectContaining({ code, details: { field: 'q' } }));
    expect(ticketOf(ticketId).state).toBe('resolved');
  });

  test('not reached is tried again, then left to a supervisor where a complaint may not just close', async () => {
    const ticketId = makeComplaint();
    step(ticketId, { action: 'resolve', resolution: 'New seal' });
    const { id: taskId } = await visitOf(ticketId);
    const tried = { taskId, outcome: 'noAnswer' as const, laterAt: null, note: '', callId: null };
    const first = await desk.ask['visits.notReached'](tried);
    expect(first.task).toMatchObject({ state: 'open', dueAt: desk.clock.now() + 4 * hourMs });
    await desk.ask['visits.notReached'](tried);
    const last = await desk.ask['visits.notReached'](tried);
    expect(last.task.state).toBe('done');
    expect(ticketOf(ticketId)).toMatchObject({ state: 'returnVisit', escalation: 1 });
    expect(ticketOf(ticketId).lastStep?.visit).toBe('unreachable');
  });

  test('not reached closes a repair; one that is not needed any more is taken away', async () => {
    const repair = makeComplaint({ type: 'repair' });
    step(repair, { action: 'resolve', resolution: 'New seal' });
    const { id: taskId } = await visitOf(repair);
    const wrong = {
      taskId,
      outcome: 'wrongNumber' as const,
      laterAt: null,
      note: '',
      callId: null,
    };
    expect((await desk.ask['visits.notReached'](wrong)).ticket.state).toBe('closed');
    const other = makeComplaint();
    step(other, { action: 'resolve', resolution: 'New seal' });
    step(other, { action: 'reopen', note: 'no' });
    const { visits } = await desk.ask['visits.ofTicket']({ ticketId: other });
    expect(visits).toMatchObject([{ state: 'cancelled' }]);
  });
});

describe('questionnaires and scores', () => {
  test('a change of the questions is another edition; a name is not', async () => {
    const { name, greeting, questions } = questionnaire;
    const kept = { id: questionnaireId, name, greeting, questions, active: true };
    const named = await desk.ask['feedback.save']({ ...kept, name: text('Other') });
    expect(named).toMatchObject({ edition: 1, name: text('Other') });
    const changed = await desk.ask['feedback.save']({ ...kept, questions: questions.slice(0, 1) });
    expect(changed.edition).toBe(2);
    expect(() => desk.ask['feedback.save']({ ...kept, questions: [] })).toThrow(
      expect.objectContaining({ code: 'invalid-input', details: { field: 'questions' } }),
    );
    await desk.ask['feedback.retire']({ id: questionnaireId });
    expect(await desk.ask['feedback.questionnaires']({})).toEqual([]);
  });

  test('scores are of the answers, and lead to them', async () => {
    for (const outcome of ['satisfied', 'unsatisfied'] as const) {
      const ticketId = makeComplaint();
      step(ticketId, { action: 'resolve', resolution: 'New seal' });
      await desk.ask['visits.answer'](said((await visitOf(ticketId)).id, outcome, 'so'));
    }
    const wish = { from: null, to: null, questionnaireId: null, by: 'agent' as const };
    const { all, groups } = await desk.ask['feedback.scores'](wish);
    expect(all).toMatchObject({ sheets: 2, mean: 3, topShare: 0.5, satisfiedShare: 0.5 });
    expect(groups).toMatchObject([{ key: me.id, name: me.name, sheets: 2 }]);
    const of = (value: string) => ({ filter: { ...wish, key: { value } }, limit: 10 });
    expect(await desk.ask['feedback.sheets'](of(me.id))).toHaveLength(2);
    expect(await desk.ask['feedback.sheets'](of(colleague.id))).toEqual([]);
  });
});

describe('tasks', () => {
  const wish = {
    ...{
      kind: 'callBack' as const,
      title: 'Call back',
      customerId,
      numberRaw: null,
      ticketId: null,
    },
    ...{ callId: null, remindAt: null, notes: '', ownerId: null },
  };
  const due = () => desk.notices().filter(({ failure }) => failure.code === 'task-due');

  test('are told of when it is time, once, and anew when they were put off', async () => {
    const { id: taskId } = await desk.ask['tasks.create']({
      ...wish,
      dueAt: desk.clock.now() + hourMs,
    });
    expect(due()).toEqual([]);
    desk.clock.advance(hourMs);
    expect(due()).toMatchObject([
      { id: `task:${taskId}`, failure: { details: { title: 'Call back' } } },
    ]);
    await desk.ask['tasks.change']({ taskId, dueAt: desk.clock.now() + hourMs });
    expect(due()).toEqual([]);
    desk.clock.advance(hourMs);
    expect(due()).toHaveLength(1);
    await desk.ask['tasks.close']({ taskId, as: 'done', notes: 'Spoke to her' });
    expect(due()).toEqual([]);
    expect(desk.cache.record('task', taskId)).toMatchObject({
      notes: 'Spoke to her',
      doneBy: me.name,
    });
  });

  test('fall into the hours of the customer, who is asked about before any other', async () => {
    const minute = Math.floor(((desk.clock.now() / 60_000) % 1440) + 600) % 1400;
    const callHours = { from: minute, to: minute + 30, days: [] };
    await desk.cache.apply(
      [
        changeOf('customer', customerId, customerFields({ name: '张伟', callHours }), {
          version: 2,
        }),
      ],
      null,
      0,
    );
    const task = await desk.ask['tasks.create']({ ...wish, dueAt: desk.clock.now() });
    expect(task.dueAt).toBeGreaterThan(desk.clock.now());
    const { calling } = await desk.ask['tasks.get']({ taskId: task.id });
    expect(calling).toMatchObject({ asks: 'outsideHours', callHours });
    const dial = { number: '13800138000', customerId, callerId: null, consent: false };
    await expect(desk.ask['calls.dial'](dial)).rejects.toMatchObject({
      ...{ code: 'number-needs-consent', details: { reason: 'outsideHours' } },
    });
    await desk.ask['calls.dial']({ ...dial, consent: true });
  });

  test('are listed by owner and kind, given to others, and cancelled', async () => {
    const task = await desk.ask['tasks.create']({ ...wish, dueAt: desk.clock.now() + hourMs });
    const filter = { whose: 'mine' as const, state: 'open' as const, kinds: [], ownerId: null };
    expect((await desk.ask['tasks.view']({ filter, limit: 10 })).total).toBe(1);
    const kinds = { ...filter, kinds: ['care' as const] };
    expect((await desk.ask['tasks.view']({ filter: kinds, limit: 10 })).tasks).toEqual([]);
    await desk.ask['tasks.assign']({ taskId: task.id, ownerId: colleague.id });
    const team = { ...filter, whose: 'team' as const, ownerId: colleague.id };
    expect((await desk.ask['tasks.view']({ filter: team, limit: 10 })).tasks).toMatchObject([
      { ownerName: colleague.name },
    ]);
    await desk.ask['tasks.close']({ taskId: task.id, as: 'cancelled', notes: '' });
    const over = { ...team, state: 'closed' as const };
    expect((await desk.ask['tasks.view']({ filter: over, limit: 10 })).total).toBe(1);
    expect(() => desk.ask['tasks.change']({ taskId: task.id, notes: 'x' })).toThrow(
      expect.objectContaining({ code: 'state-not-allowed' }),
    );
  });

  test('are listed with the number as people read it, and with whose it is', async () => {
    const known = await desk.ask['tasks.create']({ ...wish, dueAt: desk.clock.now() });
    const { customerName: name } = known;
    expect(name).not.toBeNull();
    const dueAt = desk.clock.now() + hourMs;
    for (const numberRaw of ['13800138000', '4711']) {
      await desk.ask['tasks.create']({ ...wish, customerId: null, numberRaw, dueAt });
    }
    const filter = { whose: 'mine' as const, state: 'open' as const, kinds: [], ownerId: null };
    const { tasks } = await desk.ask['tasks.view']({ filter, limit: 10 });
    const shown = tasks.map((task) => [task.customerName, task.numberDisplay]);
    expect(shown).toEqual([
      [name, '138 0013 8000'],
      [name, '138 0013 8000'],
      [null, '4711'],
    ]);
  });

  test('and tickets of somebody who leaves go to others in turn', async () => {
    const tasks: Task[] = [];
    for (let count = 0; count < 3; count += 1) {
      tasks.push(await desk.ask['tasks.create']({ ...wish, dueAt: desk.clock.now() + hourMs }));
    }
    const ticketId = makeComplaint();
    const solved = makeComplaint();
    step(solved, { action: 'resolve', resolution: 'x' });
    const preview = await desk.ask['handOver.preview']({ fromId: me.id });
    expect(preview).toEqual({ tasks: 4, tickets: 1, skipped: 0 });
    const third = practiceUsers[2]?.id ?? '';
    const result = await desk.ask['handOver.run']({ fromId: me.id, toIds: [colleague.id, third] });
    expect(result).toEqual({ tasks: 4, tickets: 1 });
    expect(ticketOf(ticketId)).toMatchObject({ ownerId: colleague.id, state: 'assigned' });
    expect(await desk.ask['handOver.preview']({ fromId: me.id })).toMatchObject({ tasks: 0 });
    expect(() => desk.ask['handOver.run']({ fromId: me.id, toIds: [me.id] })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
  });
});

describe('missed calls', () => {
  const missedId = newId();
  const missed = {
    ...{ numberKey: '+8613800138000', numberRaw: '13800138000', customerId, queueId: 'support' },
    ...{ firstAt: 1, lastAt: 2, callRefs: ['a', 'b'], state: 'open' as const, note: '' },
    ...{ ownerId: null, ownerName: null, handledAt: null, outcome: null },
  };
  beforeEach(() => desk.cache.apply([changeOf('missedCall', missedId, missed)], null, 0));
  const list = async (state: 'open' | 'handled' = 'open') =>
    desk.ask['missedCalls.list']({ state, limit: 10 });

  test('are taken, given back, and decided with a reason', async () => {
    expect(await list()).toMatchObject({
      open: 1,
      calls: [{ id: missedId, customerName: '张伟' }],
    });
    const taken = await desk.ask['missedCalls.take']({ id: missedId, mine: true });
    expect(taken).toMatchObject({ state: 'taken', ownerName: me.name, waiting: true });
    expect(await desk.ask['missedCalls.take']({ id: missedId, mine: false })).toMatchObject({
      state: 'open',
      ownerId: null,
    });
    await desk.ask['missedCalls.dismiss']({ id: missedId, reason: 'Advertising' });
    expect(await list()).toMatchObject({ open: 0, calls: [] });
    expect((await list('handled')).calls).toMatchObject([
      { outcome: 'notNeeded', note: 'Advertising' },
    ]);
    expect(() => desk.ask['missedCalls.take']({ id: missedId, mine: true })).toThrow(
      expect.objectContaining({ code: 'state-not-allowed' }),
    );
  });

  test('are handled when a call back is answered, and not before', async () => {
    const call = await desk.ask['calls.dial']({
      number: '13800138000',
      customerId,
      callerId: null,
      consent: false,
    });
    expect((await list()).open).toBe(1);
    const [leg] = desk.phone.legs();
    if (!leg || !call) throw new Error('nothing was dialled');
    desk.phone.tell(leg, { state: 'talking' });
    expect((await list()).open).toBe(0);
    expect((await list('handled')).calls).toMatchObject([
      { outcome: 'calledBack', ownerId: me.id },
    ]);
  });
});
