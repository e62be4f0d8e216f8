import { IconSearch, IconX } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketFilter } from '#shared/contract/methods/ticketLists.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FilterMenu } from './FilterMenu.tsx';
import { type FilterChoices, filterFields, useFieldWords } from './filterFields.ts';
import { tidy } from './listQuery.ts';
import styles from './tickets.module.css';

/** Words to look for, the fields to filter by, and what is filtered by as chips that can be taken off. */
export function FilterBar({
  filter,
  choices,
  textRef,
  onChange,
  onLeave,
}: {
  filter: TicketFilter;
  choices: FilterChoices;
  textRef: RefObject<HTMLInputElement | null>;
  onChange: (filter: TicketFilter) => void;
  /** Back to the list, with the keys. */
  onLeave: () => void;
}) {
  const { t } = useTranslation('tickets');
  const wordsOf = useFieldWords(choices);
  const active = filterFields.filter((field) => filter[field] !== undefined);
  return (
    <div className={styles.filters}>
      <TextField
        ref={textRef}
        type="search"
        aria-label={t('filter.text')}
        placeholder={t('filter.text')}
        data-testid="ticket-filter-text"
        frameClassName={styles.search}
        lead={<IconSearch size={14} aria-hidden="true" />}
        trail={<KeyCap keys="/" />}
        maxLength={200}
        value={filter.text ?? ''}
        onChange={(event) => onChange(tidy({ ...filter, text: event.currentTarget.value }))}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key !== 'Enter' && event.key !== 'Escape' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          onLeave();
        }}
      />
      <FilterMenu filter={filter} choices={choices} onChange={onChange} />
      {filter.mine ? (
        <Taken
          words={t('filter.mine')}
          onRemove={() => onChange(tidy({ ...filter, mine: false }))}
        />
      ) : null}
      {filter.watching ? (
        <Taken
          words={t('filter.watching')}
          onRemove={() => onChange(tidy({ ...filter, watching: false }))}
        />
      ) : null}
      {active.map((field) => (
        <Taken
          key={field}
          words={wordsOf(field, filter)}
          onRemove={() => {
            const { [field]: _, ...rest } = filter;
            onChange(rest);
          }}
        />
      ))}
    </div>
  );
}

function Taken({ words, onRemove }: { words: string; onRemove: () => void }) {
  const { t } = useTranslation('tickets');
  return (
    <span className={styles.taken} data-testid="ticket-filter-chip">
      <span className="cut" title={words}>
        {words}
      </span>
      <IconButton
        label={t('filter.remove', { words })}
        icon={<IconX size={12} aria-hidden="true" />}
        onClick={onRemove}
      />
    </span>
  );
}
