import { IconTicket, IconX } from '@tabler/icons-react';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#shared/contract/contract.ts';
import type { JournalLine } from '#shared/contract/methods/journal.ts';
import { useQuery } from '../../app/bridge.tsx';
import { WrapUpEdit } from '../../app/features.ts';
import { goTo, hrefOf } from '../../app/routes.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { openCustomer } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { DueMark } from '../../ui/DueMark.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { DialNumber } from '../fields/DialNumber.tsx';
import { EditButton, SavedWrapUp, useEditableUntil } from '../wrapUp/SavedWrapUp.tsx';
import { CallTimeline } from './CallTimeline.tsx';
import { useCaller, useConfiguredNames } from './JournalRow.tsx';
import styles from './journal.module.css';
import { openJournal } from './journalFilter.ts';
import { RecordingPlayer } from './RecordingPlayer.tsx';
import { useResultWord } from './useResultWord.ts';

type Journey = OutputOf<'journal.journey'>;

function Facts({ part }: { part: JournalLine }) {
  const { t } = useTranslation(['journal', 'fields']);
  const format = useFormat();
  const names = useConfiguredNames();
  const nothing = t('detail.none');
  const clock = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? nothing : format.clock(ms);
  const { numberDisplay, customerId } = part;
  const facts: [string, string, ReactNode?][] = [
    [
      t('detail.number'),
      numberDisplay || t('common:numberWithheld'),
      numberDisplay ? (
        <DialNumber key="number" number={numberDisplay} customerId={customerId} />
      ) : undefined,
    ],
    [t('detail.queue'), names.queue(part.queueId) ?? nothing],
    [t('detail.agent'), part.agentName ?? nothing],
    [t('detail.ended'), part.endedBy ? t(`endedBy.${part.endedBy}`) : nothing],
    [t('detail.waited'), clock(part.waitedMs)],
    [t('detail.talk'), clock(part.talkMs)],
    [t('detail.held'), part.heldMs > 0 ? clock(part.heldMs) : nothing],
    [t('detail.afterCall'), clock(part.wrapUp?.afterCallMs)],
    ...(part.transferredTo
      ? [[t('detail.transferredTo'), part.transferredTo] satisfies [string, string]]
      : []),
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

/** Which of several agents' parts of one call is looked at. */
function Parts({
  parts,
  chosen,
  onChoose,
}: {
  parts: readonly JournalLine[];
  chosen: JournalLine;
  onChoose: (part: JournalLine) => void;
}) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const names = useConfiguredNames();
  const resultWord = useResultWord();
  if (parts.length < 2) return null;
  return (
    <div className={styles.block}>
      <SectionHead title={t('detail.parts')} count={parts.length} />
      <ul className={styles.parts}>
        {parts.map((part) => (
          <li key={part.id}>
            <button type="button" aria-pressed={part === chosen} onClick={() => onChoose(part)}>
              <span>{format.time(part.at)}</span>
              <span className="cut grow">
                {part.agentName ?? names.queue(part.queueId) ?? t('detail.none')}
              </span>
              <span className="small">
                {part.result === null ? t('running') : resultWord(part.result)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Head({ part, onClose }: { part: JournalLine; onClose: () => void }) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const callerOf = useCaller();
  const { customerId, customerName } = part;
  return (
    <header className={styles.detailHead}>
      <div className="row">
        <span className="muted">
          {t(`common:direction.${part.direction}`)} · {format.day(part.at)} {format.time(part.at)}
        </span>
        <span className="grow" />
        <IconButton
          label={t('detail.close')}
          icon={<IconX size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      </div>
      <h2 className={styles.name}>{callerOf(part)}</h2>
      {customerId === null ? null : (
        <div className="row">
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
          <Button
            size="sm"
            variant="ghost"
            onClick={() => openJournal({ customerId }, { period: 'quarter', customerName })}
          >
            {t('detail.callsOfCustomer')}
          </Button>
        </div>
      )}
    </header>
  );
}

function Body({
  journey,
  part,
  onChanged,
}: {
  journey: Journey;
  part: JournalLine;
  onChanged: () => void;
}) {
  const { t } = useTranslation('journal');
  const mayPlay = useMayDo('recordings.play');
  const [editing, setEditing] = useState(false);
  const until = useEditableUntil(part.wrapUp);
  return (
    <>
      {journey.recorded && mayPlay ? <RecordingPlayer callRef={part.callRef} /> : null}
      <div className={styles.block}>
        <Facts part={part} />
      </div>
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
      <CallTimeline events={journey.events} />
      {journey.origin === 'desk' ? (
        <p className={cx('small', styles.block)}>{t('timeline.atCentre')}</p>
      ) : null}
    </>
  );
}

/** One call beside the list: every agent's part of it, what happened when, what came of it. */
export function JournalDetail({
  callRef,
  callId,
  mark = '',
  onClose,
}: {
  callRef: string;
  /** The part to begin with; null: the first that was answered. */
  callId: string | null;
  /** Another word when the list shows something new of the call. */
  mark?: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('journal');
  const failureText = useFailureText();
  const answer = useQuery('journal.journey', { callRef });
  const [chosenId, setChosenId] = useState(callId);
  const { reload } = answer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another mark stands for news of the call
  useEffect(() => reload(), [mark, reload]);
  const parts = answer.data?.parts ?? [];
  const part =
    parts.find((one) => one.id === chosenId) ??
    parts.find(({ result }) => result === 'answered') ??
    parts[0];
  return (
    <section className={styles.detail} aria-label={t('detail.region')} data-testid="journal-detail">
      {part ? (
        <Head part={part} onClose={onClose} />
      ) : (
        <header className={styles.detailHead}>
          <div className="row">
            <span className="grow" />
            <IconButton
              label={t('detail.close')}
              icon={<IconX size={16} aria-hidden="true" />}
              onClick={onClose}
            />
          </div>
        </header>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <div className={cx('scroll', styles.detailBody)} tabIndex={0}>
        {answer.loading ? <Skeleton widths={[60, 40, 70]} /> : null}
        {answer.failure ? (
          <p className={cx('tone-error', styles.block)} role="alert">
            {failureText(answer.failure)}
          </p>
        ) : null}
        {answer.data && part ? (
          <>
            <Parts parts={parts} chosen={part} onChoose={({ id }) => setChosenId(id)} />
            <Body key={part.id} journey={answer.data} part={part} onChanged={reload} />
          </>
        ) : null}
        {answer.data && !part ? <CallTimeline events={answer.data.events} /> : null}
      </div>
    </section>
  );
}
