import { Checkbox, Popover } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketFilter } from '#shared/contract/methods/ticketLists.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { MomentField } from '../fields/DayField.tsx';
import {
  type Choice,
  type FilterChoices,
  type ListField,
  listFields,
  timeFields,
} from './filterFields.ts';
import { tidy } from './listQuery.ts';
import styles from './tickets.module.css';

type Part = ListField | 'due' | 'times';
const parts: readonly Part[] = [...listFields, 'due', 'times'];
/** Longer lists get a box to find something in them. */
const longList = 12;

interface MenuProps {
  filter: TicketFilter;
  choices: FilterChoices;
  onChange: (filter: TicketFilter) => void;
}

/** All fields of the filter: at the left which, at the right its values. */
export function FilterMenu(props: MenuProps) {
  const { filter, choices, onChange } = props;
  const { t } = useTranslation('tickets');
  const [opened, setOpened] = useState(false);
  const [part, setPart] = useState<Part>('states');
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={440}
      trapFocus
      returnFocus
      // It would close before a calendar in it has its Escape.
      closeOnEscape={false}
    >
      <Popover.Target>
        <Button
          size="sm"
          data-testid="ticket-filter"
          aria-expanded={opened}
          icon={<IconFilter size={14} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
        >
          {t('filter.open')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        aria-label={t('filter.open')}
        className={styles.filterMenu}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) setOpened(false);
        }}
      >
        <ul className={styles.filterParts}>
          {parts.map((one) => (
            <li key={one}>
              <button
                type="button"
                aria-pressed={one === part}
                data-testid={`filter-part-${one}`}
                className={styles.filterPart}
                onClick={() => setPart(one)}
                onFocus={() => setPart(one)}
              >
                {t(`filter.fields.${one}`)}
              </button>
            </li>
          ))}
        </ul>
        <div className={styles.filterValues}>
          {part === 'times' ? <Times filter={filter} onChange={onChange} /> : null}
          {part === 'due' ? (
            <Values
              choices={choices.due}
              chosen={filter.due ? [filter.due] : []}
              onChange={(values) => {
                const due = values.at(-1);
                onChange(
                  tidy({ ...filter, due: due === 'soon' || due === 'overdue' ? due : undefined }),
                );
              }}
            />
          ) : null}
          {part !== 'times' && part !== 'due' ? (
            <Values
              key={part}
              choices={choices[part]}
              chosen={filter[part] ?? []}
              onChange={(values) => onChange(tidy({ ...filter, [part]: values }))}
            />
          ) : null}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Values({
  choices,
  chosen,
  onChange,
}: {
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (values: string[]) => void;
}) {
  const { t } = useTranslation('tickets');
  const [wanted, setWanted] = useState('');
  const word = foldText(wanted);
  const shown = choices.filter(({ label }) => foldText(label).includes(word));
  return (
    <>
      {choices.length > longList ? (
        <TextField
          aria-label={t('filter.find')}
          placeholder={t('filter.find')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      ) : null}
      {shown.length === 0 ? <p className="small">{t('filter.nothing')}</p> : null}
      {shown.map(({ value, label }) => (
        <Checkbox
          key={value}
          size="xs"
          label={label}
          checked={chosen.includes(value)}
          onChange={(event) =>
            onChange(
              event.currentTarget.checked
                ? [...chosen, value]
                : chosen.filter((one) => one !== value),
            )
          }
        />
      ))}
    </>
  );
}

function Times({ filter, onChange }: Pick<MenuProps, 'filter' | 'onChange'>) {
  const { t } = useTranslation('tickets');
  return timeFields.flat().map((field) => (
    <Field key={field} label={t(`filter.fields.${field}`)}>
      {(control) => (
        <MomentField
          control={control}
          className={styles.moment}
          value={filter[field]}
          onChange={(at) => onChange(tidy({ ...filter, [field]: at }))}
        />
      )}
    </Field>
  ));
}
