import { describe, expect, it } from 'vitest';
import { demandsOf, editRefusal, missingOf, mostEdits, type WrapUpFilled } from './wrapUpRules.ts';

const id = '019b76da-a800-7000-8000-000000000001';

describe('demandsOf', () => {
  const rules = {
    editMinutes: 10,
    demands: { sales: ['tags' as const], free: [], '*': ['notes' as const] },
  };
  it.each([
    ['sales', ['tags']],
    ['free', []],
    ['support', ['notes']],
    [null, ['notes']],
  ])('of the queue %s', (queueId, demands) => expect(demandsOf(rules, queueId)).toEqual(demands));

  it('nothing where nothing is set', () => {
    expect(demandsOf({ editMinutes: 10, demands: {} }, 'sales')).toEqual([]);
  });
});

describe('missingOf', () => {
  const whole: WrapUpFilled = {
    dispositionId: 'x',
    result: 'resolved',
    followUpAt: null,
    notes: '',
    tags: [],
    customerId: null,
    ticketIds: [],
  };
  const all = ['notes', 'tags', 'customer', 'ticket'] as const;
  it.each<[string, Partial<WrapUpFilled>, readonly (typeof all)[number][], string[]]>([
    ['nothing', {}, [], []],
    ['all that is asked for', {}, all, ['notes', 'tags', 'customer', 'ticket']],
    ['blanks are no notes', { notes: ' \n　' }, ['notes'], ['notes']],
    ['everything is there', { notes: 'n', tags: ['t'], customerId: id, ticketIds: [id] }, all, []],
    ['the date of a follow-up', { result: 'followUp' }, [], ['followUpAt']],
    [
      'in the order of the form',
      { dispositionId: null, result: null },
      ['tags'],
      ['dispositionId', 'result', 'tags'],
    ],
  ])('%s', (_, change, demands, missing) => {
    expect(missingOf({ ...whole, ...change }, demands)).toEqual(missing);
  });
});

describe('editRefusal', () => {
  const savedAt = 1_000_000;
  const rules = { demands: {}, editMinutes: 10 };
  const edit = {
    at: 1,
    byId: id,
    before: { dispositionId: 'x', result: 'resolved' as const, notes: '', followUpAt: null },
  };
  const saved = { savedAt, agentId: id, edits: [] };
  it.each([
    ['in time', saved, id, savedAt + 600_000, null],
    ['a moment too late', saved, id, savedAt + 600_001, 'too-late'],
    ['of somebody else', saved, 'other', savedAt, 'not-yours'],
    [
      'changed too often',
      { ...saved, edits: new Array(mostEdits).fill(edit) },
      id,
      savedAt,
      'too-often',
    ],
  ])('%s', (_, wrapUp, userId, at, refusal) => {
    expect(editRefusal(wrapUp, { userId, at }, rules)).toBe(refusal);
  });
});
