/** Where the values of an axis come to lie. */
export interface ValueScale {
  /** Round values at which lines are drawn, the first 0, the last at or above the greatest value. */
  ticks: number[];
  /** The value at the upper edge. */
  top: number;
}

const steps = [1, 2, 2.5, 5, 10];

/**
 * A scale from 0 to a round value at or above `greatest`, in about `parts` steps. `whole` keeps the steps whole, as for
 * counts. Nothing to show gives 0 to 1.
 */
export function scaleTo(
  greatest: number,
  { parts = 4, whole = false }: { parts?: number; whole?: boolean } = {},
): ValueScale {
  const most = Number.isFinite(greatest) && greatest > 0 ? greatest : 1;
  const rough = most / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const wanted = (steps.find((step) => step * power >= rough) ?? 10) * power;
  const step = whole ? Math.max(1, Math.ceil(wanted)) : wanted;
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, at) => tidy(at * step));
  return { ticks, top: tidy(count * step) };
}

/** Steps of time that people count in, ms. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800];

/** The same for durations in ms: steps of whole seconds, minutes and hours. */
export function timeScaleTo(greatestMs: number, parts = 4): ValueScale {
  const most = Number.isFinite(greatestMs) && greatestMs > 0 ? greatestMs : 1000;
  const stepMs = timeSteps.map((seconds) => seconds * 1000).find((one) => one * parts >= most);
  if (stepMs === undefined) return scaleTo(most, { parts });
  const count = Math.max(1, Math.ceil(most / stepMs));
  const ticks = Array.from({ length: count + 1 }, (_, at) => at * stepMs);
  return { ticks, top: count * stepMs };
}

/** Scores of questionnaires go to 5, whatever was given. */
export const scoreScale: ValueScale = { ticks: [0, 1, 2, 3, 4, 5], top: 5 };

/** Sums of fractions lose their last digits. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** Every how many steps a label has room. */
export function labelStride(count: number, width: number, labelWidth: number): number {
  const room = Math.max(1, Math.floor(width / Math.max(1, labelWidth)));
  return Math.max(1, Math.ceil(count / room));
}

/** The greatest of what is known; 0 for nothing. */
export function greatestOf(values: Iterable<number | null>): number {
  let most = 0;
  for (const value of values) if (value !== null && value > most) most = value;
  return most;
}

/** Sums from the first on, as shares of the whole: the line of a Pareto chart. Nothing at all gives zeros. */
export function runningShares(values: readonly number[]): number[] {
  const whole = values.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return whole === 0 ? 0 : sum / whole;
  });
}

/** The path of a line through points; a point without a value breaks it. */
export function linePath(points: readonly { x: number; y: number | null }[]): string {
  let path = '';
  let isDrawing = false;
  for (const { x, y } of points) {
    if (y === null) {
      isDrawing = false;
      continue;
    }
    path += `${isDrawing ? 'L' : 'M'}${round(x)} ${round(y)}`;
    isDrawing = true;
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
