import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowUp,
  IconBook,
  IconCheck,
  IconClock,
  IconCoffee,
  IconEye,
  IconLifebuoy,
  IconLogout,
  IconMessage,
  IconMoodSad,
  IconPhoneOutgoing,
  IconRefresh,
  IconUserCheck,
  IconUserShare,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotificationView } from '#shared/contract/methods/ticketLists.ts';
import { useQuery, useRun } from '../app/bridge.tsx';
import { goTo } from '../app/routes.ts';
import { isDone, useDoneSubject } from '../features/intervention/doneWords.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { Button } from '../ui/Button.tsx';
import { cx } from '../ui/cx.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './NoticeMenu.module.css';

const icons = {
  'ticket.assigned': IconUserCheck,
  'ticket.reassigned': IconUserShare,
  'ticket.returned': IconArrowBackUp,
  'ticket.reopened': IconRefresh,
  'ticket.escalated': IconArrowUp,
  'ticket.warned': IconClock,
  'ticket.breached': IconAlertTriangle,
  'ticket.watched': IconEye,
  'visit.unsatisfied': IconMoodSad,
  'task.due': IconPhoneOutgoing,
  'task.handedOver': IconPhoneOutgoing,
  'article.review': IconBook,
  'team.stateSet': IconCoffee,
  'team.signedOut': IconLogout,
  'team.queuesChanged': IconUsersGroup,
  'message.urgent': IconMessage,
  'help.asked': IconLifebuoy,
} as const satisfies Record<NotificationView['kind'], typeof IconClock>;

const shown = 50;

/** What this user was told, newest first. */
export function useTold() {
  const { data } = useQuery('notifications.list', { limit: shown }, ['notification']);
  return { unread: data?.unread ?? 0, entries: data?.entries ?? [] };
}

function ToldLine({ entry, onLeave }: { entry: NotificationView; onLeave: () => void }) {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const run = useRun();
  const { id, kind, at, ticketId, taskId, subject, byName, readAt } = entry;
  const doneSubject = useDoneSubject();
  const shownSubject = isDone(entry) ? doneSubject(entry) : subject;
  const Icon = icons[kind];
  const words = t(`told.kinds.${kind}`);
  const read = () => void run('notifications.read', { ids: [id] });
  const open = () => {
    read();
    if (ticketId !== null) goTo('tickets', ticketId);
    else if (taskId !== null) goTo('tasks');
    else if (kind === 'article.review') goTo('knowledge');
    onLeave();
  };
  return (
    <li
      className={cx(styles.told, readAt === null && styles.unread)}
      data-testid="told"
      data-kind={kind}
    >
      <button type="button" className={styles.toldFace} onClick={open}>
        <Icon size={16} aria-hidden="true" />
        <span className={styles.toldWords}>
          <span className="small">
            {byName === null ? words : t('told.by', { kind: words, name: byName })} ·{' '}
            {format.moment(at)}
            {readAt === null ? <span className="for-readers"> {t('told.unread')}</span> : null}
          </span>
          <span className="cut" title={shownSubject}>
            {shownSubject}
          </span>
        </span>
      </button>
      {readAt === null ? (
        <IconButton
          label={t('told.read')}
          icon={<IconCheck size={14} aria-hidden="true" />}
          onClick={read}
        />
      ) : null}
    </li>
  );
}

/** What happened to tickets and tasks of this user; a click leads there and marks it as read. */
export function ToldList({
  entries,
  unread,
  onLeave,
}: {
  entries: readonly NotificationView[];
  unread: number;
  onLeave: () => void;
}) {
  const { t } = useTranslation('shell');
  const run = useRun();
  if (entries.length === 0) return null;
  return (
    <section aria-label={t('told.title')}>
      <header className={styles.toldHead}>
        <h2>{t('told.title')}</h2>
        {unread > 0 ? (
          <Button
            size="sm"
            variant="ghost"
            data-testid="told-read-all"
            onClick={() => void run('notifications.read', { ids: null })}
          >
            {t('told.readAll')}
          </Button>
        ) : null}
      </header>
      <ul className={cx('scroll', styles.toldList)}>
        {entries.map((entry) => (
          <ToldLine key={entry.id} entry={entry} onLeave={onLeave} />
        ))}
      </ul>
    </section>
  );
}
