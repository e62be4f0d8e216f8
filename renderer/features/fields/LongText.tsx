import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { maxTextLength } from '#shared/domain/primitives.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Field } from '../../ui/Field.tsx';
import styles from './fields.module.css';
import { pastePlain } from './pasteText.ts';

/** True where a text is longer than the desk stores. */
export function isTooLong(text: string, limit: number = maxTextLength): boolean {
  return text.length > limit;
}

/** Says by how much a text is too long, null where it fits. */
export function useTooLong(): (text: string, limit?: number) => string | null {
  const { t } = useTranslation('fields');
  const format = useFormat();
  return (text, limit = maxTextLength) =>
    isTooLong(text, limit)
      ? t('tooLong', {
          length: format.number(text.length),
          limit: format.number(limit),
          over: format.number(text.length - limit),
        })
      : null;
}

/** A text of several lines that grows with what is typed; counts once half of the limit is used. */
export function LongText({
  label,
  required,
  note,
  keys,
  placeholder,
  value,
  onChange,
  error,
  className,
  areaRef,
  testId,
  first = false,
}: {
  label: ReactNode;
  required?: boolean;
  note?: ReactNode;
  keys?: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
  error?: ReactNode;
  className?: string | undefined;
  areaRef?: Ref<HTMLTextAreaElement>;
  testId?: string;
  /** A dialog begins here. */
  first?: boolean;
}) {
  const { t } = useTranslation('fields');
  const format = useFormat();
  const tooLong = useTooLong()(value);
  const counted = value.length > maxTextLength / 2;
  const numbers = { length: format.number(value.length), limit: format.number(maxTextLength) };
  return (
    <Field
      label={label}
      {...(required ? { required } : {})}
      {...(note ? { note } : {})}
      {...(keys ? { keys } : {})}
      {...(className ? { className } : {})}
      error={tooLong ?? error}
      hint={counted ? t('length', numbers) : undefined}
    >
      {(control) => (
        <textarea
          {...control}
          ref={areaRef}
          data-testid={testId}
          data-autofocus={first || undefined}
          className={styles.area}
          dir="auto"
          placeholder={placeholder}
          value={value}
          onPaste={pastePlain}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
