import { describe, expect, it } from 'vitest';
import { silentFrame } from '../media/ulaw.ts';
import { EchoTest, Person } from './simulatedEnds.ts';

const frame = (byte: number) => Buffer.alloc(160, byte);
const said = (person: Person, count: number) =>
  Array.from({ length: count }, () => person.next()?.[0]);

/** A clock whose time passes when the test says so. */
function handClock() {
  const timers: { delayMs: number; action: () => void; off: boolean }[] = [];
  return {
    timers,
    now: () => 0,
    after(delayMs: number, action: () => void) {
      const timer = { delayMs, action, off: false };
      timers.push(timer);
      return () => {
        timer.off = true;
      };
    },
  };
}

describe('a simulated person', () => {
  const voice = { phrase: [frame(1), frame(2)], goodbye: [frame(9)] };

  it('says the phrase, pauses, says it again, takes leave and hangs up', () => {
    const clock = handClock();
    let left = 0;
    const onLeave = () => {
      left += 1;
    };
    const person = new Person({ voice, talkMs: 5000, pauseMs: 40, clock, onLeave });
    person.startTalking();
    person.startTalking();
    expect(clock.timers).toHaveLength(1);
    expect(said(person, 6)).toEqual([1, 2, undefined, undefined, 1, 2]);
    clock.timers[0]?.action();
    expect(said(person, 3)).toEqual([9, undefined, undefined]);
    expect(clock.timers[1]?.delayMs).toBe(20);
    clock.timers[1]?.action();
    expect(left).toBe(1);
  });

  it('does not hang up once more after it was hung up on', () => {
    const clock = handClock();
    const person = new Person({ voice, talkMs: 1, pauseMs: 0, clock, onLeave: () => undefined });
    person.startTalking();
    person.hangUp();
    person.startTalking();
    expect(clock.timers.map(({ off }) => off)).toEqual([true]);
  });
});

describe('the echo test', () => {
  it('says back what it hears, at most 200 ms late, and no silence of its own making', () => {
    const echo = new EchoTest();
    echo.hear(silentFrame);
    expect(echo.next()).toBeUndefined();
    for (let byte = 0; byte < 15; byte += 1) echo.hear(frame(byte));
    expect(echo.next()?.[0]).toBe(5);
  });
});
