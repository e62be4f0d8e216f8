import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WrapUpDraft } from '#shared/contract/models/calls.ts';
import { newId } from '#shared/domain/ids.ts';
import type { WrapUpRules } from '#shared/domain/settings/wrapUps.ts';
import { practiceScripts } from '#shared/sample/knowledge/scripts.ts';
import { changeOf } from '../../support/cacheFixture.ts';
import { customerId, startShift, type TestShift } from '../../support/deskShift.ts';

/** What a wrap-up keeps, what its queue asks for, and its changes afterwards, at the desk without a server. */
let desk: TestShift;
beforeEach(async () => {
  desk = await startShift();
});
afterEach(() => desk.stop());

const ready = { state: 'ready' as const };
const minuteMs = 60_000;
const draft: WrapUpDraft = {
  dispositionId: 'inquiry.product.price',
  result: 'resolved',
  notes: 'asked for the price',
  followUpAt: null,
  tags: [],
  ticketIds: [],
  customerId: null,
};

/** One call, answered and over. */
async function ended(number = '13800138000'): Promise<string> {
  desk.phone.offer({ number });
  const { id } = desk.call(-1);
  await desk.ask['calls.answer']({ callId: id });
  desk.phone.end(desk.phone.last);
  return id;
}

const saved = (callId: string) => desk.cache.record('wrapUp', callId);
const rules = async (value: Partial<WrapUpRules>): Promise<void> => {
  const fields = { key: 'wrapUps' as const, value: { demands: {}, editMinutes: 60, ...value } };
  await desk.cache.apply([changeOf('setting', newId(), fields)], null, 0);
};

describe('what a wrap-up keeps', () => {
  it('tags without blanks and doubles, and linked tickets beside those of the call', async () => {
    const open = await desk.ask['tickets.create']({
      type: 'inquiry',
      categoryId: null,
      priority: 'normal',
      subject: 'Older',
      description: '',
      customerId,
      callId: null,
      dueAt: null,
    });
    const callId = await ended();
    const choices = await desk.ask['wrapUps.choices']({ callId });
    expect(choices.tickets.map(({ id }) => id)).toEqual([open.id]);
    await desk.ask['wrapUps.finish']({
      callId,
      draft: { ...draft, tags: [' vip', 'vip', ' '], ticketIds: [open.id] },
      rest: ready,
    });
    expect(saved(callId)).toMatchObject({ tags: ['vip'], ticketIds: [open.id], edits: [] });
    const next = await ended();
    expect((await desk.ask['wrapUps.choices']({ callId: next })).tags).toEqual(['vip']);
  });

  it('who called, where the call had nobody', async () => {
    const callId = await ended('+4930999888');
    await desk.ask['wrapUps.finish']({ callId, draft: { ...draft, customerId }, rest: ready });
    expect(saved(callId)?.customerId).toBe(customerId);
    expect(desk.cache.record('call', callId)?.customerId).toBe(customerId);
    expect(desk.cache.record('contact', callId)?.customerId).toBe(customerId);
  });

  it('the way through the script of the call, in words', async () => {
    const [script] = practiceScripts;
    if (script?.entity !== 'script') throw new Error('no script');
    await desk.cache.apply([changeOf('script', script.id, script.fields)], null, 0);
    const callId = await ended();
    const steps = [
      { nodeId: 'open', answerId: 'complaint', text: '' },
      { nodeId: 'listen', answerId: null, text: '等了两次 😠' },
    ];
    const json = JSON.stringify({ scriptId: script.id, steps, text: '' });
    await desk.ask['drafts.put']({ key: `script:${callId}`, json });
    await desk.ask['wrapUps.finish']({ callId, draft, rest: ready });
    const kept = saved(callId)?.script;
    expect(kept?.edition).toBe(1);
    expect(kept?.steps.map(({ answer }) => answer)).toEqual(['投诉', '等了两次 😠']);
    expect(await desk.ask['drafts.get']({ key: `script:${callId}` })).toEqual({ json: null });
  });

  it('notes of 100,000 characters, emoji and right-to-left text, whole', async () => {
    const notes = `مرحبا 😀 ${'字'.repeat(99_990)}`;
    const callId = await ended();
    await desk.ask['wrapUps.finish']({ callId, draft: { ...draft, notes }, rest: ready });
    expect(saved(callId)?.notes).toBe(notes);
  });
});

describe('what a queue asks for', () => {
  it('is named by the desk, and said in the backlog', async () => {
    await rules({ demands: { '*': ['tags', 'ticket'] } });
    const callId = await ended();
    const finish = (change: Partial<WrapUpDraft>) =>
      desk.ask['wrapUps.finish']({ callId, draft: { ...draft, ...change }, rest: ready });
    await expect(async () => finish({})).rejects.toMatchObject({
      code: 'missing-field',
      details: { field: 'tags' },
    });
    await desk.ask['wrapUps.park']({ callId, draft: { ...draft, tags: ['vip'] } });
    expect(await desk.ask['wrapUps.backlog']({})).toMatchObject([{ callId, missing: ['ticket'] }]);
  });
});

describe('a saved wrap-up', () => {
  async function finished(change: Partial<WrapUpDraft> = {}): Promise<string> {
    const callId = await ended();
    await desk.ask['wrapUps.finish']({ callId, draft: { ...draft, ...change }, rest: ready });
    return callId;
  }

  it('is changed by its author with its history, and the time line follows', async () => {
    const callId = await finished();
    const before = saved(callId);
    desk.clock.advance(minuteMs);
    const after = await desk.ask['wrapUps.amend']({
      callId,
      draft: { ...draft, notes: 'asked for the price of S3', tags: ['vip'] },
    });
    expect(after.savedAt).toBe(before?.savedAt);
    expect(after).toMatchObject({
      notes: 'asked for the price of S3',
      tags: ['vip'],
      edits: [{ at: desk.clock.now(), before: { notes: draft.notes } }],
    });
    expect(desk.cache.record('contact', callId)?.detail).toBe('asked for the price of S3');
    const [entry] = await desk.ask['journal.list']({ whose: 'mine', limit: 5 });
    expect(entry?.wrapUp?.edits).toHaveLength(1);
  });

  it('is not changed once the time is over', async () => {
    await rules({ editMinutes: 30 });
    const callId = await finished();
    desk.clock.advance(31 * minuteMs);
    await expect(async () =>
      desk.ask['wrapUps.amend']({ callId, draft: { ...draft, notes: 'late' } }),
    ).rejects.toMatchObject({ code: 'state-not-allowed' });
    expect(saved(callId)?.notes).toBe(draft.notes);
  });

  it('takes its open call-back along', async () => {
    const dueAt = desk.clock.now() + 60 * minuteMs;
    const callId = await finished({ result: 'followUp', followUpAt: dueAt });
    const tasks = () => desk.ask['tasks.list']({ whose: 'mine', limit: 10 });
    expect(await tasks()).toMatchObject([{ callId, dueAt }]);
    const later = { ...draft, result: 'followUp' as const, followUpAt: dueAt + minuteMs };
    await desk.ask['wrapUps.amend']({ callId, draft: later });
    expect(await tasks()).toMatchObject([{ callId, dueAt: dueAt + minuteMs }]);
    await desk.ask['wrapUps.amend']({ callId, draft });
    expect(await tasks()).toEqual([]);
  });
});
