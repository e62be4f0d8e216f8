import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostileDesk } from './hostileDesk.ts';
import { playRound } from './round.ts';

/** `npm run test:hostile -- --seed S --count N`; a shorter round of a known seed else. */
const seed = Number(process.env.SWITCHBOARD_HOSTILE_SEED ?? 4475);
const count = Number(process.env.SWITCHBOARD_HOSTILE_COUNT ?? 1_000);
const warmUp = Math.min(1_000, count / 2);
/** What the heap may differ by after a collection, bytes: transactions stay for 32 s (RFC 3261, timers H and L). */
const heapSlack = 8 * 1024 ** 2;

let desk: HostileDesk;
const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  desk = await HostileDesk.start();
});

afterAll(async () => {
  await desk.stop();
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
});

describe(`${count} mutated messages of seed ${seed}`, () => {
  const title = 'do no harm: no crash, no hang, no call from a malformed INVITE, no memory kept';
  it(title, { timeout: 60_000 + 60 * count }, async () => {
    const from = performance.now();
    const result = await playRound(desk, { seed, count, warmUp });
    const { sent, offers, wrongOffers, answers, heapBefore, heapAfter } = result;
    const seconds = Math.round((performance.now() - from) / 1_000);
    process.stdout.write(
      `seed ${seed}: ${sent} messages in ${seconds} s, ${offers} calls rang, ` +
        `heap ${mb(heapBefore)} → ${mb(heapAfter)} MB, ${Object.keys(answers).length} kinds of answer\n`,
    );
    expect(unhandled).toEqual([]);
    expect(wrongOffers).toEqual([]);
    expect(offers).toBeGreaterThan(sent / 100);
    expect(heapAfter - heapBefore).toBeLessThan(heapSlack);
  });
});

function mb(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1);
}
