import { IconMessage } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../app/bridge.tsx';
import { useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Inbox } from './Inbox.tsx';
import { MessageForm } from './MessageForm.tsx';
import styles from './messages.module.css';
import { SentList } from './SentList.tsx';
import { useInbox } from './useInbox.ts';

type Tab = 'inbox' | 'sent' | 'new';

function Messages() {
  const { t } = useTranslation('messages');
  const run = useRun();
  const maySend = useMayDo('messages.send');
  const { unread, entries } = useInbox();
  const [tab, setTab] = useState<Tab>('inbox');
  const tabs: readonly Tab[] = ['inbox', 'sent', 'new'];
  return (
    <div className={styles.messages} data-testid="messages">
      <div className="row">
        {maySend ? (
          <Segmented
            label={t('title')}
            value={tab}
            options={tabs.map((one) => ({ value: one, label: t(one) }))}
            onChange={setTab}
          />
        ) : null}
        <span className="grow" />
        {tab === 'inbox' && unread > 1 ? (
          <Button
            size="sm"
            variant="ghost"
            onClick={() => void run('messages.read', { ids: null })}
          >
            {t('readAll')}
          </Button>
        ) : null}
      </div>
      {tab === 'inbox' ? <Inbox entries={entries} /> : null}
      {tab === 'sent' ? <SentList /> : null}
      {tab === 'new' ? (
        <MessageForm
          to={{ audience: 'all' }}
          choosing
          helpRequestId={null}
          onDone={() => setTab('sent')}
        />
      ) : null}
    </div>
  );
}

/** Opens what this user got and, where the user may send, what was sent. */
export function MessagesButton() {
  const { t } = useTranslation('messages');
  const { unread } = useInbox();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <IconButton
        label={unread > 0 ? `${t('open')} (${unread})` : t('open')}
        data-testid="open-messages"
        onClick={() => setOpened(true)}
        icon={
          <span className={styles.icon}>
            <IconMessage size={16} aria-hidden="true" />
            {unread > 0 ? (
              <span className={styles.count}>{unread > 99 ? '99+' : unread}</span>
            ) : null}
          </span>
        }
      />
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('title')} width={600}>
        {opened ? <Messages /> : null}
      </Dialog>
    </>
  );
}
