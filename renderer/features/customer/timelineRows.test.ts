import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleTimeline } from '#tests/support/deskSample/sampleCustomer.ts';
import { mergeEntries, timelineRows } from './timelineRows.ts';

const now = new Date('2026-11-20T14:06:00').getTime();
const entries = sampleTimeline('en', now);

describe('the rows of the time line', () => {
  it('groups by day, then the rest of the month, then by month', () => {
    const heads = timelineRows(entries, 'en', now).flatMap((row) =>
      row.type === 'head' ? [row.group] : [],
    );
    expect(heads).toEqual([
      { kind: 'today', words: 'Fri 20 Nov' },
      { kind: 'yesterday' },
      { kind: 'day', words: 'Tue 17 Nov' },
      { kind: 'earlier', words: 'November' },
      { kind: 'month', words: 'October' },
    ]);
  });

  it('ends the line at the last entry of each group', () => {
    const rows = timelineRows(entries, 'en', now);
    rows.forEach((row, at) => {
      if (row.type !== 'entry') return;
      expect(row.last).toBe(rows[at + 1]?.type !== 'entry');
    });
  });

  it('merges pages: every entry once, newest first, in whatever pieces they come', () => {
    const all = sampleTimeline('en', now, 40).sort((a, b) => b.at - a.at);
    fc.assert(
      fc.property(fc.nat(40), fc.nat(10), (cut, overlap) => {
        const merged = mergeEntries(all.slice(0, cut), all.slice(Math.max(0, cut - overlap)));
        expect(merged.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
      }),
    );
  });
});
