import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconHourglass,
  IconPlayerPause,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import {
  type LimitState,
  limitsUnder,
  policyFor,
} from '#shared/domain/serviceLevels/serviceLevels.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { usePart } from '../../store/desk.ts';
import { useNow } from '../../ui/clock.ts';
import { cx } from '../../ui/cx.ts';
import marks from '../../ui/DueMark.module.css';
import styles from './serviceLevels.module.css';

const tones = {
  running: marks.onTime,
  close: marks.close,
  late: marks.late,
  paused: marks.onTime,
  met: marks.done,
} as const;
const icons = {
  running: IconClock,
  close: IconHourglass,
  late: IconAlertTriangle,
  paused: IconPlayerPause,
  met: IconCircleCheck,
} as const;

function standOf({ state, warnAt }: LimitState, now: number): keyof typeof icons {
  if (state === 'breached') return 'late';
  if (state === 'running') return now > warnAt ? 'close' : 'running';
  return state;
}

/** All time limits of a ticket with how each stands, ticking. Nothing where no policy fits. */
export function ServiceLimits({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('serviceLevels');
  const format = useFormat();
  const levels = usePart('serviceLevels');
  const now = useNow();
  if (!levels) return null;
  const customerClass = ticket.customerClass ?? null;
  const policy = policyFor(levels, ticket, customerClass);
  const limits = limitsUnder(levels, ticket, customerClass, now);
  if (limits.length === 0) return null;
  return (
    <dl
      className={styles.limits}
      data-testid="service-limits"
      title={policy ? t('policyIs', { name: format.text(policy.name) }) : undefined}
    >
      {limits.map((limit) => {
        const stand = standOf(limit, now);
        const Icon = icons[stand];
        return (
          <div key={limit.limit} data-state={limit.state}>
            <dt>{t(`limits.${limit.limit}`)}</dt>
            <dd>
              <span
                className={cx(marks.mark, tones[stand])}
                title={`${format.day(limit.dueAt)} ${format.time(limit.dueAt)}`}
              >
                <Icon size={14} aria-hidden="true" />
                {wordsOf(limit, now)}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );

  function wordsOf({ state, dueAt, metAt, remainingMs }: LimitState, at: number): string {
    if (state === 'met') return t('stands.met', { when: format.moment(metAt ?? at) });
    if (metAt !== null) return t('stands.metLate', { when: format.moment(metAt) });
    if (state === 'paused') return t('stands.paused', { left: format.left(remainingMs) });
    return format.left(dueAt - at);
  }
}
