import { IconHistory, IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '#shared/result.ts';
import { cx } from '../../ui/cx.ts';
import { useProblemText } from '../fields/useFormFields.ts';
import styles from './CustomerCard.module.css';
import { FieldHistory } from './FieldHistory.tsx';

export interface InPlaceInput {
  control: { id: string; 'aria-label': string; 'aria-invalid': boolean };
  value: string;
  onChange: (value: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

export interface InPlaceProps {
  label: string;
  /** The value as it is edited; `shown` in words, null where there is none. */
  value: string;
  shown: ReactNode;
  testId: string;
  /** Null: this agent may not change it. */
  save: ((value: string) => Promise<Result<unknown>>) | null;
  input: (parts: InPlaceInput) => ReactNode;
  /** Enter makes a line in the text; Ctrl Enter saves. */
  lines?: boolean;
  mark?: ReactNode;
  /** One key, V: still right. */
  onVerify?: (() => void) | undefined;
  /** Whose history H opens: the customer and the name of the field. */
  history?: { customerId: string; field: string } | undefined;
  className?: string | undefined;
  plain?: boolean;
}

/**
 * A value that is changed where it stands: Enter opens and saves, Escape gives up. What somebody else writes meanwhile
 * is told beside what is being typed; nothing is overwritten unseen.
 */
export function InPlace(props: InPlaceProps) {
  const { label, value, shown, testId, save, input, lines, mark, onVerify, history } = props;
  const { t } = useTranslation('customer');
  const problemText = useProblemText();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [begun, setBegun] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [past, setPast] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const returns = useRef(false);
  const editing = typed !== null;
  const overtaken = editing && value !== begun;

  useEffect(() => {
    if (editing || !returns.current) return;
    returns.current = false;
    button.current?.focus();
  }, [editing]);

  const open = () => {
    setTyped(value);
    setBegun(value);
    setProblem(null);
  };
  const close = () => {
    returns.current = true;
    setTyped(null);
    setProblem(null);
  };
  const finish = async () => {
    if (typed === null || saving || !save) return;
    if (typed === value) {
      close();
      return;
    }
    setSaving(true);
    const result = await save(typed);
    setSaving(false);
    if (result.ok) close();
    else setProblem(problemText(result.error));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
    const enters = event.key === 'Enter' && (!lines || event.ctrlKey || event.metaKey);
    const onChip = event.target instanceof HTMLButtonElement;
    if (enters && !onChip) {
      event.preventDefault();
      event.stopPropagation();
      void finish();
    }
  };
  const onLineKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === 'v' && onVerify && save) onVerify();
    else if (key === 'h' && history) setPast(!past);
    else return;
    event.preventDefault();
  };

  return (
    <div
      className={cx(styles.detail, props.plain && styles.plainDetail, props.className)}
      data-testid={testId}
    >
      <dt title={label}>
        <label htmlFor={editing ? id : undefined}>{label}</label>
      </dt>
      {typed !== null ? (
        <dd className={styles.editing}>
          {input({
            control: { id, 'aria-label': label, 'aria-invalid': problem !== null },
            value: typed,
            onChange: (next) => {
              setTyped(next);
              setProblem(null);
            },
            onKeyDown,
          })}
          {problem ? (
            <p className={styles.problem} role="alert">
              {problem}
            </p>
          ) : null}
          {overtaken ? (
            <p className={styles.meanwhile} role="status" data-testid="changed-meanwhile">
              {shown === null ? (
                t('meanwhile.emptied')
              ) : (
                <>
                  {t('meanwhile.changed')} <bdi>{shown}</bdi>
                </>
              )}
              <button type="button" className={styles.link} onClick={close}>
                {t('meanwhile.theirs')}
              </button>
            </p>
          ) : (
            <p className={styles.hint}>{t(lines ? 'editKeysLines' : 'editKeys')}</p>
          )}
          <p className={styles.editActions}>
            <button
              type="button"
              className={styles.link}
              data-testid={`${testId}-save`}
              onClick={() => void finish()}
            >
              {t('common:actions.save')}
            </button>
            <button type="button" className={styles.link} onClick={close}>
              {t('common:actions.cancel')}
            </button>
          </p>
        </dd>
      ) : (
        <>
          <dd dir="auto">
            {save ? (
              <button
                ref={button}
                type="button"
                className={cx(styles.value, shown === null && styles.empty)}
                title={t(onVerify ? 'editVerifyTitle' : 'editTitle', { field: label })}
                data-testid={`${testId}-edit`}
                onClick={open}
                onKeyDown={onLineKey}
              >
                {lines && shown !== null ? (
                  <span className={styles.clamp}>{shown}</span>
                ) : (
                  (shown ?? t('add'))
                )}
                <IconPencil size={12} className={styles.pencil} aria-hidden="true" />
              </button>
            ) : (
              (shown ?? '–')
            )}
          </dd>
          <dd className={styles.tools}>
            {history ? (
              <button
                type="button"
                className={styles.quiet}
                aria-expanded={past}
                aria-label={t('history.of', { field: label })}
                title={t('history.of', { field: label })}
                data-testid={`${testId}-history`}
                onClick={() => setPast(!past)}
              >
                <IconHistory size={14} aria-hidden="true" />
              </button>
            ) : null}
            {onVerify && save && shown !== null ? (
              <button
                type="button"
                className={styles.verify}
                title={t('verified.again')}
                data-testid={`${testId}-verify`}
                onClick={onVerify}
              >
                {mark}
              </button>
            ) : (
              mark
            )}
          </dd>
        </>
      )}
      {past && history ? <FieldHistory {...history} onClose={() => setPast(false)} /> : null}
    </div>
  );
}
