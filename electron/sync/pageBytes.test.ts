import { expect, it } from 'vitest';
import { splitPage } from './pageBytes.ts';

const bytes = (json: string) => new TextEncoder().encode(json);
const text = (read: Uint8Array | undefined) => new TextDecoder().decode(read);

const rest = { cursor: '12.34', more: true, serverTime: 1, lineage: 'abc', restarted: false };
const note = '],"cursor":"1.1","more":false}';

function record(fields: Record<string, unknown>) {
  const clocks = { name: '01a20385f60d-0019-desk0001' };
  return { entity: 'customer', id: '1', version: 1, withdrawn: false, fields, clocks };
}

function page(fields: Record<string, unknown>, count = 1_000) {
  return { changes: Array.from({ length: count }, () => record(fields)), ...rest };
}

it.each([
  ['plain records', { name: '王芳', tags: ['a'] }],
  ['texts that look like the end of a page', { name: note, tags: [note] }],
  ['fields that look like the end of a page', { tags: ['a'], cursor: '1.1', more: false }],
  ['texts of quotes and slashes', { name: `\\"],\\"cursor\\":` }],
])('takes a large page apart: %s', (_, fields) => {
  const whole = page(fields);
  const split = splitPage(bytes(JSON.stringify(whole)));
  expect(JSON.parse(text(split?.changes))).toEqual(whole.changes);
  expect(split?.rest).toEqual(rest);
});

it.each([
  ['a small one', JSON.stringify(page({ name: '王芳' }, 3))],
  ['one in another order', JSON.stringify({ ...rest, ...page({ tags: ['a'], cursor: '1.1' }) })],
  [
    'one whose cursor does not come next',
    JSON.stringify({
      changes: page({ tags: ['a'], cursor: '1' }).changes,
      more: true,
      cursor: '1.1',
    }),
  ],
  ['one that breaks off', JSON.stringify(page({ name: 'a' })).slice(0, -40)],
  ['none', ' '.repeat(100_000)],
])('leaves whole: %s', (_, json) => {
  expect(splitPage(bytes(json))).toBeNull();
});
