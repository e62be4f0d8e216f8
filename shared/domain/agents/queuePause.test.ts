import { describe, expect, it } from 'vitest';
import { queuePauseGraceMs as graceMs, ruleQueuePause } from './queuePause.ts';

const ready = { ready: true, at: 1_000 };
const paused = { ready: false, at: 1_000 };

describe('what the PBX holds of an agent', () => {
  it.each([
    ['nothing was told yet', null, { paused: true, heardAt: 1_000 }],
    ['nothing was heard', ready, null],
    ['both say ready', ready, { paused: false, heardAt: 2_000 }],
    ['both say paused', paused, { paused: true, heardAt: 2_000 }],
  ])('does not differ where %s', (_, told, heard) => {
    expect(ruleQueuePause(told, heard, 1_000_000)).toEqual({ differs: false });
  });

  it.each([
    ['ready and told paused', paused, { paused: false, heardAt: 2_000 }, 2_000],
    ['paused and told ready', ready, { paused: true, heardAt: 2_000 }, 2_000],
    [
      'heard before it was told anew',
      { ready: true, at: 5_000 },
      { paused: true, heardAt: 2_000 },
      5_000,
    ],
  ])('differs where it is %s for longer than word needs', (_, told, heard, from) => {
    const lookAt = from + graceMs;
    expect(ruleQueuePause(told, heard, lookAt - 1)).toEqual({ differs: false, lookAt });
    expect(ruleQueuePause(told, heard, lookAt)).toEqual({ differs: true });
  });
});
