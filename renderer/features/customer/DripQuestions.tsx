import { IconMessageQuestion } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DripQuestionView } from '#shared/contract/methods/customers.ts';
import type { FormField } from '#shared/domain/settings/customerForm.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { useFormFields, useProblemText, useValueText } from '../fields/useFormFields.ts';
import { ValueInput } from '../fields/ValueInput.tsx';
import styles from './CustomerCard.module.css';

type Outcome = 'answered' | 'refused' | 'later';

function Question({
  question,
  field,
  customerId,
  callId,
}: {
  question: DripQuestionView;
  field: FormField;
  customerId: string;
  callId: string;
}) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const invoke = useInvoke();
  const problemText = useProblemText();
  const valueText = useValueText();
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const asked = field.question ? format.text(field.question) : format.text(field.label);

  async function settle(outcome: Outcome): Promise<void> {
    if (sending) return;
    setSending(true);
    const given = outcome === 'answered' ? value : null;
    const wish = { customerId, fieldId: field.id, outcome, value: given, callId };
    const result = await invoke('customers.answer', wish);
    setSending(false);
    if (!result.ok) setProblem(problemText(result.error));
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.target instanceof HTMLButtonElement) return;
    if (event.key === 'Escape') void settle('later');
    else if (event.key === 'Enter' && event.shiftKey) void settle('refused');
    else if (event.key === 'Enter') void settle('answered');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li className={styles.question} data-testid="drip-question" data-field={field.id}>
      <p className="medium" title={t(`drip.${question.why}`)}>
        {asked}
      </p>
      {question.held ? (
        <p className="small">{t('drip.held', { value: valueText(field, question.held) })}</p>
      ) : null}
      <div className={styles.answer}>
        <ValueInput
          field={field}
          control={{
            'aria-label': asked,
            'aria-invalid': problem !== null,
            id: `drip-${field.id}`,
          }}
          value={value}
          testId="drip-answer"
          onKeyDown={onKeyDown}
          onChange={(next) => {
            setValue(next);
            setProblem(null);
          }}
        />
      </div>
      {problem ? (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      ) : null}
      <p className={styles.editActions}>
        <Button size="sm" data-testid="drip-save" onClick={() => void settle('answered')}>
          {t('common:actions.save')}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          data-testid="drip-refused"
          onClick={() => void settle('refused')}
        >
          {t('drip.refused')}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          data-testid="drip-later"
          onClick={() => void settle('later')}
        >
          {t('drip.later')}
        </Button>
      </p>
    </li>
  );
}

/** What to ask in passing during a call: at most two questions, answered where they stand. */
export function DripQuestions({ customerId, callId }: { customerId: string; callId: string }) {
  const { t } = useTranslation('customer');
  const may = useMayDo('customers.write');
  const fields = useFormFields();
  const { data } = useQuery('customers.questions', { customerId }, [
    'customer',
    'dripAnswer',
    'setting',
  ]);
  const questions = (data ?? []).flatMap((question) => {
    const field = fields.find(({ id }) => id === question.fieldId);
    return field ? [{ question, field }] : [];
  });
  const block = useRef<HTMLDivElement>(null);
  const shown = may && questions.length > 0;
  useShortcut(
    'work.ask',
    () => block.current?.querySelector<HTMLElement>('[data-testid="drip-answer"]')?.focus(),
    shown,
  );
  if (!shown) return null;
  return (
    <div className={styles.block} data-testid="drip" ref={block}>
      <SectionHead
        icon={<IconMessageQuestion size={16} aria-hidden="true" />}
        title={t('drip.title')}
        count={questions.length}
        action={<KeyCap keys={keysOf('work.ask')} />}
      />
      <ul>
        {questions.map(({ question, field }) => (
          <Question
            key={field.id}
            question={question}
            field={field}
            customerId={customerId}
            callId={callId}
          />
        ))}
      </ul>
      <p className={styles.hint}>{t('drip.keys')}</p>
    </div>
  );
}
