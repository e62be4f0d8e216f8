import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintView } from '#shared/contract/methods/complaints.ts';
import type { TicketView } from '#shared/contract/models/records.ts';
import { type ComplaintStage, complaintStages } from '#shared/domain/tickets/complaint.ts';
import {
  type ComplaintText,
  complaintPriority,
  complaintTexts,
  missingForStage,
  stagesAhead,
} from '#shared/domain/tickets/complaintStages.ts';
import { type Level, levels } from '#shared/domain/tickets/ticket.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import { isTooLong, LongText } from '../fields/LongText.tsx';
import { useDraft } from '../fields/useDraft.ts';
import styles from './complaints.module.css';

type Texts = Record<ComplaintText, string>;

function textsOf(complaint: ComplaintView): Texts {
  const { remedySought, rootCause, correctiveAction } = complaint;
  return { remedySought, rootCause, correctiveAction };
}

function readTexts(stored: unknown): Partial<Texts> | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const entries = Object.entries(stored).filter(
    ([name, value]) => complaintTexts.some((one) => one === name) && typeof value === 'string',
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** What a complaint has beside its ticket (ISO 10002): what the customer wants, why it happened, how far it is. */
export function ComplaintSection({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('complaints');
  const query = useQuery('complaints.get', { ticketId: ticket.id }, ['complaint', 'ticket']);
  const [round, setRound] = useState(0);
  if (ticket.type !== 'complaint') return null;
  if (query.loading) return <Skeleton widths={[60, 40]} />;
  const complaint = query.data ?? notWritten(ticket);
  return (
    <section aria-label={t('section.title')} data-testid="complaint-section">
      <SectionHead title={t('section.title')} />
      {complaint.repeatOf ? (
        <p className="small">
          <a href={hrefOf('tickets', complaint.repeatOf)}>{t('section.repeats')}</a>
        </p>
      ) : null}
      <Levels complaint={complaint} />
      <WrittenTexts
        key={`${ticket.id} ${round}`}
        complaint={complaint}
        onSaved={() => setRound((count) => count + 1)}
      />
      <Stages complaint={complaint} />
    </section>
  );
}

/** Of tickets that came without one, such as by import. */
function notWritten(ticket: TicketView): ComplaintView {
  const { id, customerId, categoryId, createdAt, no, subject, state, closedAt, reopened } = ticket;
  return {
    ...{ id, ticketId: id, customerId, categoryId, createdAt, no, subject, state, closedAt },
    ...{ severity: 'medium', impact: ticket.impact ?? 'medium', remedySought: '', rootCause: '' },
    ...{ correctiveAction: '', stage: 'received', stagesAt: { received: createdAt }, reopened },
    ...{ repeatOf: null, customerName: ticket.customerName, ownerName: ticket.ownerName },
    ...{ firstVisit: null, waiting: false },
  };
}

function Levels({ complaint }: { complaint: ComplaintView }) {
  const { t } = useTranslation('complaints');
  const invoke = useInvoke();
  const mayWrite = useMayDo('tickets.write');
  const [failure, setFailure] = useState<Failure | null>(null);
  const { ticketId, severity, impact } = complaint;
  const change = async (part: { severity?: Level; impact?: Level }) => {
    const saved = await invoke('complaints.change', { ticketId, change: part });
    setFailure(saved.ok ? null : saved.error);
  };
  const options = levels.map((level) => ({ value: level, label: t(`levels.${level}`) }));
  const proposed = complaintPriority(severity, impact);
  return (
    <fieldset disabled={!mayWrite} className={styles.fields}>
      <FormFailure title={t('section.failed')} failure={failure} />
      <div className={styles.levels}>
        <div>
          <span className={styles.label} id={`severity-${ticketId}`}>
            {t('severity')}
          </span>
          <Segmented
            labelledBy={`severity-${ticketId}`}
            value={severity}
            options={options}
            onChange={(level) => void change({ severity: level })}
          />
        </div>
        <div>
          <span className={styles.label} id={`impact-${ticketId}`}>
            {t('impact')}
          </span>
          <Segmented
            labelledBy={`impact-${ticketId}`}
            value={impact}
            options={options}
            onChange={(level) => void change({ impact: level })}
          />
        </div>
      </div>
      <p className="small" data-testid="proposed-priority">
        {t('section.proposed', { priority: t(`fields:priorities.${proposed}`) })}
      </p>
    </fieldset>
  );
}

/** Texts, edited in place; what is typed is kept at every keystroke. */
function WrittenTexts({ complaint, onSaved }: { complaint: ComplaintView; onSaved: () => void }) {
  const { t } = useTranslation(['complaints', 'fields']);
  const invoke = useInvoke();
  const mayWrite = useMayDo('tickets.write');
  const [failure, setFailure] = useState<Failure | null>(null);
  const { ticketId } = complaint;
  const draft = useDraft<Partial<Texts>>(`complaint:${ticketId}`, {}, readTexts);
  useDirtyForm(`complaint:${ticketId}`, draft.dirty);
  const texts: Texts = { ...textsOf(complaint), ...draft.value };
  const changed = complaintTexts.filter((name) => texts[name] !== complaint[name]);
  const save = async () => {
    if (complaintTexts.some((name) => isTooLong(texts[name]))) return;
    const change = Object.fromEntries(changed.map((name) => [name, texts[name]]));
    const saved = await invoke('complaints.change', { ticketId, change });
    if (!saved.ok) return setFailure(saved.error);
    await draft.drop();
    onSaved();
  };
  return (
    <fieldset disabled={!mayWrite} className={styles.fields}>
      <FormFailure title={t('section.failed')} failure={failure} />
      {complaintTexts.map((name) => (
        <LongText
          key={name}
          label={t(name)}
          value={texts[name]}
          onChange={(text) => draft.change({ [name]: text })}
          testId={`complaint-${name}`}
        />
      ))}
      {changed.length > 0 ? (
        <div className={styles.actions}>
          <Button data-testid="complaint-save" onClick={() => void save()}>
            {t('common:actions.save')}
          </Button>
          <DraftMark draft={draft} />
        </div>
      ) : null}
    </fieldset>
  );
}

function Stages({ complaint }: { complaint: ComplaintView }) {
  const { t } = useTranslation('complaints');
  const format = useFormat();
  const invoke = useInvoke();
  const mayWrite = useMayDo('tickets.write');
  const [failure, setFailure] = useState<Failure | null>(null);
  const { ticketId, stagesAt, stage } = complaint;
  // The last one is reached when the ticket is closed.
  const next = stagesAhead(complaint).find((one) => one !== 'closed');
  const missing = next ? missingForStage(complaint, next) : [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was refused is of the stage before
  useEffect(() => setFailure(null), [stage]);
  const reach = async (to: ComplaintStage) => {
    const reached = await invoke('complaints.reach', { ticketId, stage: to });
    if (!reached.ok) setFailure(reached.error);
  };
  return (
    <div>
      <SectionHead title={t('section.stages')} />
      <FormFailure title={t('section.failed')} failure={failure} />
      <ol className={styles.stages}>
        {complaintStages.map((one) => {
          const at = stagesAt[one];
          const Icon = at === undefined ? IconCircle : IconCircleCheck;
          return (
            <li
              key={one}
              className={styles.stage}
              data-reached={at !== undefined}
              aria-current={one === stage ? 'step' : undefined}
            >
              <Icon size={16} aria-hidden="true" />
              <span className="grow">{t(`stages.${one}`)}</span>
              {at === undefined ? null : <span className="small">{format.moment(at)}</span>}
              {one === next && mayWrite ? (
                <Button size="sm" data-testid="complaint-reach" onClick={() => void reach(one)}>
                  {t('section.reach')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ol>
      {missing.length > 0 && next ? (
        <p className="small">
          {t('section.needs', {
            stage: t(`stages.${next}`),
            fields: missing.map((name) => t(name)).join(t('fields:comma')),
          })}
        </p>
      ) : null}
    </div>
  );
}
