import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeSchemaOf, entities } from './entities.ts';
import { type ListChange, listChange } from './lists.ts';
import { madeOf, mergeFields, narrowed, stampsHeld, type Versioned } from './merge.ts';

const none: Versioned = { fields: {}, clocks: {} };
const stamp = (ms: number, device: string) => `${ms.toString(16).padStart(12, '0')}-0000-${device}`;

interface Change {
  fields: { tags: string[] | ListChange };
  clock: string;
}

const tagsOf = (record: Versioned) => record.fields.tags as string[];
const sorted = (record: Versioned) => [...(tagsOf(record) ?? [])].sort();

function change(record: Versioned, tags: string[], clock: string): Change | null {
  const { tags: byElement } = narrowed('customer', { tags }, record);
  return byElement ? { fields: { tags: byElement as ListChange }, clock } : null;
}

const adding = (value: string) => (tags: string[]) => [...tags, value];
const taking = (value: string) => (tags: string[]) => tags.filter((tag) => tag !== value);

/** A change that the author makes of what stands in the record as it sees it. */
function made(record: Versioned, edit: (tags: string[]) => string[], clock: string): Change {
  const own = change(record, edit(tagsOf(record)), clock);
  if (!own) throw new Error('nothing changed');
  return own;
}

const all = (changes: readonly Change[], from: Versioned = none) =>
  changes.reduce<Versioned>((record, one) => mergeFields(record, one), from);

const first: Change = { fields: { tags: ['a', 'b'] }, clock: stamp(1, 'first') };
const base = mergeFields(none, first);
/** The record as `first` makes it under the stamp by which the server merges it. */
const mergesAs = (clock: string) => madeOf('customer', { ...first, clock });

describe('a list that merges element by element', () => {
  it('keeps what two people added at once, and takes away what both saw', () => {
    const one = made(base, (tags) => [...taking('a')(tags), 'x'], stamp(5, 'one'));
    const other = made(base, adding('y'), stamp(3, 'other'));
    expect(one.fields.tags).toEqual({
      added: ['x'],
      removed: [{ value: 'a', stamps: [], whole: stamp(1, 'first') }],
    });
    expect(tagsOf(all([first, one, other]))).toEqual(['b', 'y', 'x']);
    expect(all([first, other, one])).toMatchObject({ fields: { tags: ['b', 'y', 'x'] } });
  });

  it('keeps what was added elsewhere though somebody who had not seen it took the same away later', () => {
    const mine = made(base, adding('x'), stamp(2, 'mine'));
    const theirs = made(base, adding('x'), stamp(3, 'theirs'));
    const away = made(all([theirs], base), taking('x'), stamp(9, 'theirs'));
    expect(sorted(all([theirs, away], base))).toEqual(['a', 'b']);
    expect(sorted(all([theirs, away, mine], base))).toEqual(['a', 'b', 'x']);
    const both = all([mine, theirs, away], base);
    expect(sorted(both)).toEqual(['a', 'b', 'x']);
    const saw = made(both, taking('x'), stamp(10, 'third'));
    expect(sorted(all([saw], both))).toEqual(['a', 'b']);
    expect(sorted(all([saw, away, theirs, mine], base))).toEqual(['a', 'b']);
  });

  it('may be given again what was taken away, and what has no stamp may be taken away', () => {
    const away = all([made(base, taking('a'), stamp(2, 'one'))], base);
    const back = made(away, adding('a'), stamp(3, 'one'));
    expect(tagsOf(all([back], away))).toEqual(['b', 'a']);
    const bare: Versioned = { fields: { tags: ['a'] }, clocks: {} };
    const gone = made(bare, taking('a'), stamp(2, 'one'));
    expect(tagsOf(all([gone], bare))).toEqual([]);
    const missing: Versioned = { fields: {}, clocks: {} };
    const made1 = change(missing, ['x'], stamp(2, 'one'));
    expect(tagsOf(all(made1 ? [made1] : [], missing))).toEqual(['x']);
  });

  it('names the stamps that it holds, and no change where only the order differs', () => {
    const one = all([made(base, adding('x'), stamp(5, 'one'))], base);
    expect(stampsHeld(one.clocks, { tags: ['x'] }).sort()).toEqual([
      stamp(1, 'first'),
      stamp(5, 'one'),
    ]);
    expect(narrowed('customer', { tags: ['x', 'b', 'a'] }, one)).toEqual({});
    expect(narrowed('wrapUp', { tags: ['x'] }, one)).toEqual({ tags: ['x'] });
  });

  it('of a desk that writes whole lists replaces what is older, and nothing that is later', () => {
    const early = made(base, adding('early'), stamp(2, 'one'));
    const late = made(base, adding('late'), stamp(9, 'one'));
    const whole: Change = { fields: { tags: ['old desk'] }, clock: stamp(5, 'old') };
    for (const order of [
      [early, late, whole],
      [whole, late, early],
      [late, whole, early],
    ]) {
      expect(tagsOf(all(order, base))).toEqual(['old desk', 'late']);
    }
    const lost = mergeFields(all([whole], base), early);
    expect(lost).toMatchObject({ won: [], lost: ['tags'] });
  });

  it('stays as its author meant it where the stamp of the change is not believed', () => {
    const ahead = stamp(99, 'ahead');
    const fields = {
      tags: listChange('tags', ['a', 'b', 'x'], { list: ['a', 'b'], clocks: {} }, ahead),
    };
    const seen = all([{ fields: fields as Change['fields'], clock: ahead }], base);
    const away = made(seen, taking('x'), stamp(100, 'ahead'));
    const atServer = mergeFields(base, { fields, clock: stamp(4, 'server') });
    expect(sorted(atServer)).toEqual(['a', 'b', 'x']);
    expect(sorted(mergeFields(atServer, { ...away, clock: stamp(5, 'server') }))).toEqual([
      'a',
      'b',
    ]);
  });

  it('is checked as a change of the list', () => {
    const schema = changeSchemaOf(entities.ticket.fields);
    const id = '01990000-0000-7000-8000-000000000001';
    const removed = [{ value: 'a', stamps: [stamp(1, 'first')] }];
    const passes = (fields: unknown) => schema.safeParse(fields).success;
    expect(passes({ tags: ['a'] })).toBe(true);
    expect(
      passes({ tags: { added: ['a'], removed }, watcherIds: { added: [id], removed: [] } }),
    ).toBe(true);
    expect(passes({ tags: { added: [1], removed: [] } })).toBe(false);
    expect(passes({ watcherIds: { added: ['no id'], removed: [] } })).toBe(false);
    expect(passes({ tags: { added: [], removed: [{ value: 'a', stamps: ['now'] }] } })).toBe(false);
    expect(passes({ tags: { added: [] } })).toBe(false);
    expect(passes({ subject: { added: [], removed: [] } })).toBe(false);
    expect(entities.ticket.fields.shape.tags.safeParse({ added: [], removed }).success).toBe(false);
  });
});

describe('law', () => {
  const devices = ['ann', 'ben', 'cy'];
  const tag = fc.constantFrom('a', 'b', 'c', 'x', '__proto__', 'with blank', 'a.b');
  /** What a desk does: an edit of its copy, or hearing of what another one has done so far. */
  const step = fc.record({
    desk: fc.nat(2),
    kind: fc.constantFrom('add', 'add', 'remove', 'whole', 'hear'),
    tag,
    other: fc.nat(2),
  });

  interface Done {
    changes: Change[];
    /** Of each change: what it added, and the additions that it saw of what it took away. */
    notes: { at: number; added: string[]; removed: { value: string; saw: Set<number> }[] }[];
  }

  /** Three desks that begin with one record, edit their copies and hear of each other now and then. */
  function play(
    steps: readonly { desk: number; kind: string; tag: string; other: number }[],
    begun: Versioned = base,
  ): Done {
    const copies = devices.map(() => begun);
    const known = devices.map(() => new Set<number>());
    const changes: Change[] = [];
    const notes: Done['notes'] = [];
    for (const [index, { desk, kind, tag: value, other }] of steps.entries()) {
      const copy = copies[desk] ?? begun;
      const own = known[desk] ?? new Set();
      if (kind === 'hear') {
        for (const at of known[other] ?? []) {
          own.add(at);
          copies[desk] = mergeFields(copies[desk] ?? begun, changes[at] as Change);
        }
        continue;
      }
      const clock = stamp(index + 2, devices[desk] ?? '');
      const tags = tagsOf(copy);
      const done =
        kind === 'whole'
          ? { fields: { tags: [value] }, clock }
          : change(copy, (kind === 'add' ? adding : taking)(value)(tags), clock);
      if (!done) continue;
      const at = changes.push(done) - 1;
      const isAdded = kind === 'add';
      notes.push({
        at,
        added: isAdded ? [value] : [],
        removed: isAdded ? [] : [{ value, saw: new Set(own) }],
      });
      copies[desk] = mergeFields(copy, done);
      own.add(at);
    }
    return { changes, notes };
  }

  const steps = (kinds: readonly string[]) =>
    fc.array(
      step.filter(({ kind }) => kinds.includes(kind)),
      { maxLength: 25 },
    );

  it('comes to the same in any order, and however often', () => {
    fc.assert(
      fc.property(
        steps(['add', 'remove', 'whole', 'hear']).chain((some) => {
          const { changes } = play(some);
          const twice = [...changes, ...changes, first];
          return fc.tuple(
            fc.constant(changes),
            fc.shuffledSubarray(twice, { minLength: twice.length }),
          );
        }),
        ([changes, shuffled]) => {
          const straight = all([first, ...changes]);
          const other = all(shuffled);
          expect(other.fields).toEqual(straight.fields);
          expect(other.clocks).toEqual(straight.clocks);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('what was added is there unless somebody who saw it took it away', () => {
    fc.assert(
      fc.property(steps(['add', 'remove', 'hear']), (some) => {
        const { changes, notes } = play(some);
        const held = new Set(tagsOf(all(changes, base)));
        const additions = [
          { at: -1, added: ['a', 'b'] },
          ...notes.map(({ at, added }) => ({ at, added })),
        ];
        const stands = new Set<string>();
        for (const { at, added } of additions) {
          for (const value of added) {
            const isGone = notes.some(({ removed }) =>
              removed.some((one) => one.value === value && (at === -1 || one.saw.has(at))),
            );
            if (!isGone) stands.add(value);
          }
        }
        expect([...held].sort()).toEqual([...stands].sort());
      }),
      { numRuns: 500 },
    );
  });

  it('stands behind a backup as without one, under whatever stamp the record comes back', () => {
    /** A stamp that is not believed is another one each time, later than what was written meanwhile. */
    const early = mergesAs(stamp(1, 'server'));
    const late = mergesAs(stamp(99, 'server'));
    fc.assert(
      fc.property(
        steps(['add', 'remove', 'whole', 'hear']).chain((some) => {
          const { changes } = play(some, early);
          const order = fc.shuffledSubarray(changes, { minLength: changes.length });
          return fc.tuple(fc.constant(changes), order, fc.nat(changes.length));
        }),
        ([changes, order, kept]) => {
          const straight = all(changes, early);
          // What the backup has, and what it has lost, offered again by desks in whatever order they come.
          const stood = all(changes.slice(0, kept), early);
          expect(tagsOf(all(order, stood))).toEqual(tagsOf(straight));
          expect(tagsOf(all(order, late))).toEqual(tagsOf(straight));
          expect(all(order, late).clocks).toEqual(straight.clocks);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('holds for whatever comes from outside, too', () => {
    const at = fc.tuple(fc.nat(6), fc.constantFrom(...devices)).map(([ms, on]) => stamp(ms, on));
    const wild = fc.oneof(
      fc.record({ fields: fc.record({ tags: fc.uniqueArray(tag, { maxLength: 3 }) }), clock: at }),
      fc.record({
        fields: fc.record({
          tags: fc.record({
            added: fc.uniqueArray(tag, { maxLength: 2 }),
            removed: fc.array(
              fc.record(
                { value: tag, stamps: fc.array(at, { maxLength: 3 }), whole: at },
                { requiredKeys: ['value', 'stamps'] },
              ),
              { maxLength: 2 },
            ),
            stamp: at,
          }),
        }),
        clock: at,
      }),
    );
    fc.assert(
      fc.property(
        fc
          .uniqueArray(wild, { maxLength: 6, selector: ({ clock }) => clock })
          .chain((some) =>
            fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
          ),
        ([some, shuffled]) => {
          const [straight, other] = [all(some), all(shuffled)];
          expect(other.fields).toEqual(straight.fields);
          expect(other.clocks).toEqual(straight.clocks);
        },
      ),
      { numRuns: 500 },
    );
  });
});
