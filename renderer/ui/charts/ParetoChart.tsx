import { Axes } from './Axes.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import styles from './charts.module.css';
import { plotOf } from './plot.ts';
import { linePath, runningShares, scaleTo } from './scale.ts';

export interface ParetoItem {
  key: string;
  name: string;
  value: number;
}

const widestBar = 56;
const rightAxis = 44;
const tallest = 220;

function short(name: string, room: number): string {
  const letters = Math.max(3, Math.floor(room / 7));
  return name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
}

/**
 * What there is most of first, as bars, and the share that everything up to there has of the whole, as a line against
 * the axis on the right. `items` come in falling order.
 */
export function ParetoChart({
  summary,
  items,
  names,
  format,
  formatShare,
  onPick,
  height = tallest,
}: {
  summary: string;
  items: readonly ParetoItem[];
  /** Heads of the table and the legend. */
  names: { item: string; value: string; share: string };
  format: (value: number) => string;
  formatShare: (share: number) => string;
  onPick?: (item: ParetoItem) => void;
  height?: number;
}) {
  const shares = runningShares(items.map(({ value }) => value));
  const scale = scaleTo(Math.max(0, ...items.map(({ value }) => value)), { whole: true });
  const table = {
    head: [names.item, names.value, names.share],
    rows: items.map(({ name, value }, at) => [name, format(value), formatShare(shares[at] ?? 0)]),
  };
  const legend = [
    { key: 'value', name: names.value, look: 'main', shape: 'bar' },
    { key: 'share', name: names.share, look: 'second', shape: 'line' },
  ] as const;
  return (
    <ChartFrame summary={summary} height={height} legend={legend} table={table}>
      {(width) => {
        const plot = plotOf({
          ...{ width, height, steps: items.length, scale },
          atEdges: false,
          right: rightAxis,
        });
        const heightOf = (share: number) => plot.bottom - share * (plot.bottom - plot.top);
        const barWidth = Math.max(2, Math.min(widestBar, plot.stepWidth * 0.7));
        const points = shares.map((share, at) => ({ x: plot.x(at), y: heightOf(share) }));
        return (
          <>
            <Axes plot={plot} labels={[]} format={format} />
            <g>
              {[0, 0.5, 0.8, 1].map((share) => (
                <text
                  key={share}
                  className={styles.word}
                  x={plot.right + 6}
                  y={heightOf(share) + 4}
                >
                  {formatShare(share)}
                </text>
              ))}
              <line
                className={styles.target}
                x1={plot.left}
                x2={plot.right}
                y1={heightOf(0.8)}
                y2={heightOf(0.8)}
              />
            </g>
            {items.map((item, at) => (
              <g key={item.key} className={onPick ? styles.pickable : undefined}>
                <rect
                  className={`${styles.bar} ${styles.main}`}
                  x={plot.x(at) - barWidth / 2}
                  y={plot.y(item.value)}
                  width={barWidth}
                  height={plot.bottom - plot.y(item.value)}
                  rx={1.5}
                />
                <text
                  className={styles.word}
                  x={plot.x(at)}
                  y={plot.bottom + 16}
                  textAnchor="middle"
                >
                  {short(item.name, plot.stepWidth - 4)}
                </text>
                {/* biome-ignore lint/a11y/noStaticElementInteractions: the table of the page has the same by key */}
                <rect
                  className={styles.hit}
                  x={plot.x(at) - plot.stepWidth / 2}
                  y={plot.top}
                  width={plot.stepWidth}
                  height={plot.bottom - plot.top + 20}
                  onClick={onPick ? () => onPick(item) : undefined}
                >
                  <title>{(table.rows[at] ?? []).join('\n')}</title>
                </rect>
              </g>
            ))}
            <g className={`${styles.second} ${styles.above}`}>
              <path className={styles.line} d={linePath(points)} />
              {points.map(({ x, y }, at) => (
                <circle key={items[at]?.key} className={styles.dot} cx={x} cy={y} r={2.5} />
              ))}
            </g>
          </>
        );
      }}
    </ChartFrame>
  );
}
