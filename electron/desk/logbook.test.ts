import { beforeEach, expect, it } from 'vitest';
import type { ErrorCode } from '#shared/contract/errors.ts';
import { DeskError } from '#shared/result.ts';
import { keptLog } from '#tests/support/deskDouble.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { createEventHub } from '../core/events.ts';
import { createNotices } from '../core/notices.ts';
import { createLogbook, type Logbook } from './logbook.ts';

let clock: ManualClock;
let log: ReturnType<typeof keptLog>;
let written: string[];
let fault: ErrorCode | null;
let notices: ReturnType<typeof createNotices>;
let logbook: Logbook;

beforeEach(() => {
  [clock, log, written, fault] = [new ManualClock(), keptLog(), [], null];
  notices = createNotices(createEventHub(log));
  const cache = { change: () => {} };
  logbook = createLogbook({ user: { id: 'me' }, cache, clock, notices, log });
});

const enter = (word: string) =>
  logbook.enter(() => {
    if (fault) throw new DeskError(fault, 'scripted');
    written.push(word);
  });

it('keeps its order over a time in which nothing is taken, and tells it once', () => {
  enter('before');
  fault = 'disk-full';
  for (const word of ['rings', 'answered', 'ended']) enter(word);
  expect(notices.list()).toMatchObject([{ level: 'error', failure: { code: 'disk-full' } }]);
  clock.advance(60_000);
  expect(written).toEqual(['before']);
  fault = null;
  enter('ready');
  expect(written).toEqual(['before', 'rings', 'answered', 'ended', 'ready']);
  expect(notices.list()).toEqual([]);
  expect(log.lines).toHaveLength(1);
  expect(clock.waits).toEqual([]);
});

it.each(['invalid-input', 'cache-corrupt'] as const)(
  'what fails by %s holds nothing up',
  (code) => {
    fault = code;
    enter('lost');
    fault = null;
    enter('next');
    expect(written).toEqual(['next']);
    expect(notices.list()).toEqual([]);
    expect(log.lines).toEqual(['error what happened cannot be written']);
  },
);

it('writes once what somebody enters who hears of it', () => {
  logbook.enter(() => {
    written.push('first');
    if (written.length === 1) enter('second');
  });
  expect(written).toEqual(['first', 'second']);
});

it('tries for the last time at the end, and leaves neither notice nor timer', () => {
  fault = 'disk-full';
  enter('lost');
  logbook.stop();
  expect(notices.list()).toEqual([]);
  expect(clock.waits).toEqual([]);
  expect(log.lines.at(-1)).toBe('error what happened at this desk could not be written');
});
