import styles from './Skeleton.module.css';

/** Grey bars in the place of text that is on its way. `widths` in percent, one bar each. */
export function Skeleton({ widths = [80, 60] }: { widths?: readonly number[] }) {
  return (
    <span className={styles.lines} aria-hidden="true" data-testid="skeleton">
      {widths.map((width, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike and never move
        <i key={line} className={styles.bar} style={{ width: `${width}%` }} />
      ))}
    </span>
  );
}
