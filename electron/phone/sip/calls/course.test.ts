import { describe, expect, test } from 'vitest';
import { Course } from './course.ts';

describe('the course of a call', () => {
  test('has no report where it was never up', () => {
    const course = new Course();
    course.enter('ringing', 1);
    course.enter('ended', 2);
    expect(course.report(null)).toBeNull();
  });

  test('has its states with their times, and nothing of an audio that nobody measured', () => {
    const course = new Course();
    course.enter('dialling', 1);
    course.enter('talking', 5);
    course.enter('ended', 9);
    expect(course.report(null)).toMatchObject({
      codec: null,
      mos: null,
      packetsReceived: 0,
      states: [
        { state: 'dialling', at: 1 },
        { state: 'talking', at: 5 },
        { state: 'ended', at: 9 },
      ],
    });
  });

  test('stays within 200 entries, and keeps the end', () => {
    const course = new Course();
    for (let at = 0; at < 1_000; at += 1) course.enter(at % 2 ? 'held' : 'talking', at);
    course.enter('ended', 1_000);
    const states = course.report(null)?.states ?? [];
    expect(states).toHaveLength(200);
    expect(states[0]).toEqual({ state: 'talking', at: 0 });
    expect(states.at(-1)).toEqual({ state: 'ended', at: 1_000 });
  });
});
