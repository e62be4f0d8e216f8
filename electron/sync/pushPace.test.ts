import { describe, expect, test } from 'vitest';
import type { Operation } from '#shared/sync/messages.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { createPushPace } from './pushPace.ts';

function operation(index: number, record = index): Operation {
  const id = (of: number) => `01990000-0000-7000-8000-${String(of).padStart(12, '0')}`;
  return {
    id: id(index),
    entity: 'customer',
    entityId: id(record),
    fields: {},
    clock: '019900000000-0000-desk00001',
    baseVersion: null,
    authorId: id(0),
    at: 1,
  };
}

/** Pushes what waits as sync does, one try after another, until nothing is open; answers how many tries it took. */
function pushAll(
  pace: ReturnType<typeof createPushPace>,
  waiting: Operation[],
  isTaken: (batch: Operation[]) => boolean,
): number {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const batch = pace.next(waiting.slice(0, pace.depth()));
    if (batch.length === 0) return tries;
    if (isTaken(batch)) {
      waiting.splice(0, waiting.length, ...waiting.filter((one) => !batch.includes(one)));
      pace.taken(batch);
    } else {
      pace.unanswered(batch);
    }
  }
  throw new Error('it never ended');
}

describe('the pace of pushes', () => {
  test('what waits goes in its order, as much as is allowed at once', () => {
    const pace = createPushPace(new ManualClock(), () => {});
    const waiting = Array.from({ length: 450 }, (_, index) => operation(index + 1));
    const sizes: number[] = [];
    pushAll(pace, waiting, (batch) => sizes.push(batch.length) > 0);
    expect(sizes).toEqual([200, 200, 50]);
  });

  test('on a line that takes little at once, little is pushed', () => {
    const pace = createPushPace(new ManualClock(), () => {});
    const waiting = Array.from({ length: 300 }, (_, index) => operation(index + 1));
    expect(pushAll(pace, waiting, (batch) => batch.length <= 20)).toBeLessThan(60);
    expect(waiting).toEqual([]);
  });

  test('one that never gets an answer waits with what follows on its record, and is tried again later', () => {
    const clock = new ManualClock();
    let again = 0;
    const pace = createPushPace(clock, () => {
      again += 1;
    });
    const poison = operation(57);
    const behind = operation(90, 57);
    const waiting = Array.from({ length: 250 }, (_, index) =>
      index === 56 ? poison : index === 89 ? behind : operation(index + 1),
    );
    const order: string[] = [];
    pushAll(pace, waiting, (batch) => {
      if (batch.includes(poison)) return false;
      order.push(...batch.map(({ id }) => id));
      return true;
    });
    expect(waiting).toEqual([poison, behind]);
    expect(order).toEqual(order.toSorted());
    expect(pace.open(waiting)).toEqual([]);
    clock.advance(60_000);
    expect(again).toBe(1);
    // Once more without an answer it holds nobody up: it is known, and pushed by itself.
    waiting.push(operation(300));
    expect(pushAll(pace, waiting, (batch) => !batch.includes(poison))).toBe(2);
    expect(waiting).toEqual([poison, behind]);
    clock.advance(60_000);
    pushAll(pace, waiting, () => true);
    expect(waiting).toEqual([]);
  });

  test('a single operation is not put off by a line that breaks a few times', () => {
    const pace = createPushPace(new ManualClock(), () => {});
    const waiting = [operation(1)];
    let breaks = 3;
    pushAll(pace, waiting, () => {
      breaks -= 1;
      return breaks < 0;
    });
    expect(waiting).toEqual([]);
  });
});
