import { useTranslation } from 'react-i18next';
import { formatClock } from '../i18n/format.ts';
import { useNow } from './clock.ts';
import { cx } from './cx.ts';

/** What is left of a break with a limit, or by how much it is over. */
export function BreakLeft({
  endsAt,
  bare = false,
  className,
}: {
  endsAt: number;
  /** Only the clock, where there is no room for words. */
  bare?: boolean;
  className?: string | undefined;
}) {
  const { t } = useTranslation('common');
  const now = useNow();
  const left = endsAt - now;
  const over = left < 0;
  const time = formatClock(over ? -left : left + 999);
  return (
    <span
      role="timer"
      aria-live="off"
      className={cx(className, over && 'tone-error', over && 'strong')}
      data-testid="break-left"
      data-over={over}
    >
      {bare ? `${over ? '+' : ''}${time}` : t(over ? 'breakOver' : 'breakLeft', { time })}
    </span>
  );
}
