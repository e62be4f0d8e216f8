import { IconCheck, IconClock } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sending } from '#shared/contract/methods/intervention.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { Pill } from '../../ui/Pill.tsx';
import { useAudienceText } from './audienceText.ts';
import styles from './messages.module.css';

const shown = 100;

function Receipt({ receipt }: { receipt: Sending['receipts'][number] }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const { recipientName, readAt, reply } = receipt;
  const Icon = readAt === null ? IconClock : IconCheck;
  return (
    <li className={styles.receipt} data-testid="receipt" data-read={readAt !== null}>
      <span className="row">
        <span className={readAt === null ? 'muted' : 'tone-ok'}>
          <Icon size={14} aria-hidden="true" />
        </span>
        <span>{recipientName}</span>
        <span className="small">
          {readAt === null ? t('unread') : t('readAt', { time: format.moment(readAt) })}
        </span>
      </span>
      {reply === null ? null : (
        <p className={styles.answer}>{t('answered', { name: recipientName, text: reply })}</p>
      )}
    </li>
  );
}

function SentLine({ sending }: { sending: Sending }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const run = useRun();
  const audienceText = useAudienceText();
  const { sendingId, text, priority, sentAt, receipts } = sending;
  const read = receipts.filter(({ readAt }) => readAt !== null).length;
  const isNew = receipts.some(({ reply, replyReadAt }) => reply !== null && replyReadAt === null);
  const [only] = receipts;
  const isOne = sending.audience === 'one' && only !== undefined;
  // What stands before the sender's eyes has been seen.
  useEffect(() => {
    if (isNew) void run('messages.seenReplies', { sendingId });
  }, [isNew, run, sendingId]);
  return (
    <li className={styles.line} data-testid="sent-line">
      <span className="row">
        <span className="medium">{isOne ? only.recipientName : audienceText(sending)}</span>
        <time className="small" dateTime={new Date(sentAt).toISOString()}>
          {format.moment(sentAt)}
        </time>
        {priority === 'urgent' ? <Pill tone="error">{t('priorities.urgent')}</Pill> : null}
        {isNew ? <Pill tone="accent">{t('newReplies')}</Pill> : null}
      </span>
      <p className={styles.text}>{text}</p>
      <details open={receipts.length <= 3 || isNew}>
        <summary className="small">{t('receipts', { read, all: receipts.length })}</summary>
        <ul>
          {receipts.map((receipt) => (
            <Receipt key={receipt.id} receipt={receipt} />
          ))}
        </ul>
      </details>
    </li>
  );
}

/** What this user has sent, with who has read it and when. */
export function SentList() {
  const { t } = useTranslation('messages');
  const { data } = useQuery('messages.sent', { limit: shown }, ['message']);
  if (data?.length === 0) return <p className="muted">{t('emptySent')}</p>;
  return (
    <ul>
      {data?.map((sending) => (
        <SentLine key={sending.sendingId} sending={sending} />
      ))}
    </ul>
  );
}
