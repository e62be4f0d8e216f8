import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClocks, writeClocks } from './clocksText.ts';

const stamp = fc.constantFrom('01', '02', '03').map((end) => `0199000000${end}-0000-desk00001`);
const name = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text !== '__proto__');

test('clocks written as text read back the same, whatever fields and stamps', () => {
  fc.assert(
    fc.property(
      fc.dictionary(name, fc.integer()),
      fc.dictionary(name, stamp),
      fc.array(name),
      (fields, clocks, both) => {
        for (const shared of both) {
          fields[shared] = 1;
          clocks[shared] ??= '019900000001-0000-desk00001';
        }
        expect(readClocks(writeClocks(fields, clocks), fields)).toEqual({ ...clocks });
      },
    ),
  );
});

test('a record written in one go costs one stamp', () => {
  const one = '019900000001-0000-desk00001';
  expect(writeClocks({ a: 1, b: 2 }, { a: one, b: one })).toBe(one);
});
