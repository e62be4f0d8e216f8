import { useTranslation } from 'react-i18next';
import { me, none, type TicketFilter } from '#shared/contract/methods/ticketLists.ts';
import { valueClasses } from '#shared/domain/customers/customer.ts';
import { localDate } from '#shared/domain/localDate.ts';
import { ticketPriorities, ticketStates, ticketTypes } from '#shared/domain/tickets/ticket.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { usePastQueues } from '../../i18n/useQueueChoices.ts';
import { useTeamName } from '../../i18n/useTeamName.ts';
import { useDesk } from '../../store/desk.ts';
import { pathText } from '../fields/pathSearch.ts';

/** Fields whose values are chosen from a list. */
export const listFields = [
  'states',
  'types',
  'priorities',
  'categoryIds',
  'ownerIds',
  'teamIds',
  'queueIds',
  'firstContactIds',
  'classes',
  'tags',
] as const;
export type ListField = (typeof listFields)[number];
export const timeFields = [
  ['createdFrom', 'createdTo'],
  ['dueFrom', 'dueTo'],
] as const;
export const filterFields = [
  ...listFields,
  'due',
  'createdFrom',
  'createdTo',
  'dueFrom',
  'dueTo',
] as const;
export type FilterField = (typeof filterFields)[number];

export interface Choice {
  value: string;
  label: string;
}
export type FilterChoices = Record<ListField | 'due', readonly Choice[]>;

/** What can be chosen in each field. */
export function useFilterChoices(): FilterChoices {
  const { t } = useTranslation(['tickets', 'fields', 'customer']);
  const format = useFormat();
  const teamName = useTeamName();
  const queues = usePastQueues();
  const configuration = useDesk((desk) => desk.configuration);
  const takers = useQuery('tickets.takers', {}, ['user']).data ?? [];
  const tags = useQuery('ticketList.tags', {}, []).data ?? [];
  const people = [
    { value: me, label: t('filter.me') },
    ...takers.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const teams = [...new Set(takers.flatMap(({ teamId }) => teamId ?? []))].sort();
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  return {
    states: ticketStates.map((value) => ({ value, label: t(`customer:ticketState.${value}`) })),
    types: ticketTypes.map((value) => ({ value, label: t(`fields:ticketTypes.${value}`) })),
    priorities: ticketPriorities.map((value) => ({
      value,
      label: t(`fields:priorities.${value}`),
    })),
    categoryIds: [
      { value: none, label: t('filter.none') },
      ...(configuration?.ticketCategories ?? []).map((category) => ({
        value: category.id,
        label: pathText(category, format.language),
      })),
    ],
    ownerIds: [{ value: none, label: t('facts.noOwner') }, ...people],
    firstContactIds: people,
    teamIds: teams.map((value) => ({ value, label: teamName(value) })),
    queueIds: queues.map(({ id, name }) => ({ value: id, label: name })),
    classes: plain(valueClasses),
    tags: plain(tags.slice(0, 200)),
    due: (['overdue', 'soon'] as const).map((value) => ({ value, label: t(`filter.${value}`) })),
  };
}

/** What is chosen in a field, in words: `State: Assigned, Waiting`. */
export function useFieldWords(
  choices: FilterChoices,
): (field: FilterField, filter: TicketFilter) => string {
  const { t } = useTranslation('tickets');
  const format = useFormat();
  return (field, filter) => {
    const value = filter[field];
    const name = t(`filter.fields.${field}`);
    if (typeof value === 'number')
      return `${name} ${format.date(localDate(value))} ${format.time(value)}`;
    const chosen = Array.isArray(value) ? value : value === undefined ? [] : [String(value)];
    const known = field in choices ? choices[field as keyof FilterChoices] : [];
    const labels = chosen.map((one) => known.find((choice) => choice.value === one)?.label ?? one);
    return field === 'due' ? labels.join() : format.labelled(name, format.list(labels));
  };
}
