/**
 * How a series looks: `main` is what the chart is about, `second` and `third` stand beside it as equals, `faint` and
 * `fainter` are what it is compared with (dashed, dotted).
 */
export type SeriesLook = 'main' | 'second' | 'third' | 'fourth' | 'faint' | 'fainter';

export interface Series {
  key: string;
  /** For the legend and the table. */
  name: string;
  look?: SeriesLook;
  /** One value for each label; null: not known, or not yet. */
  values: readonly (number | null)[];
}

const usualLooks = ['main', 'second', 'third', 'fourth'] as const;

export function lookOf({ look }: Series, at: number): SeriesLook {
  return look ?? usualLooks[at % usualLooks.length] ?? 'main';
}

/** A line across the chart that the values are held against. */
export interface TargetLine {
  value: number;
  name: string;
}

/** What all charts of labels and values share. */
export interface ChartProps {
  /** What the chart shows, in one sentence for who does not see it. */
  summary: string;
  /** Below each step, such as `08:00`. */
  labels: readonly string[];
  series: readonly Series[];
  /** Writes a value, such as `71 %`. */
  format: (value: number) => string;
  /** Head of the labels in the table, such as "Time". */
  labelName: string;
  target?: TargetLine;
  /** `count`: whole steps; `share`: 0 to 1; `time`: ms; `score`: 1 to 5. */
  unit?: 'number' | 'count' | 'share' | 'time' | 'score';
  /** px */
  height?: number;
}
