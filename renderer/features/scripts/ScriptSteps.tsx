import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScriptNode } from '#shared/domain/knowledge/knowledge.ts';
import type { ScriptStep } from '#shared/domain/knowledge/scriptFlow.ts';
import { useKeys } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import fields from '../fields/fields.module.css';
import styles from './scripts.module.css';

const digitsShown = 9;

/** What was answered so far, a word each. */
export function Trail({
  nodes,
  steps,
}: {
  nodes: readonly ScriptNode[];
  steps: readonly ScriptStep[];
}) {
  const format = useFormat();
  if (steps.length === 0) return null;
  return (
    <ol className={styles.trail} data-testid="script-trail">
      {steps.map((step, index) => {
        const node = nodes.find(({ id }) => id === step.nodeId);
        const answer = node?.answers.find(({ id }) => id === step.answerId);
        const words = [answer ? format.text(answer.text) : '', step.text]
          .filter((part) => part.trim() !== '')
          .join(': ');
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a loop passes a node twice
          <li key={`${step.nodeId}/${index}`} title={node ? format.text(node.say) : ''}>
            {words === '' ? '✓' : words}
          </li>
        );
      })}
    </ol>
  );
}

/** The node that stands open: what to say, what can be answered. */
export function Step({
  node,
  text,
  bound,
  onText,
  onAnswer,
}: {
  node: ScriptNode;
  text: string;
  /** Alt and a digit answer it. */
  bound: boolean;
  onText: (text: string) => void;
  onAnswer: (answerId: string | null) => void;
}) {
  const { t } = useTranslation('scripts');
  const format = useFormat();
  const pick = (digit: number) => {
    const answer = node.answers[digit - 1];
    if (answer) onAnswer(answer.id);
    else if (node.answers.length === 0 && digit === 1) onAnswer(null);
  };
  useKeys(
    Array.from({ length: digitsShown }, (_, index) => `Alt+${index + 1}`),
    (_event, keys) => pick(Number(keys.slice(-1))),
    bound,
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLTextAreaElement;
    if (typing || event.altKey || event.ctrlKey || !/^[1-9]$/.test(event.key)) return;
    event.preventDefault();
    pick(Number(event.key));
  };
  return (
    <section aria-label={t('run.step')} onKeyDown={onKeyDown}>
      <p className={styles.say} data-testid="script-say">
        {format.text(node.say)}
      </p>
      {node.asksText ? (
        <textarea
          className={fields.area}
          aria-label={t('run.words')}
          placeholder={t('run.words')}
          data-testid="script-text"
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      ) : null}
      <ul className={styles.answers}>
        {node.answers.map((answer, index) => (
          <li key={answer.id}>
            <Button
              className={styles.answer}
              data-testid="script-answer"
              keys={index < digitsShown ? (bound ? `Alt+${index + 1}` : `${index + 1}`) : undefined}
              onClick={() => onAnswer(answer.id)}
            >
              {format.text(answer.text)}
            </Button>
          </li>
        ))}
        {node.answers.length === 0 ? (
          <li>
            <Button
              className={styles.answer}
              data-testid="script-next"
              keys={bound ? 'Alt+1' : '1'}
              onClick={() => onAnswer(null)}
            >
              {t(node.next === null ? 'run.end' : 'run.next')}
            </Button>
          </li>
        ) : null}
      </ul>
    </section>
  );
}
