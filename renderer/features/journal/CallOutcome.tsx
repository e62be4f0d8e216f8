import { IconTicket } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalLine } from '#shared/contract/methods/journal.ts';
import { WrapUpEdit } from '../../app/features.ts';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { DueMark } from '../../ui/DueMark.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { EditButton, SavedWrapUp, useEditableUntil } from '../wrapUp/SavedWrapUp.tsx';
import { useConfiguredNames } from './JournalRow.tsx';
import styles from './journal.module.css';
import { useResultWord } from './useResultWord.ts';

function Conclusion({ part, onEdit }: { part: JournalLine; onEdit: (() => void) | null }) {
  const { t } = useTranslation(['journal', 'fields']);
  const format = useFormat();
  const names = useConfiguredNames();
  const resultWord = useResultWord();
  const { wrapUp, result, callId } = part;
  if (callId === null && !wrapUp) return null;
  return (
    <div className={styles.block}>
      <SectionHead
        title={t('columns.conclusion')}
        {...(wrapUp ? { count: t('detail.savedAt', { time: format.moment(wrapUp.savedAt) }) } : {})}
        {...(onEdit ? { action: <EditButton onClick={onEdit} /> } : {})}
      />
      {wrapUp ? (
        <>
          <div className="row">
            <span className="cut grow">{names.disposition(wrapUp.dispositionId, true)}</span>
            <Pill tone="accent">{t(`fields:results.${wrapUp.result}`)}</Pill>
          </div>
          <p className={wrapUp.notes ? styles.notes : 'small'} data-testid="journal-notes">
            {wrapUp.notes || t('detail.noNotes')}
          </p>
          <SavedWrapUp wrapUp={wrapUp} dispositionName={(id) => names.disposition(id, true)} />
        </>
      ) : (
        <p className="small">
          {result === null ? t('running') : null}
          {result === 'answered' ? t('notWrappedUp') : null}
          {result !== null && result !== 'answered' ? resultWord(result) : null}
        </p>
      )}
    </div>
  );
}

function Tickets({ part }: { part: JournalLine }) {
  const { t } = useTranslation(['journal', 'fields']);
  return (
    <div className={styles.block}>
      <SectionHead title={t('detail.tickets')} count={part.tickets.length} />
      {part.tickets.length === 0 ? <p className="small">{t('detail.noTickets')}</p> : null}
      <ul>
        {part.tickets.map((ticket) => (
          <li key={ticket.id} className={styles.ticketRow}>
            <a href={hrefOf('tickets', ticket.id)}>
              <Pill tone="accent" icon={<IconTicket size={14} aria-hidden="true" />}>
                {ticket.no ?? t('common:numberFollows')}
              </Pill>
            </a>
            <span className="cut" title={ticket.subject}>
              {ticket.subject}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function FollowUp({ part: { followUp } }: { part: JournalLine }) {
  const { t } = useTranslation('journal');
  return (
    <div className={styles.block}>
      <SectionHead title={t('detail.followUp')} />
      {followUp ? (
        <div className="row">
          <span className="cut grow" title={followUp.title}>
            {followUp.title}
          </span>
          <span className="small">{followUp.ownerName}</span>
          <DueMark dueAt={followUp.dueAt} done={followUp.state !== 'open'} />
        </div>
      ) : (
        <p className="small">{t('detail.noFollowUp')}</p>
      )}
    </div>
  );
}

/** What came of an agent's part of a call: the wrap-up, which may be changed for a while, tickets, follow-up. */
export function CallOutcome({ part, onChanged }: { part: JournalLine; onChanged: () => void }) {
  const [editing, setEditing] = useState(false);
  const until = useEditableUntil(part.wrapUp);
  return (
    <>
      <Conclusion part={part} onEdit={until === null ? null : () => setEditing(true)} />
      {editing && part.wrapUp ? (
        <Suspense fallback={null}>
          <WrapUpEdit
            wrapUp={part.wrapUp}
            until={until ?? part.wrapUp.savedAt}
            onDone={() => {
              setEditing(false);
              onChanged();
            }}
          />
        </Suspense>
      ) : null}
      <Tickets part={part} />
      <FollowUp part={part} />
    </>
  );
}
