import { Menu } from '@mantine/core';
import {
  IconDots,
  IconKey,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '#shared/sync/webhooks.ts';
import { useInvoke, useRun } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { tell } from '../../store/window.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Asked } from './Asked.tsx';
import { Deliveries } from './Deliveries.tsx';
import styles from './integrations.module.css';
import { keepSecret } from './secretStore.ts';
import { WebhookForm } from './WebhookForm.tsx';
import { WebhookState } from './WebhookList.tsx';
import { useWords } from './words.ts';

const views = ['deliveries', 'settings'] as const;
type View = (typeof views)[number];

/** What can be done with a webhook at once: try, pause, change its secret, remove. */
function Actions({ webhook, onChanged }: { webhook: Webhook; onChanged: () => void }) {
  const { t } = useTranslation('integrations');
  const run = useRun();
  const words = useWords();
  const userId = useDesk((desk) => desk.session.user?.id ?? '');
  const [asking, setAsking] = useState<'renew' | 'remove' | null>(null);
  const [testing, setTesting] = useState(false);
  const { id: webhookId, active, url } = webhook;

  const test = async () => {
    if (testing) return;
    setTesting(true);
    const sent = await run('integrations.testWebhook', { webhookId });
    setTesting(false);
    onChanged();
    if (!sent) return;
    const { lastStatus: status, lastTookMs: ms } = sent;
    if (sent.lastFailure === null) tell(t('actions.testTaken', { status, ms }));
    else tell(t('actions.testFailed', { why: words.why(sent) }));
  };
  const setActive = async () => {
    const changed = await run('integrations.changeWebhook', {
      webhookId,
      change: { active: !active },
    });
    if (changed) tell(t(changed.active ? 'actions.resumed' : 'actions.paused'));
    onChanged();
  };
  const renew = async () => {
    setAsking(null);
    const made = await run('integrations.renewSecret', { webhookId });
    if (made) keepSecret({ userId, kind: 'webhook', name: url, secret: made.secret });
    onChanged();
  };
  const remove = async () => {
    setAsking(null);
    if (!(await run('integrations.removeWebhook', { webhookId }))) return;
    tell(t('actions.removed'));
    goTo('integrations', 'webhooks');
    onChanged();
  };
  return (
    <>
      <div className={styles.actions}>
        <Button
          icon={<IconSend size={16} aria-hidden="true" />}
          aria-disabled={testing}
          data-testid="webhook-test"
          onClick={() => void test()}
        >
          {t('actions.test')}
        </Button>
        <Button
          icon={
            active ? (
              <IconPlayerPause size={16} aria-hidden="true" />
            ) : (
              <IconPlayerPlay size={16} aria-hidden="true" />
            )
          }
          data-testid="webhook-active"
          onClick={() => void setActive()}
        >
          {t(active ? 'actions.pause' : 'actions.resume')}
        </Button>
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <IconButton
              label={t('actions.menu')}
              icon={<IconDots size={16} aria-hidden="true" />}
              data-testid="webhook-menu"
            />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconKey size={16} aria-hidden="true" />}
              data-testid="webhook-renew"
              onClick={() => setAsking('renew')}
            >
              {t('actions.renew')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={16} aria-hidden="true" />}
              data-testid="webhook-remove"
              onClick={() => setAsking('remove')}
            >
              {t('actions.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {asking === 'renew' ? (
        <Asked
          text={t('actions.askRenew')}
          yes={t('actions.renew')}
          no={t('actions.keep')}
          onYes={() => void renew()}
          onNo={() => setAsking(null)}
        />
      ) : null}
      {asking === 'remove' ? (
        <Asked
          text={t('actions.askRemove')}
          yes={t('actions.remove')}
          no={t('actions.keep')}
          onYes={() => void remove()}
          onNo={() => setAsking(null)}
        />
      ) : null}
    </>
  );
}

/** One webhook: how it stands, what it was told, and its settings. */
export function WebhookPanel({ webhook, onChanged }: { webhook: Webhook; onChanged: () => void }) {
  const { t } = useTranslation('integrations');
  const invoke = useInvoke();
  const format = useFormat();
  const [view, setView] = useState<View>('deliveries');
  const [round, setRound] = useState(0);
  const done = () => {
    onChanged();
    setRound((count) => count + 1);
  };
  const { id: webhookId, url, description, stopped, previousSecretUntil } = webhook;
  return (
    <section className={styles.panel} aria-label={url} data-testid="webhook-panel">
      <header className={styles.panelHead}>
        <div className={styles.itemHead}>
          <h2 className="cut">{description === '' ? url : description}</h2>
          <WebhookState webhook={webhook} />
        </div>
        <p className={`${styles.meta} cut`} title={url}>
          {url}
        </p>
        <Actions webhook={webhook} onChanged={done} />
        {stopped ? <Banner tone="error" title={t(`webhooks.stoppedText.${stopped}`)} /> : null}
        {previousSecretUntil === null || previousSecretUntil <= deskNow() ? null : (
          <p className={styles.meta}>
            {t('secret.until', { time: format.moment(previousSecretUntil) })}
          </p>
        )}
        <Segmented
          label={t('panel.views')}
          value={view}
          options={views.map((one) => ({ value: one, label: t(`panel.${one}`) }))}
          onChange={setView}
        />
      </header>
      {view === 'deliveries' ? (
        <Deliveries webhook={webhook} round={round} onChanged={onChanged} />
      ) : (
        <WebhookForm
          webhook={webhook}
          onCancel={() => goTo('integrations', 'webhooks')}
          onSave={async (change) => {
            const saved = await invoke('integrations.changeWebhook', { webhookId, change });
            if (saved.ok) tell(t('webhookForm.saved'));
            onChanged();
            return saved;
          }}
        />
      )}
    </section>
  );
}
