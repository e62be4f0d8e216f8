import {
  IconAlertTriangle,
  IconCheck,
  IconClipboardCheck,
  IconHome,
  IconMail,
  IconMessage,
  IconPackage,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  IconSpeakerphone,
  IconTicket,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '#shared/contract/models/records.ts';
import { hrefOf } from '../../app/routes.ts';
import { daysAgo } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { deskNow } from '../../ui/clock.ts';
import { cx } from '../../ui/cx.ts';
import { Pill, type Tone } from '../../ui/Pill.tsx';
import styles from './Timeline.module.css';

const icons = {
  call: IconPhoneIncoming,
  visit: IconHome,
  mail: IconMail,
  chat: IconMessage,
  campaign: IconSpeakerphone,
  survey: IconClipboardCheck,
  order: IconPackage,
  ticket: IconTicket,
} as const;

const good = new Set(['resolved', 'delivered', 'accepted', 'done', 'satisfied', 'answered']);
const open = new Set(['followUp', 'escalated', 'missed', 'abandoned', 'returned', 'unsatisfied']);
const bad = new Set(['failed', 'complaint']);

function toneOf(outcome: string): Tone {
  if (good.has(outcome)) return 'ok';
  if (open.has(outcome)) return 'warn';
  return bad.has(outcome) ? 'error' : 'plain';
}

function Outcome({ outcome }: { outcome: string }) {
  const { t } = useTranslation('customer');
  const tone = toneOf(outcome);
  const Icon = tone === 'warn' || tone === 'error' ? IconAlertTriangle : IconCheck;
  return (
    <Pill tone={tone} icon={<Icon size={12} aria-hidden="true" />}>
      {t(`outcome.${outcome}`, outcome)}
    </Pill>
  );
}

function useTitle(entry: TimelineEntry): string {
  const { t } = useTranslation('customer');
  if (entry.title !== '') return entry.title;
  if (entry.kind === 'call') return t(`timeline.call.${entry.direction ?? 'in'}`);
  return t(`timeline.kinds.${entry.kind}`);
}

/** Where the thing behind the entry is looked at. The journal has one's own calls, and all for who watches the team. */
function useJump({ kind, refId, agentId }: TimelineEntry): string | null {
  const userId = useDesk((desk) => desk.session.user?.id);
  const mayWatch = useMayDo('team.watch');
  if (refId === null) return null;
  if (kind === 'ticket') return hrefOf('tickets', refId);
  return kind === 'call' && (mayWatch || agentId === userId) ? hrefOf('journal', refId) : null;
}

/** One entry: when, what kind, what it was about, who and how it ended. */
export function TimelineItem({
  entry,
  last,
  compact,
}: {
  entry: TimelineEntry;
  last: boolean;
  compact: boolean;
}) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const userId = useDesk((desk) => desk.session.user?.id);
  const title = useTitle(entry);
  const href = useJump(entry);
  const outgoing = entry.kind === 'call' && entry.direction === 'out';
  const Icon = outgoing ? IconPhoneOutgoing : icons[entry.kind];
  const days = daysAgo(entry.at, deskNow());
  const who =
    entry.agentId !== null && entry.agentId === userId ? t('common:you') : entry.agentName;
  const facts = [
    entry.detail,
    who,
    entry.durationMs === null ? null : format.clock(entry.durationMs),
  ].filter(Boolean);
  return (
    <li
      className={cx(styles.entry, compact && styles.compactEntry, last && styles.last)}
      data-testid="timeline-entry"
      data-kind={entry.kind}
    >
      <time
        dateTime={new Date(entry.at).toISOString()}
        title={`${format.day(entry.at)} ${format.time(entry.at)}`}
      >
        {days < 7 && !(compact && days > 0)
          ? format.time(entry.at)
          : // The head of the month tells the year; the compact line has no heads.
            compact
            ? format.tightDate(entry.at)
            : format.dayOfMonth(entry.at)}
      </time>
      <span className={styles.node} title={t(`timeline.kinds.${entry.kind}`)}>
        <Icon size={14} aria-hidden="true" />
        <span className="for-readers">{t(`timeline.kinds.${entry.kind}`)}</span>
      </span>
      <div className={styles.body}>
        <div className={styles.titleLine}>
          <span className={styles.title} title={title} dir="auto">
            {href === null ? (
              title
            ) : (
              <a href={href} className={styles.jump} data-testid="timeline-jump">
                {title}
              </a>
            )}
          </span>
          {compact ? <span className={cx(styles.facts, 'cut')}>{facts.join(' · ')}</span> : null}
          {entry.outcome ? (
            <span className={styles.outcome}>
              <Outcome outcome={entry.outcome} />
            </span>
          ) : null}
        </div>
        {compact ? null : (
          <p className={cx(styles.facts, 'cut')} title={entry.detail}>
            {facts.join(' · ')}
          </p>
        )}
      </div>
    </li>
  );
}
