import type { ReportFilter } from '#shared/domain/reports/catalogue.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { usePastQueues } from '../../i18n/useQueueChoices.ts';
import { useTeamName } from '../../i18n/useTeamName.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { pathText } from '../fields/pathSearch.ts';

export interface Choice {
  id: string;
  name: string;
}

/** What a filter can be set to; people only once they are `wanted`. */
export function useFilterChoices(filter: ReportFilter, wanted: boolean): Choice[] {
  const format = useFormat();
  const teamName = useTeamName();
  const mayWatch = useMayDo('team.watch');
  const queues = usePastQueues();
  const configuration = useDesk((desk) => desk.configuration);
  const ofPeople = filter === 'agentIds' || filter === 'teamIds';
  const team = useQuery('team.view', wanted && ofPeople && mayWatch ? {} : null, ['user']);
  const people = team.data?.agents ?? [];
  switch (filter) {
    case 'queueIds':
      return queues;
    case 'categoryIds':
      return (configuration?.ticketCategories ?? []).map((item) => ({
        id: item.id,
        name: pathText(item, format.language),
      }));
    case 'agentIds':
      return people.map(({ userId, name }) => ({ id: userId, name }));
    case 'teamIds':
      return [...new Set(people.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])))]
        .sort()
        .map((id) => ({ id, name: teamName(id) }));
  }
}
