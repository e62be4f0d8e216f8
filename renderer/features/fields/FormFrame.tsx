import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { cx } from '../../ui/cx.ts';
import styles from './fields.module.css';

/** A form that fills its column: head with the draft mark, scrolling body, foot with the actions. */
export function FormFrame({
  label,
  testId,
  title,
  note,
  mark,
  foot,
  formRef,
  onBlur,
  children,
}: {
  /** Accessible name of the form. */
  label: string;
  testId: string;
  title: ReactNode;
  note?: ReactNode;
  mark?: ReactNode;
  foot: ReactNode;
  formRef?: Ref<HTMLFormElement>;
  onBlur?: () => void;
  children: ReactNode;
}) {
  return (
    <form
      ref={formRef}
      aria-label={label}
      data-testid={testId}
      className={styles.frame}
      noValidate
      onSubmit={(event) => event.preventDefault()}
      onBlur={onBlur}
    >
      <div className={styles.head}>
        <h2>{title}</h2>
        {note ? <span className="small cut">{note}</span> : null}
        {mark}
      </div>
      <div className={cx('scroll', styles.body)}>{children}</div>
      <div className={styles.foot}>{foot}</div>
    </form>
  );
}

/** "2 fields left", once the agent has tried to finish. */
export function FieldsLeft({ count }: { count: number }) {
  const { t } = useTranslation('fields');
  return (
    <span role="status" className={count > 0 ? styles.left : undefined} data-testid="fields-left">
      {count > 0 ? (
        <>
          <IconAlertCircle size={14} aria-hidden="true" />
          {t('fieldsLeft', { count })}
        </>
      ) : null}
    </span>
  );
}

/** What the desk refused, above the fields. */
export function FormFailure({ title, failure }: { title: string; failure: Failure | null }) {
  const textOf = useFailureText();
  if (!failure) return null;
  return (
    <p className={styles.failure} role="alert">
      <IconAlertCircle size={16} aria-hidden="true" />
      <span>
        <span className="medium">{title}. </span>
        {textOf(failure)}
      </span>
    </p>
  );
}
