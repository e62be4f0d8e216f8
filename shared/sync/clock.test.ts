import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock, maxDriftMs, stampPattern } from './clock.ts';

const noon = 1_800_000_000_000;
const day = 86_400_000;

function stampAt(ms: number, counter: number, device: string): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return `${hex(ms, 12)}-${hex(counter, 4)}-${device}`;
}

describe('a hybrid clock', () => {
  it('gives stamps that only grow, whatever the time and the others do', () => {
    const moves = fc.array(
      fc.oneof(
        fc.record({ jump: fc.integer({ min: -2 * day, max: 2 * day }) }),
        fc.record({ seen: fc.integer({ min: noon - 2 * day, max: noon + 2 * day }) }),
      ),
    );
    fc.assert(
      fc.property(moves, (list) => {
        let time = noon;
        const clock = createClock('desk', () => time);
        let last = clock.tick();
        for (const move of list) {
          if ('jump' in move) time += move.jump;
          else clock.observe(stampAt(move.seen, 7, 'other'));
          const next = clock.tick();
          expect(next).toMatch(stampPattern);
          expect(next > last).toBe(true);
          last = next;
        }
      }),
    );
  });

  it('is not dragged along by a stamp from tomorrow, but sorts after it where it replaces it', () => {
    const clock = createClock('desk', () => noon);
    const tomorrow = stampAt(noon + day, 3, 'other');
    clock.observe(tomorrow);
    expect(clock.tick() < tomorrow).toBe(true);
    expect(clock.tick([tomorrow])).toBe(stampAt(noon + day, 4, 'desk'));
    expect(clock.aheadMs()).toBeLessThan(maxDriftMs);
    expect(clock.tick() < tomorrow).toBe(true);
  });

  it('takes the next moment where the counter of the stamp it replaces is used up', () => {
    const clock = createClock('desk', () => noon);
    const full = stampAt(noon + day, 0xffff, 'other');
    expect(clock.tick([full])).toBe(stampAt(noon + day + 1, 0, 'desk'));
  });

  it('follows what it replaces in the ordinary case, and goes on from there', () => {
    const clock = createClock('desk', () => noon);
    const soon = stampAt(noon + 500, 9, 'other');
    expect(clock.tick([stampAt(noon - 1, 0, 'older'), soon])).toBe(stampAt(noon + 500, 10, 'desk'));
    expect(clock.tick()).toBe(stampAt(noon + 500, 11, 'desk'));
  });

  it('never gives again what it gave before, also where the time went back by years', () => {
    const given = stampAt(noon, 5, 'desk');
    const clock = createClock('desk', () => noon - 400 * day, [given, 'garbage']);
    expect(clock.tick()).toBe(stampAt(noon, 6, 'desk'));
    expect(clock.aheadMs()).toBe(400 * day);
  });
});
