import { describe, expect, it } from 'vitest';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { sampleCall } from '#tests/support/deskSample/sampleCalls.ts';
import { idOf } from '#tests/support/deskSample/sampleWords.ts';
import {
  callInBar,
  conferenceOf,
  consultOf,
  othersOf,
  subjectOf,
  swapTarget,
} from './liveCalls.ts';

const now = 1_795_000_000_000;
const one = (at: number, more: Partial<DeskCall>) =>
  sampleCall('en', now, { id: idOf(at), ...more });

describe('which call has the bar', () => {
  it.each([
    ['nothing without calls', [], null, null],
    ['the talk before a new ring', [one(1, { state: 'talking' }), one(2, {})], null, 1],
    ['the talk before the hold', [one(1, { state: 'held' }), one(2, { state: 'talking' })], 1, 2],
    [
      'whom the agent dials before the hold',
      [one(1, { state: 'held' }), one(2, { state: 'dialling' })],
      1,
      2,
    ],
    ['the hold before a new ring', [one(1, {}), one(2, { state: 'held' })], null, 2],
    ['of two on hold the one it had', [one(1, { state: 'held' }), one(2, { state: 'held' })], 2, 2],
    ['the ring before a wrap-up', [one(1, { state: 'ended', wrapUp: 'due' }), one(2, {})], 1, 2],
    ['a wrap-up', [one(1, { state: 'ended', wrapUp: 'due' })], null, 1],
    ['no call that ended without wrap-up', [one(1, { state: 'ended' })], null, null],
  ] as const)('%s', (_case, calls, last, expected) => {
    const found = callInBar(calls, last === null ? null : idOf(last));
    expect(found?.id ?? null).toBe(expected === null ? null : idOf(expected));
  });
});

describe('several calls', () => {
  const caller = one(1, { state: 'held' });
  const colleague = one(2, {
    state: 'talking',
    consultFor: idOf(1),
    kind: 'colleague',
    direction: 'out',
  });
  const waiting = one(3, {});
  const calls = [caller, colleague, waiting];

  it('stand beside the active one', () => {
    expect(othersOf(calls, colleague).map(({ id }) => id)).toEqual([idOf(1), idOf(3)]);
  });

  it('know who is asked for whom, until both talk or one has left', () => {
    expect(consultOf(calls)).toEqual({ caller, colleague });
    expect(consultOf([caller, { ...colleague, conference: true }])).toBeNull();
    expect(consultOf([{ ...caller, state: 'ended' }, colleague])).toBeNull();
  });

  it('name the members of the conference', () => {
    const talking = calls.map((call) => ({ ...call, conference: call.id !== idOf(3) }));
    expect(conferenceOf(talking).map(({ id }) => id)).toEqual([idOf(1), idOf(2)]);
  });

  it('swap round all that are on hold', () => {
    const held = [caller, { ...colleague, state: 'talking' as const }, one(4, { state: 'held' })];
    expect(swapTarget(held, held[1] ?? null)?.id).toBe(idOf(4));
    expect(swapTarget([caller], caller)).toBeNull();
    expect(swapTarget(calls, colleague)?.id).toBe(idOf(1));
  });

  it('keep the customer on the desk while a colleague is asked', () => {
    expect(subjectOf(calls, colleague)?.id).toBe(idOf(1));
    expect(subjectOf([colleague], colleague)).toBeNull();
    expect(subjectOf(calls, caller)?.id).toBe(idOf(1));
  });
});
