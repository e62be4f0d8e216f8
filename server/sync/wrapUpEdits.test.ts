import { describe, expect, it } from 'vitest';
import type { ReceivedOperation } from '../store/operations.ts';
import type { StoredRecord } from '../store/records.ts';
import { judgeWrapUp } from './wrapUpEdits.ts';

const savedAt = 1_790_000_000_000;
const minuteMs = 60_000;
const id = '019b76da-a800-7000-8000-000000000009';
const rules = { demands: {}, editMinutes: 30 };
const before = { dispositionId: 'x', result: 'resolved', notes: 'a', followUpAt: null };
const edit = (at: number) => ({ at, byId: id, before });

function held(fields: Record<string, unknown> = {}): StoredRecord {
  return { version: 1, clocks: {}, fields: { ...before, savedAt, edits: [], ...fields } };
}

function change(fields: Record<string, unknown>, madeAt: number): ReceivedOperation {
  return {
    id,
    entity: 'wrapUp',
    entityId: id,
    authorId: id,
    baseVersion: 1,
    fields,
    at: madeAt,
    clock: `${madeAt.toString(16).padStart(12, '0')}-0000-a`,
  };
}

describe('a change of a saved wrap-up', () => {
  it.each([
    ['in time', { notes: 'b' }, savedAt + 30 * minuteMs, null],
    ['too late', { notes: 'b' }, savedAt + 31 * minuteMs, 'state-not-allowed'],
    ['too late, but nothing is changed', { notes: 'a' }, savedAt + 99 * minuteMs, null],
    ['late, of what is no edit', { customerId: id }, savedAt + 99 * minuteMs, null],
    ['late, of the tags', { tags: ['x'] }, savedAt + 99 * minuteMs, 'state-not-allowed'],
  ])('%s', (_, fields, madeAt, reason) => {
    expect(judgeWrapUp(change(fields, madeAt), held(), rules).refusal?.reason ?? null).toBe(reason);
  });

  it('takes a wrap-up that is new here whenever it comes, from any desk', () => {
    const late = change({ ...before, savedAt }, savedAt + 9_999 * minuteMs);
    expect(judgeWrapUp(late, null, rules)).toEqual({ refusal: null, operation: late });
  });

  it('lets the history only grow', () => {
    const first = edit(savedAt + 1);
    const second = edit(savedAt + 2);
    const own = held({ edits: [first] });
    const edits = (fields: Record<string, unknown>) =>
      judgeWrapUp(change(fields, savedAt + 3), own, rules).operation.fields.edits;
    expect(edits({ notes: 'b', edits: [first, second] })).toEqual([first, second]);
    // Made on another desk, which did not know of the first.
    expect(edits({ notes: 'b', edits: [second] })).toEqual([first, second]);
    expect(edits({ notes: 'b', edits: [] })).toEqual([first]);
    // A desk of before knows of no history.
    expect(edits({ notes: 'b' })).toEqual([first]);
    // Nothing else is changed.
    expect(edits({ edits: [] })).toEqual([first]);
  });

  it('stays saved when it was: nobody gives himself more time', () => {
    const later = change({ notes: 'b', savedAt: savedAt + 99 * minuteMs }, savedAt + minuteMs);
    expect(judgeWrapUp(later, held(), rules).operation.fields).toMatchObject({ savedAt });
    const alone = change({ savedAt: savedAt + 99 * minuteMs }, savedAt + minuteMs);
    expect(judgeWrapUp(alone, held(), rules).operation.fields).toEqual({ savedAt });
  });
});
