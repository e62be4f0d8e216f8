import { expect, it } from 'vitest';
import { takesGzip } from './packing.ts';

it.each([
  ['gzip', true],
  ['gzip, deflate, br', true],
  ['br;q=1.0, GZIP ;q=0.5', true],
  ['x-gzip', true],
  ['gzip;q=0', false],
  ['gzip; q=0.000', false],
  ['identity', false],
  ['gzipped', false],
  ['', false],
  [undefined, false],
])('Accept-Encoding %j takes gzip: %s', (header, takes) => {
  expect(takesGzip(header)).toBe(takes);
});
