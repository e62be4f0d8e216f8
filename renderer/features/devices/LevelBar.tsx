import { useCallback, useRef } from 'react';
import styles from './DevicesPage.module.css';
import { type Levels, useLevels } from './useLevels.ts';

/** How loud it is now. It is painted beside React: twenty times a second nothing else need be looked at. */
export function LevelBar({ of, label }: { of: keyof Levels; label: string }) {
  const bar = useRef<HTMLMeterElement>(null);
  useLevels(
    useCallback(
      (levels) => {
        if (bar.current) bar.current.value = levels[of];
      },
      [of],
    ),
  );
  return (
    <meter
      ref={bar}
      className={styles.level}
      aria-label={label}
      min={0}
      max={1}
      data-testid={`level-${of}`}
    />
  );
}
