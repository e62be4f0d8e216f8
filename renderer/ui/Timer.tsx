import { formatClock } from '../i18n/format.ts';
import { useNow } from './clock.ts';

/** A running clock `4:32` since a time; silent for screen readers. */
export function Timer({ since, className }: { since: number; className?: string | undefined }) {
  const now = useNow();
  return (
    <span role="timer" aria-live="off" className={className}>
      {formatClock(now - since)}
    </span>
  );
}

/** Time left until `until`, `0:12`; stays at `0:00`. */
export function Countdown({ until, className }: { until: number; className?: string | undefined }) {
  const now = useNow();
  return (
    <span role="timer" aria-live="off" className={className}>
      {formatClock(Math.max(0, until - now) + 999)}
    </span>
  );
}
