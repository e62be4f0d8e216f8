import { IconTag, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useTagTyping } from '../fields/useTagTyping.ts';
import styles from './ticket.module.css';

/** Tags of a ticket, and a box for more of them. */
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
  const { box } = useTagTyping(tags, onChange);
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
            {...box}
          />
        </span>
      )}
    </Field>
  );
}
