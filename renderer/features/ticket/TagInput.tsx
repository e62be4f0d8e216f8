import { IconTag, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ticket.module.css';

const longestTag = 500;
const mostTags = 50;

/** Tags, one after another: Enter or a comma keeps what was typed, Backspace in the empty box takes the last back. */
export function TagInput({
  tags,
  className,
  onChange,
}: {
  tags: readonly string[];
  className?: string;
  onChange: (tags: string[]) => void;
}) {
  const { t } = useTranslation('ticketPage');
  const [typed, setTyped] = useState('');
  const add = (text: string) => {
    const tag = text.trim().slice(0, longestTag);
    setTyped('');
    if (tag !== '' && !tags.includes(tag) && tags.length < mostTags) onChange([...tags, tag]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' && typed.trim() !== '') {
      event.preventDefault();
      add(typed);
    }
    if (event.key === 'Backspace' && typed === '') onChange(tags.slice(0, -1));
  };
  return (
    <Field {...(className ? { className } : {})} label={t('fieldNames.tags')}>
      {(control) => (
        <span className={styles.tagLine}>
          {tags.map((tag) => (
            <Chip
              key={tag}
              pressed
              icon={<IconX size={14} aria-hidden="true" />}
              aria-label={t('tags.remove', { tag })}
              onClick={() => onChange(tags.filter((one) => one !== tag))}
            >
              {tag}
            </Chip>
          ))}
          <TextField
            {...control}
            data-testid="ticket-tag"
            lead={<IconTag size={14} aria-hidden="true" />}
            placeholder={t('tags.placeholder')}
            value={typed}
            onChange={(event) => {
              const { value } = event.target;
              if (/[,，]$/u.test(value)) add(value.slice(0, -1));
              else setTyped(value);
            }}
            onBlur={() => add(typed)}
            onKeyDown={onKeyDown}
          />
        </span>
      )}
    </Field>
  );
}
