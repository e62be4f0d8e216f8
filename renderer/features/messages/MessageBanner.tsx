import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconMessage } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#shared/contract/methods/intervention.ts';
import { useRun } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { useAudienceText } from './audienceText.ts';
import styles from './messages.module.css';
import { ReplyForm } from './ReplyForm.tsx';
import { useInbox } from './useInbox.ts';

function Line({ message, more }: { message: MessageView; more: number }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const run = useRun();
  const audienceText = useAudienceText();
  const [replying, setReplying] = useState(false);
  const { id, senderName, sentAt, text, priority } = message;
  const read = () => void run('messages.read', { ids: [id] });
  useShortcut('work.message', read);
  const urgent = priority === 'urgent';
  const Icon = urgent ? IconAlertTriangle : IconMessage;
  const title = [
    ...(urgent ? [t('priorities.urgent')] : []),
    senderName,
    ...(audienceText(message) ? [audienceText(message)] : []),
    format.time(sentAt),
  ].join(' · ');
  return (
    <div data-testid="message-banner" data-priority={priority}>
      <Banner
        tone={urgent ? 'error' : 'accent'}
        icon={<Icon size={16} aria-hidden="true" />}
        title={title}
        text={<span className={styles.bannerText}>{text}</span>}
        actions={
          replying ? (
            <ReplyForm message={message} onDone={() => setReplying(false)} />
          ) : (
            <>
              {more > 0 ? <span className="small nowrap">{t('more', { count: more })}</span> : null}
              <Button
                size="sm"
                icon={<IconArrowBackUp size={14} aria-hidden="true" />}
                data-testid="banner-reply"
                onClick={() => setReplying(true)}
              >
                {t('reply')}
              </Button>
              <Button
                size="sm"
                icon={<IconCheck size={14} aria-hidden="true" />}
                keys={keysOf('work.message')}
                data-testid="banner-read"
                onClick={read}
              >
                {t('read')}
              </Button>
            </>
          )
        }
      />
    </div>
  );
}

/** The message to be read next, urgent ones first, then the oldest. It never takes the focus. */
export function MessageBanner() {
  const { entries } = useInbox();
  const unread = entries.filter(({ readAt }) => readAt === null).toReversed();
  const first = unread.find(({ priority }) => priority === 'urgent') ?? unread[0];
  return first ? <Line key={first.id} message={first} more={unread.length - 1} /> : null;
}
