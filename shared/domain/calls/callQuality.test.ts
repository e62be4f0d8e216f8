import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AudioSample,
  audioReport,
  type CallQuality,
  callQualitySchema,
  callReportSchema,
  estimateMos,
  interrupted,
  isSameQuality,
  levelOfMos,
  noQuality,
  type QualityCourse,
  shownQuality,
  withSample,
} from './callQuality.ts';

const clean = { codec: 'audio/PCMA', loss: 0, jitterMs: 0, roundTripMs: 0 };
const good: AudioSample = {
  codec: 'audio/PCMA',
  packetsReceived: 50,
  packetsLost: 0,
  jitterMs: 2,
  roundTripMs: 30,
};
const bad: AudioSample = { ...good, packetsReceived: 40, packetsLost: 10 };

/** One look a second, from the second 1 on. */
function course(...samples: AudioSample[]): QualityCourse {
  return samples.reduce(
    (so, sample, index) => withSample(so, sample, (index + 1) * 1_000, 1_000),
    noQuality,
  );
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const delay = fc.double({ min: 0, max: 5_000, noNaN: true });
const codec = fc.constantFrom('audio/PCMU', 'audio/PCMA', 'audio/opus', 'audio/G729', 'x', null);

describe('estimated score', () => {
  it.each([
    [clean, 4.4, 'good'],
    [{ ...clean, codec: 'audio/opus' }, 4.4, 'good'],
    [{ ...clean, codec: 'audio/G729' }, 4.1, 'good'],
    [{ ...clean, loss: 0.02, roundTripMs: 60 }, 4.2, 'good'],
    [{ ...clean, loss: 0.05, roundTripMs: 60 }, 3.8, 'fair'],
    [{ ...clean, loss: 0.1 }, 3.3, 'poor'],
    [{ ...clean, roundTripMs: 400 }, 4.1, 'good'],
    [{ ...clean, roundTripMs: 500 }, 3.8, 'fair'],
    [{ ...clean, roundTripMs: 1_200 }, 1.5, 'poor'],
    [{ ...clean, loss: 1 }, 1.2, 'poor'],
  ])('of %o is about %d, %s', (of, about, level) => {
    const mos = estimateMos(of);
    expect(mos).toBeGreaterThan(about - 0.15);
    expect(mos).toBeLessThan(about + 0.15);
    expect(levelOfMos(mos)).toBe(level);
  });

  const roundingError = 1e-9;

  it('falls, or stays, with more loss, more jitter, more delay', () => {
    fc.assert(
      fc.property(codec, share, share, delay, delay, delay, (name, a, b, jitter, x, y) => {
        const at = (loss: number, jitterMs: number, roundTripMs: number): number =>
          estimateMos({ codec: name, loss, jitterMs, roundTripMs });
        const isNoBetter = (worse: number, better: number): void =>
          expect(worse).toBeLessThanOrEqual(better + roundingError);
        isNoBetter(at(Math.max(a, b), jitter, x), at(Math.min(a, b), jitter, x));
        isNoBetter(at(a, jitter, Math.max(x, y)), at(a, jitter, Math.min(x, y)));
        isNoBetter(at(a, Math.max(x, y), jitter), at(a, Math.min(x, y), jitter));
      }),
    );
  });

  it('stays between 1 and 4.5 whatever is measured', () => {
    fc.assert(
      fc.property(codec, fc.double({ noNaN: true }), delay, delay, (name, loss, jitterMs, trip) => {
        const mos = estimateMos({ codec: name, loss, jitterMs, roundTripMs: trip });
        expect(mos).toBeGreaterThanOrEqual(1);
        expect(mos).toBeLessThanOrEqual(4.5);
      }),
    );
  });
});

describe('the course of a call', () => {
  it('tells a poor line once it was poor for 5 s', () => {
    expect(course(good, bad, bad, bad, bad).now).toMatchObject({ level: 'poor', poorSince: null });
    expect(course(good, bad, bad, bad, bad, bad).now?.poorSince).toBe(1_000);
  });

  it('begins anew after one good second', () => {
    const so = course(bad, bad, bad, bad, good, bad, bad, bad, bad);
    expect(so.now).toMatchObject({ level: 'poor', poorSince: null });
    expect(so.poorMs).toBe(8_000);
  });

  it('takes a warning back with the first good second', () => {
    expect(course(bad, bad, bad, bad, bad, bad, good).now?.poorSince).toBeNull();
  });

  it('does not count a hold as poor', () => {
    const held = interrupted(course(bad, bad, bad, bad));
    expect(withSample(held, bad, 60_000, 1_000).now?.poorSince).toBeNull();
  });

  it('takes a second without any packet as one in which all were lost', () => {
    const silent = course({ ...good, packetsReceived: 0 });
    expect(silent.now).toMatchObject({ level: 'poor', loss: 1 });
  });

  it('sums up', () => {
    const so = course(good, good, bad);
    const report = { ...audioReport(so, 'host/host udp'), states: [] };
    expect(callReportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      codec: 'audio/PCMA',
      path: 'host/host udp',
      packetsReceived: 140,
      packetsLost: 10,
      jitterMs: 2,
      roundTripMs: 30,
      poorMs: 1_000,
    });
    expect(report.mos?.lowest).toBeLessThan(report.mos?.average ?? 0);
  });

  it('has nothing to say of a call without audio', () => {
    expect(audioReport(noQuality, null)).toMatchObject({
      mos: null,
      jitterMs: null,
      poorMs: 0,
    });
  });

  it('adds up whatever comes, and is always what the schema asks for', () => {
    const sample = fc.record({
      codec,
      packetsReceived: fc.nat(10_000),
      packetsLost: fc.nat(10_000),
      jitterMs: fc.option(delay),
      roundTripMs: fc.option(delay),
    });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 30 }), (samples) => {
        const so = course(...samples);
        expect(callQualitySchema.safeParse(so.now).success).toBe(true);
        const report = { ...audioReport(so, null), states: [] };
        expect(callReportSchema.safeParse(report).success).toBe(true);
        expect(report.poorMs).toBeLessThanOrEqual(samples.length * 1_000);
        expect(report.packetsLost).toBe(samples.reduce((sum, one) => sum + one.packetsLost, 0));
      }),
    );
  });
});

describe('what is shown', () => {
  it('is the same for measurements that nobody can tell apart', () => {
    const one = course(good).now;
    const other = course({ ...good, jitterMs: 2.3, roundTripMs: 31 }).now;
    if (!one || !other) throw new Error('no measurement');
    expect(isSameQuality(one, other)).toBe(false);
    expect(isSameQuality(shownQuality(one, null), shownQuality(other, null))).toBe(true);
    expect(isSameQuality(shownQuality(one, null), null)).toBe(false);
  });

  it('does not flicker between two steps, and follows what moved', () => {
    const looks = [7.4, 7.6, 7.4, 12, 2.6].map((jitterMs) => course({ ...good, jitterMs }).now);
    let shown: CallQuality | null = null;
    const jitters = looks.map((now) => {
      if (now) shown = shownQuality(now, shown);
      return shown?.jitterMs;
    });
    expect(jitters).toEqual([5, 5, 5, 5, 5]);
    const moved = course({ ...good, jitterMs: 40 }).now;
    expect(moved && shownQuality(moved, shown).jitterMs).toBe(40);
  });
});
