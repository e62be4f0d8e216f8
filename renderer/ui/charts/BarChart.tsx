import { Axes, Target } from './Axes.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import styles from './charts.module.css';
import { type Plot, plotOf, scaleOf, tickFormatOf, usualHeight } from './plot.ts';
import { type ChartProps, lookOf, type Series, type SeriesLook } from './series.ts';
import { tableOf, titleAt } from './words.ts';

const widestBar = 40;

interface Part {
  series: Series;
  look: SeriesLook;
}

/** One step: its bars beside each other, or upon each other where they are parts of a whole. */
function Step({
  parts,
  at,
  plot,
  stacked,
}: {
  parts: readonly Part[];
  at: number;
  plot: Plot;
  stacked: boolean;
}) {
  const columns = stacked ? 1 : parts.length;
  const width = Math.max(1, Math.min(widestBar, (plot.stepWidth * 0.76) / columns));
  const left = plot.x(at) - (width * columns) / 2;
  let below = 0;
  return parts.map(({ series, look }, place) => {
    const value = series.values[at] ?? 0;
    const from = stacked ? below : 0;
    below += value;
    const top = plot.y(from + value);
    return (
      <rect
        key={series.key}
        className={`${styles.bar} ${styles[look]}`}
        x={left + (stacked ? 0 : place * width)}
        y={top}
        width={Math.max(1, width - (columns > 1 ? 1 : 0))}
        height={Math.max(0, plot.y(from) - top)}
        rx={stacked ? 0 : Math.min(1.5, width / 4)}
      />
    );
  });
}

function highestStack({ labels, series }: Pick<ChartProps, 'labels' | 'series'>): number {
  const sums = labels.map((_, at) => series.reduce((sum, one) => sum + (one.values[at] ?? 0), 0));
  return Math.max(0, ...sums);
}

/**
 * Bars for steps of time or for things. `stacked`: the series are parts of a whole. `onPick` makes steps answer to the
 * pointer; the same way must be open by key elsewhere, such as in the table of the page.
 */
export function BarChart({
  stacked = false,
  onPick,
  ...props
}: ChartProps & { stacked?: boolean; onPick?: (at: number) => void }) {
  const { summary, labels, series, target, height = usualHeight } = props;
  const scale = scaleOf({ ...props, greatest: stacked ? highestStack(props) : 0 });
  const parts = series.map((one, at) => ({ series: one, look: lookOf(one, at) }));
  const legend = parts.map(({ series: { key, name }, look }) => ({
    ...{ key, name, look },
    shape: 'bar' as const,
  }));
  return (
    <ChartFrame summary={summary} height={height} legend={legend} table={tableOf(props)}>
      {(width) => {
        const plot = plotOf({ width, height, steps: labels.length, scale, atEdges: false });
        return (
          <>
            <Axes plot={plot} labels={labels} format={tickFormatOf(props)} />
            {labels.map((label, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a step is
              <g key={at} className={onPick ? styles.pickable : undefined}>
                <Step parts={parts} at={at} plot={plot} stacked={stacked} />
                {/* biome-ignore lint/a11y/noStaticElementInteractions: the table of the page has the same by key */}
                <rect
                  className={styles.hit}
                  x={plot.x(at) - plot.stepWidth / 2}
                  y={plot.top}
                  width={plot.stepWidth}
                  height={plot.bottom - plot.top}
                  onClick={onPick ? () => onPick(at) : undefined}
                >
                  <title>{titleAt(props, at, label)}</title>
                </rect>
              </g>
            ))}
            {target ? <Target plot={plot} target={target} /> : null}
          </>
        );
      }}
    </ChartFrame>
  );
}
