import { describe, expect, it } from 'vitest';
import { draftOf, emptyWrapUp, fieldsOf, openFields, readWrapUpDraft } from './wrapUpFields.ts';

const now = new Date(2026, 10, 22, 14, 0).getTime();
const hourMs = 3_600_000;

describe('openFields', () => {
  it.each([
    [{}, ['dispositionId', 'result']],
    [{ dispositionId: 'd' }, ['result']],
    [{ dispositionId: 'd', result: 'resolved' }, []],
    [{ dispositionId: 'd', result: 'followUp' }, ['followUpAt']],
    [{ dispositionId: 'd', result: 'followUp', followUpText: 'tomorrow 9:30' }, []],
    [{ dispositionId: 'd', result: 'followUp', followUpText: 'today 9:30' }, ['followUpAt']],
    [{ dispositionId: 'd', result: 'resolved', followUpText: '11-31' }, ['followUpAt']],
    [{ dispositionId: 'd', result: 'resolved', notes: 'x'.repeat(100_001) }, ['notes']],
  ] as const)('%#', (fields, expected) => {
    expect(openFields({ ...emptyWrapUp, ...fields }, now)).toEqual(expected);
  });
});

it('reads a date again when it is sent, so that "in 1 h" is not the one of an hour ago', () => {
  const fields = { ...emptyWrapUp, followUpText: 'in 1 h', followUpAt: now + hourMs };
  expect(draftOf(fields, now + hourMs).followUpAt).toBe(now + 2 * hourMs);
});

it('opens a parked draft with its date in a form that is read back', () => {
  const at = now + 24 * hourMs;
  const draft = {
    dispositionId: 'd',
    result: 'followUp' as const,
    notes: 'n',
    followUpAt: at,
    tags: ['vip'],
    ticketIds: [],
    customerId: null,
  };
  expect(draftOf(fieldsOf(draft), now)).toEqual(draft);
});

describe('readWrapUpDraft', () => {
  it.each([null, 'text', 7, { result: 'unheard of' }])('refuses %j', (stored) => {
    expect(readWrapUpDraft(stored)).toBeNull();
  });

  it('takes what is there', () => {
    expect(readWrapUpDraft({ notes: 'half' })).toEqual({ notes: 'half' });
  });
});
