import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readArguments, writeSample } from './sample.ts';
import { quarterBefore, writeCalls } from './sampleCalls.ts';

const asOfMs = Date.UTC(2026, 10, 1);
const small = { customers: 300, seed: 7, asOfMs };

/** Takes one chunk at a time and counts how many wait for it. */
function slowReceiver() {
  const hash = createHash('sha256');
  const state = { lines: 0, mostWaiting: 0 };
  const to = new Writable({
    highWaterMark: 1,
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      state.mostWaiting = Math.max(state.mostWaiting, to.writableLength - chunk.length);
      hash.update(chunk);
      state.lines += chunk.toString().split('\n').length - 1;
      setImmediate(done);
    },
  });
  return { to, state, digest: () => hash.digest('hex') };
}

describe('writeSample', () => {
  it('writes the same bytes for the same options, as pinned', async () => {
    const first = slowReceiver();
    const second = slowReceiver();
    const summary = await writeSample(small, first.to);
    await writeSample(small, second.to);
    const digest = first.digest();
    expect(second.digest()).toBe(digest);
    // A changed pin is a changed sample: everybody who loaded it before has other customers.
    expect(digest.slice(0, 12)).toBe('fecf2adb658c');
    const made = Object.values(summary.records).reduce((sum, count) => sum + count, 0);
    expect(first.state.lines).toBe(made);
  });

  it('waits for a slow receiver', async () => {
    const receiver = slowReceiver();
    await writeSample(small, receiver.to);
    expect(receiver.state.mostWaiting).toBe(0);
  });
});

describe('writeCalls', () => {
  it('writes a quarter of call events, the same bytes for the same options', async () => {
    const options = quarterBefore(asOfMs, { calls: 2_000, seed: 7, queues: 5 });
    const first = slowReceiver();
    const second = slowReceiver();
    const summary = await writeCalls(options, first.to);
    await writeCalls(options, second.to);
    expect(second.digest()).toBe(first.digest());
    expect(summary.perDay).toHaveLength(91);
    expect(summary.perDay.reduce((sum, count) => sum + count, 0)).toBe(2_000);
    const told = Object.values(summary.events).reduce((sum, count) => sum + count, 0);
    expect(first.state.lines).toBe(told);
    expect(first.state.mostWaiting).toBe(0);
  });
});

describe('readArguments', () => {
  it('fills what is not said', () => {
    expect(readArguments([], asOfMs + 5_000)).toEqual({
      options: { customers: 2000, seed: 7, asOfMs },
      out: 'out/sample',
    });
  });

  it('takes what is said', () => {
    const args = ['--customers', '12', '--seed', '3', '--as-of', '2027-02-28', '--out', '-'];
    expect(readArguments(args, 0)).toEqual({
      options: { customers: 12, seed: 3, asOfMs: Date.UTC(2027, 1, 28) },
      out: '-',
    });
  });

  it('takes a number of calls for the quarter before', () => {
    expect(readArguments(['--calls', '1000000', '--as-of', '2026-11-01'], 0)).toMatchObject({
      options: { calls: 1_000_000, seed: 7, queues: 20, days: 91, fromDay: 20_667 },
    });
  });

  it.each([
    [['--calls', '0'], /calls/],
    [['--calls', '10', '--queues', '1000'], /queues/],
    [['--queues', '10'], /--calls/],
    [['--calls', '10', '--customers', '10'], /one at a time/],
    [['--customers', 'many'], /customers/],
    [['--customers', '0'], /customers/],
    [['--customers', '1e3'], /customers/],
    [['--seed', '-1'], /seed/],
    [['--as-of', '2026-02-30'], /--as-of/],
    [['--as-of', 'today'], /--as-of/],
    [['--as-of', '2025-01-01'], /2026-01-01/],
    [['--colour', 'red'], /--colour/],
    [['something'], /something/],
  ])('says what is wrong with %j', (args, words) => {
    expect(readArguments(args, asOfMs)).toMatch(words);
  });
});
