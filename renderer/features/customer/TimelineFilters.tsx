import { IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '#shared/contract/models/records.ts';
import { Chip } from '../../ui/Chip.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { DayField } from '../fields/DayField.tsx';
import { pairOfDays } from '../fields/dayText.ts';
import styles from './Timeline.module.css';
import { everything, type Wanted } from './timelineFilter.ts';

const kinds = ['call', 'ticket', 'order', 'visit', 'mail', 'chat', 'campaign', 'survey'] as const;
type Kind = TimelineEntry['kind'];

/** Which entries are shown: of one kind, with some words, of some days. */
export function TimelineFilters({
  wanted,
  total,
  counts,
  finding,
  onFind,
  onChange,
}: {
  wanted: Wanted;
  total: number;
  /** Entries of each kind that fit the words and days. */
  counts: Partial<Record<Kind, number>>;
  /** The row for words and days is open. */
  finding: boolean;
  onFind: () => void;
  onChange: (wanted: Wanted) => void;
}) {
  const { t } = useTranslation('customer');
  const change = (patch: Partial<Wanted>) => onChange({ ...wanted, ...patch });
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const narrowed = wanted.text.trim() !== '' || wanted.fromDay !== '' || wanted.toDay !== '';
  // Numbers only where no chip is cut off for them.
  const withCounts = Object.keys(counts).length <= 3;
  return (
    <>
      <fieldset className={styles.filters} aria-label={t('timeline.filter')}>
        <Chip pressed={wanted.kind === null} onClick={() => change({ kind: null })}>
          {t('timeline.all')} {all || total}
        </Chip>
        {kinds
          .filter((kind) => counts[kind] || wanted.kind === kind)
          .map((kind) => (
            <Chip
              key={kind}
              pressed={wanted.kind === kind}
              onClick={() => change({ kind: wanted.kind === kind ? null : kind })}
            >
              {t(`timeline.filters.${kind}`)} {withCounts ? counts[kind] : ''}
            </Chip>
          ))}
      </fieldset>
      <IconButton
        label={t('timeline.find')}
        icon={<IconFilter size={16} aria-hidden="true" />}
        aria-expanded={finding}
        aria-pressed={finding || narrowed}
        data-testid="timeline-find"
        onClick={onFind}
      />
    </>
  );
}

/** Words and days to look for, below the head of the time line. Escape shows everything again. */
export function TimelineFind({
  wanted,
  onChange,
  onClose,
}: {
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('customer');
  const change = (patch: Partial<Wanted>) => onChange({ ...wanted, ...patch });
  return (
    <search className={styles.find}>
      <TextField
        autoFocus
        aria-label={t('timeline.words')}
        placeholder={t('timeline.words')}
        data-testid="timeline-words"
        value={wanted.text}
        onChange={(event) => change({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onChange(everything);
          onClose();
        }}
      />
      {(['first', 'last'] as const).map((end) => (
        <DayField
          key={end}
          aria-label={t(end === 'first' ? 'timeline.from' : 'timeline.to')}
          placeholder={t(end === 'first' ? 'timeline.from' : 'timeline.to')}
          testId={end === 'first' ? 'timeline-from' : 'timeline-to'}
          className={styles.day}
          value={end === 'first' ? wanted.fromDay : wanted.toDay}
          onChange={(day) => {
            const typed = { first: wanted.fromDay, last: wanted.toDay, [end]: day };
            const { first, last } = pairOfDays(typed, end);
            change({ fromDay: first, toDay: last });
          }}
        />
      ))}
    </search>
  );
}
