import type { RecordingMark } from '#shared/sync/journal.ts';

export const speeds = [0.75, 1, 1.25, 1.5, 2] as const;
export type Speed = (typeof speeds)[number];

/** Heights of so many bars, 0 to 1: each the loudest part of its stretch, measured by the loudest of all. */
export function barsOf(peaks: readonly number[], count: number): number[] {
  const most = Math.max(1, ...peaks);
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count));
    return Math.max(0, ...peaks.slice(from, to)) / most;
  });
}

/** Bars as one path in a box `count` wide and 2 high, mirrored at its middle. */
export function pathOf(bars: readonly number[]): string {
  const least = 0.02;
  return bars
    .map((bar, index) => {
      const height = Math.max(least, bar);
      return `M${index + 0.5} ${(1 - height).toFixed(3)}V${(1 + height).toFixed(3)}`;
    })
    .join('');
}

/** Where a mark lies along the recording, as shares of its length. */
export function placeOf(
  { fromMs, toMs }: Pick<RecordingMark, 'fromMs' | 'toMs'>,
  durationMs: number,
): { left: number; width: number } {
  const share = (ms: number) => Math.min(1, Math.max(0, ms / Math.max(1, durationMs)));
  const left = share(fromMs);
  return { left, width: Math.max(0, share(toMs ?? durationMs) - left) };
}

const stepMs = 5_000;
const longStepMs = 15_000;

/** What a key of the player means; null: nothing. Places in ms. */
export function keyMeaning(
  { key, shiftKey }: { key: string; shiftKey: boolean },
  { atMs, durationMs, speed }: { atMs: number; durationMs: number; speed: Speed },
): { toggle: true } | { seekMs: number } | { speed: Speed } | null {
  const step = shiftKey ? longStepMs : stepMs;
  const seek = (ms: number) => ({ seekMs: Math.min(durationMs, Math.max(0, ms)) });
  const other = (by: number) => {
    const next = speeds[speeds.indexOf(speed) + by];
    return next === undefined ? null : { speed: next };
  };
  switch (key) {
    case ' ':
    case 'k':
      return { toggle: true };
    case 'ArrowLeft':
      return seek(atMs - step);
    case 'ArrowRight':
      return seek(atMs + step);
    case 'Home':
      return seek(0);
    case 'End':
      return seek(durationMs);
    case '+':
    case 'ArrowUp':
      return other(1);
    case '-':
    case 'ArrowDown':
      return other(-1);
    default:
      return null;
  }
}
