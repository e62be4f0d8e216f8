import { expect, it } from 'vitest';
import { keptLog } from '#tests/support/deskDouble.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { guardedClock } from './guardedClock.ts';

it('goes on where what was due fails, and calls off what is not wanted', () => {
  const [manual, log, done] = [new ManualClock(), keptLog(), [] as string[]];
  const clock = guardedClock(manual, log);
  clock.after(10, () => {
    throw new Error('scripted');
  });
  clock.after(20, () => void done.push('next'));
  clock.after(20, () => void done.push('called off'))();
  manual.advance(30);
  expect(done).toEqual(['next']);
  expect(log.lines).toEqual(['error what was due could not be done']);
  expect(clock.now()).toBe(manual.now());
});
