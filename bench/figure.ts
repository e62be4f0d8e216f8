/** One line of `out/bench.json`. */
export interface Figure {
  name: string;
  unit: string;
  /** What was measured of ours, in `unit`. */
  value: number;
  /** The baseline measured in the same run, in the same unit; null where the goal is absolute. */
  baseline: number | null;
  /** value / baseline; null without a baseline. */
  ratio: number | null;
  /** In words, such as `ratio ≤ 1.5`. */
  goal: string;
  ok: boolean;
  /** How many measurements stand behind it. */
  n: number;
}

/** A benchmark yields one figure or several (p50 and p99). */
export type Bench = () => Promise<Figure[]>;

/** Goal: not slower than `most` times the baseline. */
export function ratioFigure(
  name: string,
  unit: string,
  value: number,
  baseline: number,
  most: number,
  n: number,
): Figure {
  const ratio = value / baseline;
  return { name, unit, value, baseline, ratio, goal: `ratio ≤ ${most}`, ok: ratio <= most, n };
}

/** Goal: at least `least` times faster than the baseline. */
export function speedUpFigure(
  name: string,
  unit: string,
  value: number,
  baseline: number,
  least: number,
  n: number,
): Figure {
  const ratio = value / baseline;
  return {
    name,
    unit,
    value,
    baseline,
    ratio,
    goal: `≥ ${least} × faster`,
    ok: ratio <= 1 / least,
    n,
  };
}

/** Goal: an absolute limit. */
export function limitFigure(
  name: string,
  unit: string,
  value: number,
  most: number,
  n: number,
): Figure {
  return {
    name,
    unit,
    value,
    baseline: null,
    ratio: null,
    goal: `≤ ${most} ${unit}`,
    ok: value <= most,
    n,
  };
}

/** A figure that is told and has no goal. */
export function plainFigure(name: string, unit: string, value: number, n: number): Figure {
  return { name, unit, value, baseline: null, ratio: null, goal: 'none', ok: true, n };
}

/** Value below which the share `p` (0..1) of the measurements lies (nearest rank). */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(p * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** Median over the rounds of each round's percentile: one disturbed round does not decide. */
export function medianOfRounds(rounds: readonly (readonly number[])[], p: number): number {
  return percentile(
    rounds.map((values) => percentile(values, p)),
    0.5,
  );
}
