import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#shared/contract/methods/intervention.ts';
import { useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { useAudienceText } from './audienceText.ts';
import styles from './messages.module.css';
import { ReplyForm } from './ReplyForm.tsx';

function Line({ message }: { message: MessageView }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const run = useRun();
  const audienceText = useAudienceText();
  const [replying, setReplying] = useState(false);
  const { id, senderName, sentAt, text, priority, readAt, reply } = message;
  const audience = audienceText(message);
  return (
    <li className={styles.line} data-unread={readAt === null} data-testid="inbox-line">
      <span className="row">
        <span className="medium">{senderName}</span>
        {audience ? <span className="small">{audience}</span> : null}
        <time className="small" dateTime={new Date(sentAt).toISOString()}>
          {format.moment(sentAt)}
        </time>
        {priority === 'urgent' ? <Pill tone="error">{t('priorities.urgent')}</Pill> : null}
        {readAt === null ? <Pill tone="accent">{t('unreadMark')}</Pill> : null}
      </span>
      <p className={styles.text}>{text}</p>
      {reply === null ? null : <p className="small">{t('replied', { text: reply })}</p>}
      {replying ? <ReplyForm message={message} onDone={() => setReplying(false)} /> : null}
      <span className="row">
        {readAt === null ? (
          <Button
            size="sm"
            icon={<IconCheck size={14} aria-hidden="true" />}
            onClick={() => void run('messages.read', { ids: [id] })}
          >
            {t('read')}
          </Button>
        ) : null}
        {reply === null && !replying ? (
          <Button
            size="sm"
            variant="ghost"
            icon={<IconArrowBackUp size={14} aria-hidden="true" />}
            onClick={() => setReplying(true)}
          >
            {t('reply')}
          </Button>
        ) : null}
      </span>
    </li>
  );
}

/** What this user got, newest first. */
export function Inbox({ entries }: { entries: readonly MessageView[] }) {
  const { t } = useTranslation('messages');
  if (entries.length === 0) return <p className="muted">{t('empty')}</p>;
  return (
    <ul>
      {entries.map((message) => (
        <Line key={message.id} message={message} />
      ))}
    </ul>
  );
}
