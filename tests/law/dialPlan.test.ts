import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const file = new URL('../../resources/pbx/asterisk/extensions.conf', import.meta.url);
const lines = readFileSync(file, 'utf8').split('\n');

/** What a pattern that ends in `.` or `!` lets through is any text: `&` in Dial is a second destination. */
test('the dial plan dials nothing of an open pattern but its digits', () => {
  let pattern = '';
  const dialled: string[] = [];
  for (const line of lines) {
    pattern = /^exten => ([^,]+),/.exec(line)?.[1] ?? pattern;
    const isOpen = pattern.startsWith('_') && /[.!]$/.test(pattern);
    if (isOpen && /Dial\(/.test(line)) dialled.push(line.trim());
  }
  expect(dialled).toHaveLength(2);
  for (const line of dialled)
    expect(line.replaceAll(/\$\{FILTER\(\+0-9,\$\{EXTEN\}\)\}/g, '')).not.toContain('EXTEN');
});
