import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeSchemaOf, entities } from './entities.ts';
import { differingFields, mergeFields, narrowed, stampsHeld, type Versioned } from './merge.ts';

const none: Versioned = { fields: {}, clocks: {} };
const stamp = (number: number) => `stamp-${String(number).padStart(4, '0')}`;

const key = fc.constantFrom('birthday', 'language', 'company', '__proto__');
const profile = fc
  .uniqueArray(fc.tuple(key, fc.option(fc.integer({ max: 99 }))), {
    selector: ([name]) => name,
    maxLength: 4,
  })
  .map((entries) => Object.fromEntries(entries));
const change = fc.record({ profile, name: fc.string() }, { requiredKeys: [] });

describe('fields that merge key by key', () => {
  it('keeps what two agents wrote at once into one profile', () => {
    const base = mergeFields(none, { fields: { profile: { a: 1 } }, clock: stamp(1) });
    const one = mergeFields(base, { fields: { profile: { b: 2 } }, clock: stamp(3) });
    const both = mergeFields(one, { fields: { profile: { a: 9, c: 3 } }, clock: stamp(2) });
    expect(both.fields.profile).toEqual({ a: 9, b: 2, c: 3 });
    expect(both.won).toEqual(['profile']);
    const late = mergeFields(both, { fields: { profile: { b: 0, d: 4 } }, clock: stamp(2) });
    expect(late).toMatchObject({ won: ['profile'], lost: ['profile'] });
    expect(late.fields.profile).toEqual({ a: 9, b: 2, c: 3, d: 4 });
  });

  it('lets the stamp of the whole field count for keys that were written before they had one', () => {
    const held: Versioned = {
      fields: { profile: { a: 1 } },
      clocks: { profile: stamp(5) },
    };
    expect(mergeFields(held, { fields: { profile: { a: 2 } }, clock: stamp(4) }).won).toEqual([]);
    const later = mergeFields(held, { fields: { profile: { a: 2 } }, clock: stamp(6) });
    expect(later.fields.profile).toEqual({ a: 2 });
    expect(stampsHeld(later.clocks, { profile: { a: 0 } })).toEqual([stamp(5), stamp(6)]);
  });

  it('comes to the same in any order, and twice', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 6 }).chain((changes) =>
          fc.tuple(
            fc.constant(changes),
            fc.shuffledSubarray([...changes.keys(), ...changes.keys()], {
              minLength: changes.length * 2,
            }),
          ),
        ),
        ([changes, order]) => {
          const merged = (indexes: number[]) =>
            indexes.reduce<Versioned>(
              (record, at) =>
                mergeFields(record, { fields: changes[at] ?? {}, clock: stamp(at + 1) }),
              none,
            );
          const straight = merged([...changes.keys()]);
          const shuffled = merged(order);
          expect(shuffled.fields).toEqual(straight.fields);
          expect(shuffled.clocks).toEqual(straight.clocks);
        },
      ),
    );
  });

  it('takes a key away, and keeps it away from what was written before', () => {
    const held = mergeFields(none, { fields: { profile: { a: 1, b: 2 } }, clock: stamp(1) });
    const fields = narrowed('customer', { profile: { b: 3 } }, held);
    expect(fields).toEqual({ profile: { b: 3, a: null } });
    const gone = mergeFields(held, { fields, clock: stamp(3) });
    expect(gone.fields.profile).toEqual({ b: 3 });
    const late = mergeFields(gone, { fields: { profile: { a: 9 } }, clock: stamp(2) });
    expect(late.fields.profile).toEqual({ b: 3 });
    const schema = changeSchemaOf(entities.customer.fields);
    expect(schema.safeParse({ profile: { a: null } }).success).toBe(true);
    expect(schema.safeParse({ profile: { a: 1 } }).success).toBe(false);
    expect(entities.customer.fields.shape.profile.safeParse({ a: null }).success).toBe(false);
  });

  it('sends only the keys that differ', () => {
    const held = { profile: { a: 1, b: 2 }, name: 'x' };
    expect(differingFields({ profile: { a: 1, b: 3 }, name: 'x' }, held)).toEqual({
      profile: { b: 3 },
    });
    expect(differingFields({ profile: { a: 1 } }, held)).toEqual({});
  });
});
