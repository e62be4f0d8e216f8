import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Level, levels, ticketPriorities } from './ticket.ts';
import { priorityOf } from './ticketPriority.ts';

describe('priority from impact and urgency', () => {
  it.each<[Level | null, Level | null, string | null]>([
    ['high', 'high', 'urgent'],
    ['high', 'low', 'major'],
    ['low', 'high', 'major'],
    ['medium', 'medium', 'major'],
    ['low', 'medium', 'normal'],
    ['low', 'low', 'normal'],
    ['high', null, null],
    [null, 'high', null],
  ])('%s × %s is %s', (impact, urgency, priority) => {
    expect(priorityOf(impact, urgency)).toBe(priority);
  });

  it('more of either never makes it less pressing', () => {
    const rank = (impact: Level, urgency: Level) =>
      ticketPriorities.indexOf(priorityOf(impact, urgency) ?? 'normal');
    const level = fc.nat(levels.length - 1);
    fc.assert(
      fc.property(level, level, level, (a, b, c) => {
        const [low, high, other] = [Math.min(a, b), Math.max(a, b), c].map((at) => levels[at]);
        if (!low || !high || !other) return;
        expect(rank(high, other)).toBeGreaterThanOrEqual(rank(low, other));
        expect(rank(other, high)).toBeGreaterThanOrEqual(rank(other, low));
      }),
    );
  });
});
