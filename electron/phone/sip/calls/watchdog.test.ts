import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Act,
  beginWatch,
  disconnectedMs,
  heldAskMs,
  type Look,
  mostLostMs,
  repairAgainMs,
  silenceMs,
  type Watched,
  watch,
} from './watchdog.ts';

const talking: Omit<Look, 'at'> = {
  listens: true,
  hears: true,
  connection: 'connected',
  reachable: true,
};
const held = { ...talking, listens: false, hears: false };

/** One look a second; the acts with the second in which they came. */
function observe(seconds: number, look: Omit<Look, 'at'>, from = beginWatch(0), start = 0) {
  let now: Watched = from;
  const acts: [number, Act][] = [];
  for (let second = start + 1; second <= start + seconds; second += 1) {
    const looked = watch(now, { ...look, at: second * 1_000 });
    now = looked.now;
    if (looked.act) acts.push([second, looked.act]);
  }
  return { now, acts };
}

describe('the watch over a call', () => {
  it.each<[string, Omit<Look, 'at'>, number, [number, Act][]]>([
    ['is quiet while there is sound', talking, 600, []],
    ['is quiet while there is sound and no PBX', { ...talking, reachable: false }, 600, []],
    [
      'asks after silence, and again',
      { ...talking, hears: false },
      35,
      [
        [15, 'ask'],
        [30, 'ask'],
      ],
    ],
    [
      'asks after a held call',
      held,
      65,
      [
        [30, 'ask'],
        [60, 'ask'],
      ],
    ],
    [
      'repairs what is broken, and again when that did not help',
      { ...talking, hears: false, connection: 'disconnected' },
      14,
      [[5, 'repair']],
    ],
    [
      'repairs what finds no path',
      { ...talking, hears: false, connection: 'connecting' },
      17,
      [
        [15, 'ask'],
        [16, 'repair'],
      ],
    ],
    ['cannot repair without a page', { ...talking, hears: false, connection: null }, 14, []],
    [
      'ends a call without sound and PBX',
      { ...talking, hears: false, connection: 'failed', reachable: false },
      61,
      [[61, 'end']],
    ],
    ['keeps a held call whose path is alive', { ...held, reachable: false }, 300, []],
    [
      'ends a held call whose path died too',
      { ...held, connection: null, reachable: false },
      61,
      [[61, 'end']],
    ],
  ])('%s', (_name, look, seconds, acts) => {
    expect(observe(seconds, look).acts).toEqual(acts);
  });

  it('asks at once where the last word is old', () => {
    const { now } = observe(100, talking);
    expect(observe(silenceMs / 1_000, { ...talking, hears: false }, now, 100).acts).toEqual([
      [110, 'ask'],
    ]);
  });

  it('repairs 3 s after a change of address when the sound stays away, not when it goes on', () => {
    const { now } = observe(100, talking);
    const changed = { ...now, pathChangedAt: 100_000 };
    expect(observe(5, { ...talking, hears: false }, changed, 100).acts).toEqual([[103, 'repair']]);
    expect(observe(60, talking, changed, 100).acts).toEqual([]);
  });

  it('waits between two repairs, and counts the time without a PBX anew after each sign of it', () => {
    const broken = { ...talking, hears: false, connection: 'failed' as const };
    const repairs = observe(80, broken).acts.filter(([, act]) => act === 'repair');
    expect(repairs.map(([second]) => second)).toEqual([5, 20, 35, 50, 65, 80]);
    expect(repairAgainMs).toBeGreaterThan(disconnectedMs);
    const away = observe(50, { ...broken, reachable: false });
    const back = observe(1, broken, away.now, 50);
    expect(observe(50, { ...broken, reachable: false }, back.now, 51).acts).toEqual([]);
  });

  it('never ends a call while the PBX can be reached, nor before its time', () => {
    const look = fc.record({
      listens: fc.boolean(),
      hears: fc.boolean(),
      connection: fc.constantFrom('connected', 'disconnected', 'failed', null),
      reachable: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(look, { maxLength: 200 }), (looks) => {
        let now = beginWatch(0);
        let lostFor = 0;
        looks.forEach((one, index) => {
          const looked = watch(now, { ...one, at: (index + 1) * 1_000 } as Look);
          now = looked.now;
          const alive = one.listens ? one.hears : one.connection === 'connected';
          lostFor = alive || one.reachable ? 0 : lostFor + 1_000;
          if (looked.act === 'end') expect(lostFor).toBeGreaterThan(mostLostMs);
          if (looked.act === 'ask') expect(one.reachable).toBe(true);
        });
      }),
    );
    expect(heldAskMs).toBeLessThan(mostLostMs);
  });
});
