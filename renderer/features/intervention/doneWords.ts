import { useTranslation } from 'react-i18next';
import type { NotificationView } from '#shared/contract/methods/ticketLists.ts';
import { breakReasons } from '#shared/domain/agents/agentState.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';

const doneKinds = ['team.stateSet', 'team.signedOut', 'team.queuesChanged'] as const;
type DoneKind = (typeof doneKinds)[number];

/** What was done to this user by a supervisor. */
export function isDone(entry: NotificationView): entry is NotificationView & { kind: DoneKind } {
  return doneKinds.some((kind) => kind === entry.kind);
}

/** The subject of such an entry in words: a state, or names of queues. */
export function useDoneSubject(): (entry: NotificationView & { kind: DoneKind }) => string {
  const { t } = useTranslation('intervention');
  const format = useFormat();
  const queues = useDesk((desk) => desk.configuration?.queues);

  function stateOf(subject: string): string {
    const reason = breakReasons.find((one) => subject === `break ${one}`);
    return reason ? t(`common:breakReason.${reason}`) : t('common:agentState.ready');
  }

  function queuesOf(subject: string): string {
    const ids = subject.split(', ').flatMap((part) => part.split(':')[0] || []);
    const names = ids.map((id) => {
      const queue = queues?.find((one) => one.id === id);
      return queue ? format.text(queue.name) : id;
    });
    return names.length > 0 ? names.join(' · ') : t('done.noQueues');
  }

  return ({ kind, subject }) => {
    if (kind === 'team.stateSet') return stateOf(subject);
    return kind === 'team.queuesChanged' ? queuesOf(subject) : '';
  };
}
