import { useId } from 'react';
import { Segmented, type SegmentedOption } from '../../../ui/Segmented.tsx';
import styles from '../administration.module.css';

/** One of a few, with its name above and what it means below. */
export function Choice<V extends string>({
  label,
  hint,
  value,
  options,
  onChange,
}: {
  label: string;
  hint?: string;
  value: V;
  options: readonly SegmentedOption<V>[];
  onChange: (value: V) => void;
}) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <span id={id} className={styles.choiceLabel}>
        {label}
      </span>
      <Segmented labelledBy={id} value={value} options={options} onChange={onChange} />
      {hint ? <p className={styles.choiceHint}>{hint}</p> : null}
    </div>
  );
}
