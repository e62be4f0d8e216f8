import { IconCircleCheck, IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isOpen, type TicketState } from '#shared/domain/tickets/ticket.ts';
import { cx } from '../../ui/cx.ts';
import marks from '../../ui/DueMark.module.css';
import { DueMark } from '../../ui/DueMark.tsx';

/**
 * How the next time limit of a ticket stands, as symbol, words and colour: it runs, is close or over (`DueMark`),
 * stands while the ticket waits for the customer, or none is left.
 */
export function LimitMark({ ticket }: { ticket: { state: TicketState; dueAt: number | null } }) {
  const { state, dueAt } = ticket;
  if (dueAt !== null) return <DueMark dueAt={dueAt} done={state === 'closed'} />;
  return <NoLimitMark state={state} />;
}

function NoLimitMark({ state }: { state: TicketState }) {
  const { t } = useTranslation('serviceLevels');
  if (state === 'waiting') {
    return (
      <span className={cx(marks.mark, marks.onTime)} title={t('paused.hint')}>
        <IconPlayerPause size={14} aria-hidden="true" />
        {t('paused.short')}
      </span>
    );
  }
  if (!isOpen(state)) {
    return (
      <span className={cx(marks.mark, marks.done)}>
        <IconCircleCheck size={14} aria-hidden="true" />
        {t('common:due.done')}
      </span>
    );
  }
  return <span className="small">{t('fields:noDate')}</span>;
}
