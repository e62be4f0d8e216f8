import { IconCalendarEvent } from '@tabler/icons-react';
import { type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { deskNow } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './fields.module.css';
import { parseWhen } from './when.ts';

/**
 * A date typed in the agent's own words; what was understood stands below, and so does what is wrong
 * with it once the field is left. `error` is the form's own word, such as that it is needed.
 */
export function WhenField({
  label,
  required,
  placeholder,
  hint,
  text,
  onChange,
  error,
  className,
  inputRef,
  testId,
}: {
  label: ReactNode;
  required?: boolean;
  placeholder: string;
  hint?: ReactNode;
  text: string;
  onChange: (text: string) => void;
  error?: ReactNode;
  className?: string | undefined;
  inputRef?: Ref<HTMLInputElement>;
  testId: string;
}) {
  const { t } = useTranslation('fields');
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const read = text.trim() === '' ? null : parseWhen(text, deskNow());
  const problem = read && !read.ok && !editing ? t(`when.${read.problem}`) : null;
  const understood = read?.ok ? `${format.day(read.at)} ${format.time(read.at)}` : hint;
  return (
    <Field
      label={label}
      {...(required ? { required } : {})}
      {...(className ? { className } : {})}
      error={problem ?? error}
      hint={understood}
    >
      {(control) => (
        <TextField
          {...control}
          {...(inputRef ? { ref: inputRef } : {})}
          data-testid={testId}
          placeholder={placeholder}
          value={text}
          onChange={(event) => {
            setEditing(true);
            onChange(event.target.value);
          }}
          onKeyDown={(event) => {
            // Saving by key leaves the caret here: it ends what is typed all the same.
            if (event.key === 'Enter' || event.ctrlKey || event.metaKey) setEditing(false);
          }}
          onBlur={() => setEditing(false)}
          trail={
            <IconCalendarEvent size={16} stroke={1.75} className={styles.icon} aria-hidden="true" />
          }
        />
      )}
    </Field>
  );
}
