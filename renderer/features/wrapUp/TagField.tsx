import { IconPlus, IconTag, IconX } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { foldText } from '#shared/domain/text/text.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { TextField } from '../../ui/TextField.tsx';
import fields from '../fields/fields.module.css';
import { useTagTyping } from '../fields/useTagTyping.ts';
import styles from './wrapUp.module.css';

const offered = 6;

/** Tags of a wrap-up; those used lately are offered. */
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
  const { typed, add, box } = useTagTyping(tags, onChange);
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
            {...box}
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
