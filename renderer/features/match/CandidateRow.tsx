import {
  IconAlertTriangle,
  IconBuilding,
  IconChevronRight,
  IconCircleCheck,
  IconClock,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Candidate } from '#shared/contract/models/records.ts';
import { daysAgo } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { deskNow } from '../../ui/clock.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Pill } from '../../ui/Pill.tsx';
import styles from './match.module.css';

/** "Last contact 20 Nov, 1 open ticket", shared by the match list and the similar customers. */
export function useCandidateFacts(): (candidate: Candidate) => string {
  const { t } = useTranslation('fields');
  const format = useFormat();
  const dayOrTime = (at: number) =>
    daysAgo(at, deskNow()) === 0 ? format.time(at) : format.shortDate(at);
  return (candidate) => {
    const { lastContactAt, openTickets } = candidate;
    const last =
      lastContactAt === null
        ? t('noContact')
        : t('lastContact', { time: dayOrTime(lastContactAt) });
    if (openTickets === 0) return last;
    const comma = format.language === 'zh-CN' ? '，' : ', ';
    return `${last}${comma}${t('openTickets', { count: openTickets })}`;
  };
}

function Verified({ on }: { on: string | null }) {
  const { t } = useTranslation('match');
  const format = useFormat();
  if (on === null) {
    return (
      <span className="row nowrap small tone-warn">
        <IconClock size={14} aria-hidden="true" />
        {t('notVerified')}
      </span>
    );
  }
  return (
    <span className="row nowrap small tone-ok">
      <IconCircleCheck size={14} aria-hidden="true" />
      {t('verified', { time: format.monthMark(on) })}
    </span>
  );
}

/** One customer who may be calling, with what tells him apart from the others. */
export function CandidateRow({ candidate, keys }: { candidate: Candidate; keys: string | null }) {
  const { t } = useTranslation(['match', 'fields']);
  const facts = useCandidateFacts();
  const { name, kind, valueClass, certainty, place, verifiedOn } = candidate;
  const icon = kind === 'company' ? <IconBuilding size={20} aria-hidden="true" /> : undefined;
  return (
    <>
      <span className={styles.key}>{keys ? <KeyCap keys={keys} /> : null}</span>
      <Avatar name={name} size={40} {...(icon ? { icon } : {})} />
      <span className={styles.words}>
        <span className="row">
          <span className={`cut ${styles.name}`} title={name}>
            {name}
          </span>
          <ClassBadge valueClass={valueClass} />
          {certainty === 'maybe' ? (
            <Pill tone="warn" icon={<IconAlertTriangle size={14} aria-hidden="true" />}>
              {t('maybe')}
            </Pill>
          ) : null}
        </span>
        <span className="cut small">
          {t(`common:customerKind.${kind}`)}
          {place ? ` · ${place}` : ''}
        </span>
        <span className={styles.line}>
          <span className="cut small">{facts(candidate)}</span>
          <Verified on={verifiedOn} />
        </span>
      </span>
      <IconChevronRight size={16} aria-hidden="true" />
    </>
  );
}
