import { Checkbox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionnaireView } from '#shared/contract/methods/feedback.ts';
import { type Question, questionnaireSchema } from '#shared/domain/feedback/feedback.ts';
import { type Answers, faultsOf, isOtherEdition } from '#shared/domain/feedback/questionnaires.ts';
import type { Bilingual } from '#shared/domain/text/text.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useRun } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { tell, useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { QuestionInput } from '../visits/QuestionInput.tsx';
import { BilingualField } from './BilingualField.tsx';
import styles from './feedback.module.css';
import { newQuestion, QuestionFields } from './QuestionFields.tsx';

interface Edited {
  name: Bilingual;
  greeting: Bilingual;
  questions: Question[];
  active: boolean;
}

const blank = { en: '', 'zh-CN': '' };
const editedSchema = questionnaireSchema.pick({
  name: true,
  greeting: true,
  questions: true,
  active: true,
});

function readEdited(stored: unknown): Partial<Edited> | null {
  const read = editedSchema.partial().safeParse(stored);
  if (!read.success) return null;
  const given = Object.entries(read.data).filter(([, value]) => value !== undefined);
  return given.length === 0 ? null : Object.fromEntries(given);
}

/** Questions in both languages, in their order, with what they will look like. Other questions are another edition. */
export function QuestionnaireEditor({
  questionnaire,
  onDone,
}: {
  questionnaire: QuestionnaireView | null;
  onDone: () => void;
}) {
  const { t } = useTranslation('feedback');
  const invoke = useInvoke();
  const run = useRun();
  const key = `questionnaire:${questionnaire?.id ?? 'new'}`;
  const initial: Edited = questionnaire ?? {
    ...{ name: blank, greeting: blank, active: true },
    questions: [newQuestion()],
  };
  const draft = useDraft<Edited>(key, initial, readEdited);
  useDirtyForm(key, draft.dirty);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { name, greeting, questions, active } = draft.value;
  const faults = faultsOf(draft.value);
  const setQuestions = (next: Question[]) => draft.change({ questions: next });
  const move = (at: number, by: 1 | -1) => {
    const moved = questions[at];
    if (moved) setQuestions(questions.toSpliced(at, 1).toSpliced(at + by, 0, moved));
  };

  const save = async () => {
    setTried(true);
    if (faults.length > 0) return;
    const saved = await invoke('feedback.save', {
      ...{ id: questionnaire?.id ?? null, name, greeting, questions, active },
    });
    if (!saved.ok) return setFailure(saved.error);
    await draft.drop();
    tell(t('saved', { edition: saved.value.edition }));
    onDone();
  };
  useShortcut('work.save', () => void save());
  const retire = async () => {
    if (!questionnaire || !(await run('feedback.retire', { id: questionnaire.id }))) return;
    await draft.drop();
    onDone();
  };

  return (
    <FormFrame
      label={t('editor')}
      testId="questionnaire-editor"
      title={t(questionnaire ? 'editor' : 'new')}
      mark={<DraftMark draft={draft} />}
      onBlur={draft.flush}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('work.save')}
            data-testid="questionnaire-save"
            onClick={() => void save()}
          >
            {t('common:actions.save')}
          </Button>
          <FieldsLeft count={tried ? faults.length : 0} />
          <span className="grow" />
          {questionnaire ? (
            <Button variant="ghost" onClick={() => void retire()}>
              {t('retire')}
            </Button>
          ) : null}
          <Button variant="ghost" onClick={onDone}>
            {t('common:actions.close')}
          </Button>
        </>
      }
    >
      <FormFailure title={t('notSaved')} failure={failure} />
      <div className={styles.fields}>
        <BilingualField
          label={t('name')}
          value={name}
          wrong={tried}
          testId="questionnaire-name"
          onChange={(next) => draft.change({ name: next })}
        />
        <BilingualField
          label={t('greeting')}
          value={greeting}
          testId="questionnaire-greeting"
          onChange={(next) => draft.change({ greeting: next })}
        />
        <Checkbox
          label={t('active')}
          checked={active}
          onChange={(event) => draft.change({ active: event.currentTarget.checked })}
        />
        {questionnaire && isOtherEdition(questionnaire, draft.value) ? (
          <p className="small" role="status">
            {t('otherEdition', { edition: questionnaire.edition + 1 })}
          </p>
        ) : null}
        <ol className={styles.fields}>
          {questions.map((question, at) => (
            <QuestionFields
              key={question.id}
              question={question}
              place={at}
              last={at === questions.length - 1}
              tried={tried}
              onChange={(next) => setQuestions(questions.with(at, next))}
              onMove={(by) => move(at, by)}
              onRemove={() => setQuestions(questions.toSpliced(at, 1))}
            />
          ))}
        </ol>
        <p>
          <Button
            size="sm"
            icon={<IconPlus size={14} aria-hidden="true" />}
            disabled={questions.length >= 50}
            data-testid="question-add"
            onClick={() => setQuestions([...questions, newQuestion()])}
          >
            {t('addQuestion')}
          </Button>
        </p>
        <Preview edited={draft.value} />
      </div>
    </FormFrame>
  );
}

/** As the agent will see it; answers given here go nowhere. */
function Preview({ edited }: { edited: Edited }) {
  const { t } = useTranslation('feedback');
  const format = useFormat();
  const [answers, setAnswers] = useState<Answers>({});
  return (
    <section aria-label={t('preview')}>
      <SectionHead title={t('preview')} />
      <div className={styles.preview}>
        <p>{format.text(edited.greeting)}</p>
        {edited.questions.map((question) => (
          <QuestionInput
            key={question.id}
            question={question}
            answer={answers[question.id]}
            wrong={false}
            onAnswer={(answer) => setAnswers((now) => ({ ...now, [question.id]: answer }))}
          />
        ))}
      </div>
    </section>
  );
}
