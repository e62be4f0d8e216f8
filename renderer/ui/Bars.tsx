import type { ReactNode } from 'react';
import styles from './Bars.module.css';

/** One column for each step of time; `summary` says in words what the picture shows. */
export function ColumnBars({
  summary,
  columns,
  first,
  last,
}: {
  summary: string;
  columns: readonly { key: string; value: number; title: string }[];
  first: ReactNode;
  last: ReactNode;
}) {
  const most = Math.max(1, ...columns.map(({ value }) => value));
  return (
    <div>
      <div className={styles.columns} role="img" aria-label={summary}>
        {columns.map(({ key, value, title }) => (
          <span
            key={key}
            className={styles.column}
            data-empty={value === 0}
            title={title}
            style={{ height: `${(value / most) * 100}%` }}
          />
        ))}
      </div>
      <p className={styles.ends}>
        <span>{first}</span>
        <span>{last}</span>
      </p>
    </div>
  );
}

/** Rows with a bar each, the value beside it. `share` is 0 to 1 of the whole bar. */
export function RowBars({
  label,
  rows,
}: {
  label: string;
  rows: readonly { key: string; name: string; title?: string; share: number; value: ReactNode }[];
}) {
  return (
    <ul aria-label={label}>
      {rows.map(({ key, name, title = name, share, value }) => (
        <li key={key} className={styles.row}>
          <span className="cut" title={title}>
            {name}
          </span>
          <span className={styles.track} aria-hidden="true">
            <span
              className={styles.bar}
              style={{ display: 'block', width: `${Math.round(share * 100)}%` }}
            />
          </span>
          <span className={styles.value}>{value}</span>
        </li>
      ))}
    </ul>
  );
}
