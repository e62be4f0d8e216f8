import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitView } from '#shared/contract/methods/feedback.ts';
import { unanswered } from '#shared/domain/feedback/questionnaires.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { tell, useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { DueMark } from '../../ui/DueMark.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { isTooLong, LongText } from '../fields/LongText.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { ListFailed } from '../tickets/ListStates.tsx';
import { CallingLine } from './CallingLine.tsx';
import { NotReached } from './NotReached.tsx';
import { QuestionInput } from './QuestionInput.tsx';
import { SheetAnswers } from './SheetAnswers.tsx';
import { emptyVisit, readVisit } from './visitDraft.ts';
import styles from './visits.module.css';

/** A return visit: call, ask, write down what the customer says; the ticket closes or is opened again. */
export function VisitPanel({ taskId, onDone }: { taskId: string; onDone: () => void }) {
  const { t } = useTranslation('visits');
  const visit = useQuery('visits.get', { taskId }, ['task', 'ticket', 'customer', 'questionnaire']);
  if (visit.failure) {
    return <ListFailed title={t('failed')} failure={visit.failure} onAgain={visit.reload} />;
  }
  if (!visit.data) return <Skeleton widths={[60, 80, 40]} />;
  if (visit.data.task.state !== 'open') return <VisitOver visit={visit.data} onDone={onDone} />;
  return <VisitForm key={taskId} visit={visit.data} onDone={onDone} />;
}

function About({ visit }: { visit: VisitView }) {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { ticket, task, tries, mostTries } = visit;
  return (
    <div className={styles.facts}>
      <p>
        <a href={hrefOf('tickets', ticket.id)}>
          {[ticket.no ?? t('common:numberFollows'), ticket.subject].join(' · ')}
        </a>
      </p>
      {ticket.resolution ? (
        <p className="muted">{t('resolved', { resolution: ticket.resolution })}</p>
      ) : null}
      <p className={styles.actions}>
        <DueMark dueAt={task.dueAt} done={task.state !== 'open'} />
        <span className="small">
          {[
            format.moment(task.dueAt),
            task.ownerName,
            t('tries', { count: tries, most: mostTries }),
          ].join(' · ')}
        </span>
      </p>
      {task.notes ? <p className="muted">{task.notes}</p> : null}
    </div>
  );
}

function VisitOver({ visit, onDone }: { visit: VisitView; onDone: () => void }) {
  const { t } = useTranslation('visits');
  const { task, sheet } = visit;
  return (
    <FormFrame
      label={t('title')}
      testId="visit-over"
      title={t('title')}
      note={task.customerName}
      foot={
        <Button variant="ghost" onClick={onDone}>
          {t('common:actions.close')}
        </Button>
      }
    >
      <About visit={visit} />
      <p className="medium">
        {sheet
          ? t(`outcomes.${sheet.outcome}`)
          : t(task.state === 'cancelled' ? 'notNeeded' : 'unreachable')}
      </p>
      {sheet ? <SheetAnswers sheet={sheet} /> : null}
    </FormFrame>
  );
}

function VisitForm({ visit, onDone }: { visit: VisitView; onDone: () => void }) {
  const { t } = useTranslation(['visits', 'fields']);
  const format = useFormat();
  const invoke = useInvoke();
  const mayWrite = useMayDo('tickets.write');
  const { task, questionnaire } = visit;
  const draft = useDraft(`visit:${task.id}`, emptyVisit, readVisit);
  useDirtyForm(`visit:${task.id}`, draft.dirty);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const { answers, outcome, note, callId } = draft.value;
  const questions = questionnaire?.questions ?? [];
  const missing = unanswered(questions, answers);
  const needsNote = outcome === 'unsatisfied' && note.trim() === '';
  const left = missing.length + (outcome === null ? 1 : 0) + (needsNote ? 1 : 0);

  const save = async () => {
    if (saving || !mayWrite || !draft.ready) return;
    setTried(true);
    if (left > 0 || outcome === null) return focusFirst(form.current, missing[0], outcome === null);
    if (isTooLong(note)) return;
    setSaving(true);
    const saved = await invoke('visits.answer', {
      taskId: task.id,
      answers,
      outcome,
      note,
      callId,
    });
    setSaving(false);
    if (!saved.ok) return setFailure(saved.error);
    await draft.drop();
    tell(t(`told.${outcome}`));
    onDone();
  };
  useShortcut('work.save', () => void save());

  return (
    <FormFrame
      label={t('title')}
      testId="visit-form"
      title={t('title')}
      note={task.customerName}
      mark={<DraftMark draft={draft} />}
      formRef={form}
      onBlur={draft.flush}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('work.save')}
            disabled={!mayWrite}
            data-testid="visit-save"
            onClick={() => void save()}
          >
            {saving ? t('fields:saving') : t('save')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={tried ? left : 0} />
          <Button variant="ghost" onClick={onDone}>
            {t('common:actions.close')}
          </Button>
        </>
      }
    >
      <FormFailure title={t('notSaved')} failure={failure} />
      <About visit={visit} />
      <CallingLine
        calling={visit.calling}
        customerId={task.customerId}
        onDialled={(id) => draft.change({ callId: id })}
      />
      {questionnaire ? (
        <p className={styles.script}>{format.text(questionnaire.greeting)}</p>
      ) : null}
      <div className={styles.questions}>
        {questions.map((question) => (
          <QuestionInput
            key={question.id}
            question={question}
            answer={answers[question.id]}
            wrong={tried && missing.includes(question.id)}
            onAnswer={(answer) => draft.change({ answers: { ...answers, [question.id]: answer } })}
          />
        ))}
      </div>
      <div className={styles.outcome}>
        <fieldset
          className={styles.question}
          data-wrong={tried && outcome === null}
          data-question="outcome"
        >
          <legend>{t('outcome')} *</legend>
          <Segmented
            label={t('outcome')}
            value={outcome}
            options={[
              { value: 'satisfied', label: t('outcomes.satisfied') },
              { value: 'unsatisfied', label: t('outcomes.unsatisfied') },
            ]}
            onChange={(word) => draft.change({ outcome: word })}
          />
        </fieldset>
        {outcome ? <p className="small">{t(`leadsTo.${outcome}`)}</p> : null}
        <LongText
          label={t('note')}
          required={outcome === 'unsatisfied'}
          value={note}
          onChange={(text) => draft.change({ note: text })}
          error={tried && needsNote ? t('noteNeeded') : null}
          testId="visit-note"
        />
      </div>
      <NotReached visit={visit} callId={callId} note={note} onSaved={draft.drop} onDone={onDone} />
    </FormFrame>
  );
}

function focusFirst(
  form: HTMLFormElement | null,
  missing: string | undefined,
  noOutcome: boolean,
): void {
  const name = missing ?? (noOutcome ? 'outcome' : null);
  const field = name === null ? null : form?.querySelector(`[data-question="${CSS.escape(name)}"]`);
  const box =
    field ?? form?.querySelector(`[data-testid="${name ? `answer-${name}` : 'visit-note'}"]`);
  const input = box?.matches('textarea') ? box : box?.querySelector('input');
  if (input instanceof HTMLElement) input.focus();
}
