import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../domain/numbers/parse.ts';
import { practiceCallers } from '../callers.ts';
import { Random, scatter } from '../random.ts';
import { recordsOf, testOptions, wholeSample } from '../testSample.ts';
import {
  landlineAt,
  maxCustomers,
  mobileAt,
  mobilesPerCustomer,
  strangerMobile,
} from './numbers.ts';

const home = { country: 'CN', areaCode: '021' } as const;

describe('phone numbers', () => {
  const phones = recordsOf(wholeSample().records, 'contactPoint').filter(
    ({ fields }) => fields.kind === 'phone',
  );

  it('are read from every writing as the stored normal form and extension', () => {
    for (const { fields } of phones) {
      const parsed = parseNumber(fields.raw, home);
      expect([fields.raw, parsed.e164, parsed.extension ?? null]).toEqual([
        fields.raw,
        fields.normal,
        fields.extension,
      ]);
    }
  });

  it('of callers are read as complete numbers', () => {
    for (const { kind, number } of practiceCallers(testOptions)) {
      expect(parseNumber(number, home).kind).toBe(kind === 'anonymous' ? 'anonymous' : 'e164');
    }
  });

  it('are written in many ways', () => {
    const shapes = new Set(phones.map(({ fields }) => fields.raw.replace(/[0-9０-９]/g, '#')));
    expect(shapes.size).toBeGreaterThan(40);
  });

  it('lie in the ranges that reach nobody', () => {
    const ranges = [
      /^\+861349[014-8]\d{6}$/,
      /^\+86(?:10|2\d|[3-9]\d\d)7[29]\d{6}$/,
      /^\+49(?:3023125|6990009|4066969|2214710|8999998)\d{3}$/,
      /^\+4917139200\d\d$/,
      /^\+44(?:2079460|(?:161|131|113|117)4960)\d{3}$/,
      /^\+1\d{3}55501\d\d$/,
    ];
    const outside = phones.filter(
      ({ fields }) => !ranges.some((range) => range.test(fields.normal ?? '')),
    );
    expect(outside.map(({ fields }) => fields.normal)).toEqual([]);
  });
});

describe('slots', () => {
  it('give every mobile once, and strangers none of them', () => {
    const customers = 20_000;
    const seen = new Set<string>();
    for (let slot = 0; slot < customers * mobilesPerCustomer; slot++)
      seen.add(mobileAt(slot, 7).normal);
    expect(seen.size).toBe(customers * mobilesPerCustomer);
    for (let index = 0; index < 10; index++)
      expect(seen).not.toContain(strangerMobile(index, 7).normal);
  });

  it('give landlines that differ on both sides of a million', () => {
    const near = [0, 999_999, 1_000_000, maxCustomers - 1].map(
      (slot) => landlineAt('021', slot, 7).normal,
    );
    expect(new Set(near).size).toBe(4);
  });

  it.each([1, 2, 19, 110, 11_300])('scatter %i places one to one', (size) => {
    const places = new Set(Array.from({ length: size }, (_, index) => scatter(index, size, 3)));
    expect(places.size).toBe(size);
    expect(Math.max(...places)).toBe(size - 1);
  });
});

describe('random draws', () => {
  it('are the same for the same seed, stream and index, and others for others', () => {
    const first = (seed: number, stream: number, index: number) =>
      new Random(seed, stream, index).bits();
    expect(first(7, 1, 5)).toBe(first(7, 1, 5));
    const others = [
      first(7, 1, 5),
      first(8, 1, 5),
      first(7, 2, 5),
      first(7, 1, 6),
      first(7 + 2 ** 32, 1, 5),
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  it('spread evenly over neighbours', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let index = 0; index < 10_000; index++) {
      const tenth = new Random(7, 1, index).int(0, 9);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('carry their time in the UUID', () => {
    const id = new Random(1, 1, 1).uuid(Date.UTC(2026, 0, 1));
    expect(id).toMatch(/^019b76da-a800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
