import { greatestOf, scaleTo, scoreScale, timeScaleTo, type ValueScale } from './scale.ts';
import type { ChartProps } from './series.ts';

/** The field of a chart in which values are drawn, px from the upper left. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Middle of a step. */
  x: (at: number) => number;
  /** Height of a value. */
  y: (value: number) => number;
  /** Room of one step. */
  stepWidth: number;
  scale: ValueScale;
}

export const usualHeight = 180;
const margin = { left: 44, right: 12, top: 12, bottom: 22 };

/** `atEdges` puts the first and the last step on the edges, as lines have it; bars have room on both sides. */
export function plotOf({
  width,
  height,
  steps,
  scale,
  atEdges,
  right = margin.right,
}: {
  width: number;
  height: number;
  steps: number;
  scale: ValueScale;
  atEdges: boolean;
  right?: number;
}): Plot {
  const inner = Math.max(1, width - margin.left - right);
  const tall = Math.max(1, height - margin.top - margin.bottom);
  const gaps = atEdges ? Math.max(1, steps - 1) : Math.max(1, steps);
  const stepWidth = inner / gaps;
  return {
    left: margin.left,
    right: width - right,
    top: margin.top,
    bottom: height - margin.bottom,
    x: (at) => margin.left + (atEdges ? at : at + 0.5) * stepWidth,
    y: (value) => height - margin.bottom - (Math.min(value, scale.top) / scale.top) * tall,
    stepWidth,
    scale,
  };
}

/** Writes the values of the axis: whole scores need no decimals. */
export function tickFormatOf({ unit, format }: Pick<ChartProps, 'unit' | 'format'>) {
  return unit === 'score' ? String : format;
}

/** The scale that all series and the target fit in. */
export function scaleOf({
  series,
  target,
  unit = 'number',
  greatest = 0,
}: Pick<ChartProps, 'series' | 'target' | 'unit'> & { greatest?: number }): ValueScale {
  const most = Math.max(
    greatest,
    target?.value ?? 0,
    ...series.map(({ values }) => greatestOf(values)),
  );
  if (unit === 'share') return scaleTo(most > 0.5 ? 1 : most);
  if (unit === 'score') return scoreScale;
  if (unit === 'time') return timeScaleTo(most);
  return scaleTo(most, { whole: unit === 'count' });
}
