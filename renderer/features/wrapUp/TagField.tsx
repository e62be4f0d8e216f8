import { IconPlus, IconTag, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { foldText } from '#shared/domain/text/text.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { TextField } from '../../ui/TextField.tsx';
import fields from '../fields/fields.module.css';
import styles from './wrapUp.module.css';

const offered = 6;
const longestTag = 500;

/** Tags typed one after another: Enter or a comma keeps one, Backspace in the empty box takes the last back. */
export function TagField({
  tags,
  used,
  required,
  error,
  onChange,
  inputRef,
}: {
  tags: readonly string[];
  /** Used lately, the most used first. */
  used: readonly string[];
  required: boolean;
  error: string | null;
  onChange: (tags: string[]) => void;
  inputRef: Ref<HTMLInputElement>;
}) {
  const { t } = useTranslation('wrapUp');
  const [typed, setTyped] = useState('');
  const add = (text: string) => {
    const tag = text.trim().slice(0, longestTag);
    setTyped('');
    if (tag !== '' && !tags.includes(tag)) onChange([...tags, tag]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' && typed.trim() !== '') {
      event.preventDefault();
      add(typed);
    }
    if (event.key === 'Backspace' && typed === '') onChange(tags.slice(0, -1));
  };
  const wanted = foldText(typed);
  const choices = used
    .filter((tag) => !tags.includes(tag) && foldText(tag).includes(wanted))
    .slice(0, offered);
  return (
    <Field
      className={fields.c6 ?? ''}
      label={t('tags')}
      required={required}
      error={error}
      hint={t('tagsHint')}
    >
      {(control) => (
        <>
          {tags.length > 0 ? (
            <ul className={styles.tags} data-testid="wrap-up-tags">
              {tags.map((tag) => (
                <li key={tag} className={styles.tag}>
                  <Pill tone="accent" title={tag}>
                    <span className="cut">{tag}</span>
                  </Pill>
                  <IconButton
                    label={t('tagRemove', { tag })}
                    icon={<IconX size={14} aria-hidden="true" />}
                    onClick={() => onChange(tags.filter((one) => one !== tag))}
                  />
                </li>
              ))}
            </ul>
          ) : null}
          <TextField
            {...control}
            ref={inputRef}
            data-testid="wrap-up-tag"
            lead={<IconTag size={16} stroke={1.75} className={fields.icon} aria-hidden="true" />}
            placeholder={t('tagsPlaceholder')}
            value={typed}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              const parts = event.target.value.split(/[,，;；]/u);
              const rest = parts.pop() ?? '';
              const whole = parts.map((part) => part.trim()).filter((part) => part !== '');
              if (whole.length > 0) onChange([...new Set([...tags, ...whole])]);
              setTyped(rest);
            }}
            onBlur={() => add(typed)}
          />
          {choices.length > 0 ? (
            <div className={styles.choices}>
              {choices.map((tag) => (
                <Chip
                  key={tag}
                  icon={<IconPlus size={12} aria-hidden="true" />}
                  title={tag}
                  // The box must not lose the caret, else what is typed would be kept as a tag.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => add(tag)}
                >
                  <span className="cut">{tag}</span>
                </Chip>
              ))}
            </div>
          ) : null}
        </>
      )}
    </Field>
  );
}
