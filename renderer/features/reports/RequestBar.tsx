import { Checkbox, Popover } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogue, type ReportFilter } from '#shared/domain/reports/catalogue.ts';
import { type ReportSpan, reportSpans } from '#shared/domain/reports/request.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { DayField } from '../fields/DayField.tsx';
import { ownDays, type ReportDraft } from './reportDraft.ts';
import styles from './reports.module.css';
import { isoDay } from './reportText.ts';
import { type Choice, useFilterChoices } from './useFilterChoices.ts';

interface BarProps {
  draft: ReportDraft;
  zone: string;
  onChange: (draft: ReportDraft) => void;
}

const own = 'own';

/** Which days, in which steps, by what, and which of them. */
export function RequestBar(props: BarProps) {
  const { draft, onChange } = props;
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const { intervals, groups, filters } = catalogue[draft.report];
  return (
    <>
      <RangeFields {...props} />
      {intervals.length > 1 ? (
        <Select
          aria-label={t('reportCatalogue:column.interval')}
          data-testid="report-interval"
          value={draft.interval}
          options={intervals.map((value) => ({
            value,
            label: t(`reportCatalogue:interval.${value}`),
          }))}
          onChoose={(interval) => onChange({ ...draft, interval })}
        />
      ) : null}
      {groups.length > 1 ? (
        <Select
          aria-label={t('reportCatalogue:word.by')}
          data-testid="report-group"
          value={draft.groupBy}
          options={groups.map((value) => ({
            value,
            label:
              value === 'none'
                ? t('ungrouped')
                : t('groupedBy', { group: t(`reportCatalogue:group.${value}`).toLowerCase() }),
          }))}
          onChoose={(groupBy) => onChange({ ...draft, groupBy })}
        />
      ) : null}
      {filters.map((filter) => (
        <FilterPicker
          key={filter}
          filter={filter}
          chosen={draft.filters[filter]}
          onChange={(ids) => onChange({ ...draft, filters: { ...draft.filters, [filter]: ids } })}
        />
      ))}
    </>
  );
}

function RangeFields({ draft, zone, onChange }: BarProps) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const { range } = draft;
  const today = isoDay(deskNow(), { zone });
  return (
    <>
      <Select
        aria-label={t('reportCatalogue:word.range')}
        data-testid="report-range"
        value={range.kind === 'span' ? range.span : own}
        options={[
          ...reportSpans.map((value: ReportSpan | typeof own) => ({
            value,
            label: t(`reportCatalogue:span.${value}`),
          })),
          { value: own, label: t('ownDays') },
        ]}
        onChoose={(span) =>
          onChange({
            ...draft,
            range: span === own ? ownDays(range, today) : { kind: 'span', span },
          })
        }
      />
      {range.kind === 'days'
        ? (['from', 'to'] as const).map((end) => (
            <DayField
              key={end}
              needed
              aria-label={t(end === 'from' ? 'firstDay' : 'lastDay')}
              today={today}
              value={range[end]}
              onChange={(day) => onChange({ ...draft, range: { ...range, [end]: day } })}
            />
          ))
        : null}
    </>
  );
}

/** Longer lists get a box to find something in them. */
const longList = 10;

function FilterPicker({
  filter,
  chosen,
  onChange,
}: {
  filter: ReportFilter;
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const choices = useFilterChoices(filter, opened || chosen.length > 0);
  const name = t(`reportCatalogue:filter.${filter}`);
  const first = choices.find(({ id }) => id === chosen[0])?.name ?? chosen[0] ?? '';
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          aria-expanded={opened}
          data-testid={`report-filter-${filter}`}
          data-chosen={chosen.length > 0}
          className={styles.filter}
          icon={<IconFilter size={14} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
        >
          {chosen.length === 0 ? name : null}
          {chosen.length === 1 ? format.labelled(name, first) : null}
          {chosen.length > 1 ? format.labelled(name, chosen.length) : null}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={name} className={styles.choices}>
        <Choices choices={choices} chosen={chosen} onChange={onChange} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({
  choices,
  chosen,
  onChange,
}: {
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const { t } = useTranslation('reports');
  const [wanted, setWanted] = useState('');
  const word = foldText(wanted);
  const shown = choices.filter(({ name }) => foldText(name).includes(word));
  return (
    <>
      {choices.length > longList ? (
        <TextField
          aria-label={t('find')}
          placeholder={t('find')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      ) : null}
      <div className={styles.choiceList}>
        {shown.map(({ id, name }) => (
          <Checkbox
            key={id}
            size="xs"
            label={name}
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id),
              )
            }
          />
        ))}
      </div>
      {chosen.length > 0 ? (
        <Button size="sm" variant="ghost" onClick={() => onChange([])}>
          {t('takeAll')}
        </Button>
      ) : null}
    </>
  );
}
