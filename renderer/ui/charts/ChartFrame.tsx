import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../cx.ts';
import { Table } from '../Table.tsx';
import styles from './charts.module.css';
import type { SeriesLook } from './series.ts';
import { useWidth } from './useWidth.ts';

export interface LegendEntry {
  key: string;
  name: string;
  look: SeriesLook;
  shape: 'line' | 'bar';
}

/** The same as rows: what the chart draws, for who wants or needs the numbers. */
export interface ChartTable {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What is around every chart: the legend above, the picture with its sentence, the numbers on request. */
export function ChartFrame({
  summary,
  height,
  legend,
  table,
  children,
}: {
  summary: string;
  height: number;
  legend: readonly LegendEntry[];
  table: ChartTable;
  children: (width: number) => ReactNode;
}) {
  const { t } = useTranslation();
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <figure className={styles.figure} data-testid="chart">
      {legend.length > 1 ? (
        <ul className={styles.legend} aria-hidden="true">
          {legend.map(({ key, name, look, shape }) => (
            <li key={key}>
              <span className={cx(styles.swatch, styles[look])} data-shape={shape} />
              {name}
            </li>
          ))}
        </ul>
      ) : null}
      <div ref={ref} className={styles.canvas} style={{ height }}>
        <svg
          role="img"
          aria-label={summary}
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
        >
          {children(width)}
        </svg>
      </div>
      <details className={styles.numbers}>
        <summary>{t('common:chart.numbers')}</summary>
        <div className={cx('scroll', styles.tableBox)}>
          <Table>
            <thead>
              <tr>
                {table.head.map((name, at) => (
                  <th key={name} scope="col" data-number={at > 0 || undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(([label = '', ...values]) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {values.map((value, at) => (
                    <td key={table.head[at + 1]} data-number>
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      </details>
    </figure>
  );
}
