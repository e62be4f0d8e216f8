import styles from './charts.module.css';
import type { Plot } from './plot.ts';
import { labelStride } from './scale.ts';
import type { TargetLine } from './series.ts';

const labelWidth = 52;
const letterWidth = 7;
const rightRoom = 12;

/** A label that would stand out of the picture at its right ends there. */
function anchorOf(plot: Plot, at: number, label: string): 'middle' | 'end' {
  return plot.x(at) + (label.length * letterWidth) / 2 > plot.right + rightRoom ? 'end' : 'middle';
}

/** Lines of the values with their words on the left, labels below. */
export function Axes({
  plot,
  labels,
  format,
}: {
  plot: Plot;
  labels: readonly string[];
  format: (value: number) => string;
}) {
  const widest = Math.max(0, ...labels.map((label) => label.length)) * letterWidth + 10;
  const stride = labelStride(labels.length, plot.right - plot.left, Math.max(labelWidth, widest));
  return (
    <g>
      {plot.scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            className={tick === 0 ? styles.ground : styles.grid}
            x1={plot.left}
            x2={plot.right}
            y1={plot.y(tick)}
            y2={plot.y(tick)}
          />
          <text className={styles.word} x={plot.left - 6} y={plot.y(tick) + 4} textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {labels.map((label, at) =>
        at % stride === 0 ? (
          <text
            // Labels of a chart stand in their order and may be alike.
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a label is
            key={at}
            className={styles.word}
            x={plot.x(at)}
            y={plot.bottom + 16}
            textAnchor={anchorOf(plot, at, label)}
          >
            {label}
          </text>
        ) : null,
      )}
    </g>
  );
}

/** The dashed line of a target, its name at the end of it. */
export function Target({ plot, target }: { plot: Plot; target: TargetLine }) {
  const y = plot.y(target.value);
  return (
    <g>
      <line className={styles.target} x1={plot.left} x2={plot.right} y1={y} y2={y} />
      <text className={styles.word} x={plot.right} y={y - 4} textAnchor="end">
        {target.name}
      </text>
    </g>
  );
}
