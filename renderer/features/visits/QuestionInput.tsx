import { useTranslation } from 'react-i18next';
import type { Question } from '#shared/domain/feedback/feedback.ts';
import type { Answers } from '#shared/domain/feedback/questionnaires.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { LongText } from '../fields/LongText.tsx';
import styles from './visits.module.css';

const scores = ['1', '2', '3', '4', '5'] as const;

/** One question as it is asked, with a place for the answer. */
export function QuestionInput({
  question,
  answer,
  wrong,
  onAnswer,
}: {
  question: Question;
  answer: Answers[string] | undefined;
  wrong: boolean;
  onAnswer: (answer: Answers[string]) => void;
}) {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const text = format.text(question.text);
  if (question.kind === 'text') {
    return (
      <LongText
        label={text}
        required={question.required}
        value={typeof answer === 'string' ? answer : ''}
        onChange={onAnswer}
        error={wrong ? t('needed') : null}
        testId={`answer-${question.id}`}
      />
    );
  }
  return (
    <fieldset
      className={styles.question}
      data-wrong={wrong}
      data-question={question.id}
      data-testid={`answer-${question.id}`}
    >
      <legend>
        {text}
        {question.required ? <span aria-hidden="true"> *</span> : null}
      </legend>
      <Choices question={question} answer={answer} text={text} onAnswer={onAnswer} />
      {wrong ? (
        <span className="small" role="alert">
          {t('needed')}
        </span>
      ) : null}
    </fieldset>
  );
}

function Choices({
  question,
  answer,
  text,
  onAnswer,
}: {
  question: Question;
  answer: Answers[string] | undefined;
  text: string;
  onAnswer: (answer: Answers[string]) => void;
}) {
  const { t } = useTranslation('visits');
  const format = useFormat();
  switch (question.kind) {
    case 'score':
      return (
        <Segmented
          label={text}
          value={scores.find((score) => score === String(answer)) ?? null}
          options={scores.map((score) => ({ value: score, label: t(`scores.${score}`) }))}
          onChange={(score) => onAnswer(Number(score))}
        />
      );
    case 'yesNo':
      return (
        <Segmented
          label={text}
          value={answer === true ? 'yes' : answer === false ? 'no' : null}
          options={[
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
          onChange={(word) => onAnswer(word === 'yes')}
        />
      );
    default:
      return (
        <Segmented
          label={text}
          value={typeof answer === 'string' ? answer : null}
          options={question.choices.map((choice) => ({
            value: choice.id,
            label: format.text(choice.text),
          }))}
          onChange={onAnswer}
        />
      );
  }
}
