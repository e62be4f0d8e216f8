import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Question, questionKinds } from '#shared/domain/feedback/feedback.ts';
import { newId } from '#shared/domain/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { BilingualField } from './BilingualField.tsx';
import styles from './feedback.module.css';

const blank = { en: '', 'zh-CN': '' };

export function newQuestion(): Question {
  return { id: newId(), kind: 'score', text: blank, choices: [], required: true };
}

const newChoice = () => ({ id: newId(), text: blank });

/** One question of a questionnaire, its kind, its choices, and its place among the others. */
export function QuestionFields({
  question,
  place,
  last,
  tried,
  onChange,
  onMove,
  onRemove,
}: {
  question: Question;
  /** From 0. */
  place: number;
  last: boolean;
  tried: boolean;
  onChange: (question: Question) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('feedback');
  const { kind, text, choices, required } = question;
  const change = (part: Partial<Question>) => onChange({ ...question, ...part });
  const chooseKind = (next: Question['kind']) =>
    change({
      kind: next,
      choices: next === 'choice' ? (choices.length > 0 ? choices : [newChoice(), newChoice()]) : [],
    });
  return (
    <li className={styles.question} data-testid="question">
      <div className={styles.actions}>
        <span className="medium grow">{t('question', { number: place + 1 })}</span>
        <IconButton
          label={t('up')}
          icon={<IconArrowUp size={16} aria-hidden="true" />}
          disabled={place === 0}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={t('down')}
          icon={<IconArrowDown size={16} aria-hidden="true" />}
          disabled={last}
          onClick={() => onMove(1)}
        />
        <IconButton
          label={t('remove')}
          icon={<IconTrash size={16} aria-hidden="true" />}
          onClick={onRemove}
        />
      </div>
      <BilingualField
        label={t('text')}
        value={text}
        wrong={tried}
        testId="question-text"
        onChange={(next) => change({ text: next })}
      />
      <div className={styles.kind}>
        <Field label={t('kind')}>
          {(control) => (
            <Select
              {...control}
              data-testid="question-kind"
              value={kind}
              options={questionKinds.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
              onChoose={chooseKind}
            />
          )}
        </Field>
        <Checkbox
          label={t('required')}
          checked={required}
          onChange={(event) => change({ required: event.currentTarget.checked })}
        />
      </div>
      {kind === 'choice' ? (
        <>
          {choices.map((choice, at) => (
            <div key={choice.id} className={styles.actions}>
              <div className="grow">
                <BilingualField
                  label={t('choice', { number: at + 1 })}
                  value={choice.text}
                  wrong={tried}
                  testId={`choice-${at}`}
                  onChange={(next) =>
                    change({ choices: choices.with(at, { ...choice, text: next }) })
                  }
                />
              </div>
              <IconButton
                label={t('remove')}
                icon={<IconTrash size={16} aria-hidden="true" />}
                disabled={choices.length <= 2}
                onClick={() => change({ choices: choices.toSpliced(at, 1) })}
              />
            </div>
          ))}
          <p>
            <Button
              size="sm"
              icon={<IconPlus size={14} aria-hidden="true" />}
              disabled={choices.length >= 20}
              onClick={() => change({ choices: [...choices, newChoice()] })}
            >
              {t('addChoice')}
            </Button>
          </p>
        </>
      ) : null}
    </li>
  );
}
