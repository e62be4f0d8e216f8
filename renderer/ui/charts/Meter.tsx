import styles from './charts.module.css';

export type MeterTone = 'plain' | 'ok' | 'warn' | 'error';

/** A share as a bar with a mark where the target stands; words say both. `value` null: nothing to measure yet. */
export function Meter({
  label,
  value,
  target = null,
  tone = 'plain',
  big = false,
}: {
  /** The sentence for who does not see it, such as "71 %, target 80 %". */
  label: string;
  /** 0 to 1 */
  value: number | null;
  target?: number | null;
  tone?: MeterTone;
  big?: boolean;
}) {
  const percent = (share: number) => `${Math.min(1, Math.max(0, share)) * 100}%`;
  return (
    <span className={styles.meter} role="img" aria-label={label} data-tone={tone} data-big={big}>
      <span className={styles.filled} style={{ inlineSize: percent(value ?? 0) }} />
      {target === null ? null : (
        <span className={styles.mark} style={{ insetInlineStart: percent(target) }} />
      )}
    </span>
  );
}
