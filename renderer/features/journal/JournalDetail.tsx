import { IconTicket, IconX } from '@tabler/icons-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '#shared/contract/models.ts';
import { WrapUpEdit } from '../../app/features.ts';
import { goTo, hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { openCustomer } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { DueMark } from '../../ui/DueMark.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { DialNumber } from '../fields/DialNumber.tsx';
import table from '../tickets/tickets.module.css';
import { EditButton, SavedWrapUp, useEditableUntil } from '../wrapUp/SavedWrapUp.tsx';
import { useCaller, useConfiguredNames } from './JournalRow.tsx';
import styles from './journal.module.css';

function Facts({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation(['journal', 'fields']);
  const format = useFormat();
  const names = useConfiguredNames();
  const nothing = t('detail.none');
  const clock = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? nothing : format.clock(ms);
  const { numberDisplay, customerId } = entry;
  const facts: [string, string, ReactNode?][] = [
    [
      t('detail.number'),
      numberDisplay || t('common:numberWithheld'),
      numberDisplay ? (
        <DialNumber key="number" number={numberDisplay} customerId={customerId} />
      ) : undefined,
    ],
    [t('detail.queue'), names.queue(entry.queueId) ?? nothing],
    [t('detail.agent'), entry.agentName ?? nothing],
    [t('detail.ended'), entry.endedBy ? t(`endedBy.${entry.endedBy}`) : nothing],
    [t('detail.waited'), clock(entry.waitedMs)],
    [t('detail.talk'), clock(entry.talkMs)],
    [t('detail.afterCall'), clock(entry.wrapUp?.afterCallMs)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value, shown = value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="cut" title={value}>
            {shown}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Conclusion({ entry, onEdit }: { entry: JournalEntry; onEdit: (() => void) | null }) {
  const { t } = useTranslation(['journal', 'fields']);
  const format = useFormat();
  const names = useConfiguredNames();
  const { wrapUp } = entry;
  return (
    <div className={table.block}>
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
          {entry.result === 'answered' || entry.result === null
            ? t(entry.result === null ? 'running' : 'notWrappedUp')
            : t(`common:callResult.${entry.result}`)}
        </p>
      )}
    </div>
  );
}

function Tickets({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation(['journal', 'fields']);
  return (
    <div className={table.block}>
      <SectionHead title={t('detail.tickets')} count={entry.tickets.length} />
      {entry.tickets.length === 0 ? <p className="small">{t('detail.noTickets')}</p> : null}
      <ul>
        {entry.tickets.map((ticket) => (
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

/** One call beside the list: facts, what was concluded, its tickets and its follow-up. */
export function JournalDetail({ entry, onClose }: { entry: JournalEntry; onClose: () => void }) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const caller = useCaller()(entry);
  const { customerId, followUp, wrapUp } = entry;
  const [editing, setEditing] = useState(false);
  const until = useEditableUntil(wrapUp);
  return (
    <section className={styles.detail} aria-label={t('detail.region')} data-testid="journal-detail">
      <header className={table.detailHead}>
        <div className="row">
          <span className="muted">
            {t(`common:direction.${entry.direction}`)} · {format.day(entry.at)}{' '}
            {format.time(entry.at)}
          </span>
          <span className="grow" />
          <IconButton
            label={t('detail.close')}
            icon={<IconX size={16} aria-hidden="true" />}
            onClick={onClose}
          />
        </div>
        <h2 className={styles.name}>{caller}</h2>
        {customerId === null ? null : (
          <Button
            size="sm"
            data-testid="journal-open-customer"
            onClick={() => {
              openCustomer(customerId);
              goTo('desk');
            }}
          >
            {t('detail.openCustomer')}
          </Button>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <div className={cx('scroll', styles.detailBody)} tabIndex={0}>
        <div className={table.block}>
          <Facts entry={entry} />
        </div>
        <Conclusion entry={entry} onEdit={until === null ? null : () => setEditing(true)} />
        {editing && wrapUp ? (
          <Suspense fallback={null}>
            <WrapUpEdit
              wrapUp={wrapUp}
              until={until ?? wrapUp.savedAt}
              onDone={() => setEditing(false)}
            />
          </Suspense>
        ) : null}
        <Tickets entry={entry} />
        <div className={table.block}>
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
      </div>
    </section>
  );
}
