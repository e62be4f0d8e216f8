import { useId } from 'react';
import { Segmented, type SegmentedOption } from '../../ui/Segmented.tsx';
import styles from './importing.module.css';

/** A radio group in one row below its visible label. */
export function LabelledChoice<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: V;
  options: readonly SegmentedOption<V>[];
  onChange: (value: V) => void;
}) {
  const id = useId();
  return (
    <div className={styles.labelled}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      <Segmented labelledBy={id} value={value} options={options} onChange={onChange} />
    </div>
  );
}
