import {
  IconArrowForwardUp,
  IconBell,
  IconBellOff,
  IconCheck,
  IconLogin2,
  IconPhoneCall,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPlayerPause,
  IconPlayerPlay,
  IconUsers,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import type { Journey } from '#shared/sync/journal.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { useConfiguredNames } from './JournalRow.tsx';
import styles from './journal.module.css';

const icons: Record<CallEvent['name'], typeof IconBell> = {
  'queue.entered': IconLogin2,
  'queue.left': IconX,
  'agent.offered': IconBell,
  'agent.notAnswered': IconBellOff,
  'agent.dialled': IconPhoneOutgoing,
  'agent.answered': IconPhoneCall,
  'agent.held': IconPlayerPause,
  'agent.resumed': IconPlayerPlay,
  'agent.transferred': IconArrowForwardUp,
  'agent.left': IconPhoneOff,
  'agent.internal': IconUsers,
  'agent.wrappedUp': IconCheck,
  'agent.state': IconCheck,
};

/** What happened to a call, and how long after it came. */
export function CallTimeline({ events }: { events: Journey['events'] }) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const wordsOf = useEventWords();
  const [first] = events;
  if (!first) return null;
  const byDesks = events.every(({ event }) => event.source === 'desk');
  return (
    <div className={styles.block}>
      <SectionHead title={t('timeline.title')} count={byDesks ? t('timeline.byDesk') : null} />
      <ol className={styles.timeline} data-testid="journal-timeline">
        {events.map((told) => {
          const { event } = told;
          const Icon = icons[event.name];
          return (
            <li key={event.id} data-event={event.name} data-tone={toneOf(event)}>
              <time dateTime={new Date(event.at).toISOString()} title={format.moment(event.at)}>
                {`+${format.clock(event.at - first.event.at)}`}
              </time>
              <Icon size={14} aria-hidden="true" />
              <span>{wordsOf(told)}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function toneOf(event: CallEvent): 'bad' | undefined {
  if (event.name === 'queue.left' && event.how === 'abandoned') return 'bad';
  if (event.name === 'agent.notAnswered' && event.how !== 'withdrawn') return 'bad';
  return undefined;
}

function useEventWords() {
  const { t } = useTranslation('journal');
  const names = useConfiguredNames();
  return ({ event, agentName }: Journey['events'][number]): string => {
    const who = agentName ?? t('timeline.somebody');
    const queueId = 'queueId' in event ? event.queueId : null;
    const queue = names.queue(queueId) ?? queueId ?? '';
    switch (event.name) {
      case 'queue.left':
        return t(`timeline.queue.left.${event.how}`, { queue });
      case 'agent.notAnswered':
        return t(`timeline.agent.notAnswered.${event.how}`, { who });
      case 'agent.left':
        return t(`timeline.agent.left.${event.by ?? 'unknown'}`, { who });
      case 'agent.transferred':
        return event.to === undefined
          ? t('timeline.agent.transferred', { who })
          : t('timeline.agent.transferredTo', { who, to: names.queue(event.to) ?? event.to });
      default:
        return t(`timeline.${event.name}`, { who, queue });
    }
  };
}
