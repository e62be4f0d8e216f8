import { IconPhoneCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import { useQuery } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { goTo } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { DueMark } from '../../ui/DueMark.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { SheetAnswers } from './SheetAnswers.tsx';
import styles from './visits.module.css';

/** Return visits of a ticket: the one that is due, and what the customer said before. */
export function VisitSection({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { data } = useQuery('visits.ofTicket', { ticketId: ticket.id }, ['task', 'answerSheet']);
  const open = data?.visits.find(({ state }) => state === 'open') ?? null;
  useShortcut('work.visit', () => open && goTo('tasks', open.id), open !== null);
  if (!data || data.visits.length + data.sheets.length === 0) return null;
  return (
    <section aria-label={t('section')} data-testid="visit-section">
      <SectionHead
        title={t('section')}
        action={
          open ? (
            <Button
              size="sm"
              icon={<IconPhoneCheck size={14} aria-hidden="true" />}
              keys={keysOf('work.visit')}
              data-testid="visit-open"
              onClick={() => goTo('tasks', open.id)}
            >
              {t('start')}
            </Button>
          ) : undefined
        }
      />
      {open ? (
        <p className={styles.actions}>
          <DueMark dueAt={open.dueAt} />
          <span>{open.ownerName}</span>
          <span className="small">{t('attempts', { count: open.attempts.length })}</span>
        </p>
      ) : null}
      {data.sheets.map((sheet) => (
        <div key={sheet.id} className={styles.fields}>
          <p className="medium">
            {t(`outcomes.${sheet.outcome}`)}{' '}
            <span className="small">
              {format.moment(sheet.at)} · {sheet.byName}
            </span>
          </p>
          <SheetAnswers sheet={sheet} />
        </div>
      ))}
    </section>
  );
}
