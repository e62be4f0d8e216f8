import type { ChartTable } from './ChartFrame.tsx';
import type { ChartProps } from './series.ts';

/** Shown for what is not known. */
const nothingKnown = '–';

type Told = Pick<ChartProps, 'labels' | 'series' | 'format' | 'labelName'>;

function written(value: number | null | undefined, format: ChartProps['format']): string {
  return value === null || value === undefined ? nothingKnown : format(value);
}

/** What stands at one step, for the pointer that rests on it. */
export function titleAt({ series, format }: Told, at: number, label: string): string {
  const lines = series.map(({ name, values }) => `${name}: ${written(values[at], format)}`);
  return [label, ...lines].join('\n');
}

/** The numbers behind a chart. */
export function tableOf({ labels, series, format, labelName }: Told): ChartTable {
  return {
    head: [labelName, ...series.map(({ name }) => name)],
    rows: labels.map((label, at) => [
      label,
      ...series.map(({ values }) => written(values[at], format)),
    ]),
  };
}
