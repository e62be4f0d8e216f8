import { Axes, Target } from './Axes.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import styles from './charts.module.css';
import { type Plot, plotOf, scaleOf, tickFormatOf, usualHeight } from './plot.ts';
import { linePath } from './scale.ts';
import { type ChartProps, lookOf, type Series, type SeriesLook } from './series.ts';
import { tableOf, titleAt } from './words.ts';

function Line({ series, look, plot }: { series: Series; look: SeriesLook; plot: Plot }) {
  const points = series.values.map((value, at) => ({
    x: plot.x(at),
    y: value === null ? null : plot.y(value),
  }));
  const last = look === 'main' ? points.findLast(({ y }) => y !== null) : undefined;
  return (
    <g className={styles[look]}>
      <path className={styles.line} d={linePath(points)} />
      {last ? <circle className={styles.dot} cx={last.x} cy={last.y ?? 0} r={3.5} /> : null}
    </g>
  );
}

/** Curves over time: one that matters, and what it is compared with. */
export function LineChart(props: ChartProps) {
  const { summary, labels, series, target, height = usualHeight } = props;
  const scale = scaleOf(props);
  const looks = series.map(lookOf);
  const legend = series.map((one, at) => ({
    ...{ key: one.key, name: one.name, look: looks[at] ?? ('main' as const) },
    shape: 'line' as const,
  }));
  return (
    <ChartFrame summary={summary} height={height} legend={legend} table={tableOf(props)}>
      {(width) => {
        const plot = plotOf({ width, height, steps: labels.length, scale, atEdges: true });
        return (
          <>
            <Axes plot={plot} labels={labels} format={tickFormatOf(props)} />
            {target ? <Target plot={plot} target={target} /> : null}
            {/* The first is drawn last: nothing lies over it. */}
            {series
              .map((one, at) => (
                <Line key={one.key} series={one} look={looks[at] ?? 'main'} plot={plot} />
              ))
              .reverse()}
            {labels.map((label, at) => (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a step is
                key={at}
                className={styles.hit}
                x={plot.x(at) - plot.stepWidth / 2}
                y={plot.top}
                width={plot.stepWidth}
                height={plot.bottom - plot.top}
              >
                <title>{titleAt(props, at, label)}</title>
              </rect>
            ))}
          </>
        );
      }}
    </ChartFrame>
  );
}
