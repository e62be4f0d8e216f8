import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentText } from './contentText.ts';

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
});
afterAll(() => database.close());

const text = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((value) => value.isWellFormed() && !value.includes('\0'));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.constantFrom(0.1, 4.25, -17.125, 1_767_312_000_000),
    text,
    fc.constantFrom('"quoted" \\ /', '\u0001\b\f\n\r\t\u001f\u007f', '王芳 🙂', '\u2028'),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('a', 'b', 'aa', '名', 'é')), tie('any'), {
      maxKeys: 5,
      noNullPrototype: true,
    }),
  ),
})).any;

test('writes what PostgreSQL writes for the same value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 20 }), async (values) => {
      const json = JSON.stringify(values);
      const found = await database.query<{ written: string }>(
        'select $1::text::jsonb::text as written',
        [json],
      );
      expect(contentText(JSON.parse(json))).toBe(found.rows[0]?.written);
    }),
    { numRuns: 60 },
  );
});

test('passes over what is undefined, as JSON does', () => {
  expect(contentText({ b: undefined, a: [1, null] })).toBe('{"a": [1, null]}');
});
