import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Query, useInvoke, useQuery } from '../../app/bridge.tsx';
import { goTo, useRoute } from '../../app/routes.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { KeyForm } from './KeyForm.tsx';
import { KeyList } from './KeyList.tsx';
import { SecretShown } from './SecretShown.tsx';
import { keepSecret, useFreshSecret } from './secretStore.ts';
import { refreshEveryMs, useRefresh } from './useRefresh.ts';
import { WebhookForm } from './WebhookForm.tsx';
import { WebhookList } from './WebhookList.tsx';
import { WebhookPanel } from './WebhookPanel.tsx';

const tabs = ['keys', 'webhooks'] as const;
type Tab = (typeof tabs)[number];
const newKey = 'new-key';
const newWebhook = 'new-webhook';
const ofKey = 'key-';

/** Keys of other programs, and where they are told what happened; all of it is the server's. */
export function IntegrationsPage() {
  const { t } = useTranslation('integrations');
  const { id } = useRoute();
  const userId = useDesk((desk) => desk.session.user?.id ?? null);
  const fresh = useFreshSecret(userId);
  const isKeys = id === null || id === 'keys' || id === newKey || id.startsWith(ofKey);
  const keys = useQuery('integrations.keys', isKeys ? {} : null);
  const webhooks = useQuery('integrations.webhooks', isKeys ? null : {});
  const reload = isKeys ? keys.reload : webhooks.reload;
  useRefresh(reload, refreshEveryMs(webhooks.data ?? []));
  const selected = useLast(webhooks)?.find((webhook) => webhook.id === id) ?? null;
  const edited = useLast(keys)?.find((key) => `${ofKey}${key.id}` === id) ?? null;
  const tab: Tab = isKeys ? 'keys' : 'webhooks';
  const side = () => {
    if (id === newWebhook) return <NewWebhook onMade={webhooks.reload} />;
    if (selected) {
      return <WebhookPanel key={selected.id} webhook={selected} onChanged={webhooks.reload} />;
    }
    if (id !== newKey && !edited) return null;
    const done = () => {
      goTo('integrations', 'keys');
      keys.reload();
    };
    return <KeyForm key={id} item={edited} onDone={done} />;
  };
  return (
    <Page
      testId="integrations-page"
      label={t('title')}
      head={
        <>
          <Segmented
            label={t('tabs.label')}
            value={tab}
            options={tabs.map((one) => ({ value: one, label: t(`tabs.${one}`) }))}
            onChange={(next) => goTo('integrations', next)}
          />
          <span className="grow" />
          <Button
            icon={<IconPlus size={16} aria-hidden="true" />}
            data-testid="integration-new"
            onClick={() => goTo('integrations', isKeys ? newKey : newWebhook)}
          >
            {t(`${tab}.new`)}
          </Button>
        </>
      }
      notice={fresh ? <SecretShown fresh={fresh} /> : null}
      side={side()}
    >
      {isKeys ? (
        <KeyList keys={keys} onEdit={(keyId) => goTo('integrations', `${ofKey}${keyId}`)} />
      ) : (
        <WebhookList webhooks={webhooks} selectedId={selected?.id ?? null} />
      )}
    </Page>
  );
}

/** What was read last stays where the server is out of reach for a moment: a form lies over it. */
function useLast<T>({ data }: Query<T>): T | null {
  const last = useRef<T | null>(null);
  if (data !== null) last.current = data;
  return data ?? last.current;
}

function NewWebhook({ onMade }: { onMade: () => void }) {
  const invoke = useInvoke();
  const userId = useDesk((desk) => desk.session.user?.id ?? '');
  return (
    <WebhookForm
      webhook={null}
      onCancel={() => goTo('integrations', 'webhooks')}
      onSave={async (fields) => {
        const made = await invoke('integrations.createWebhook', { ...fields, active: true });
        if (!made.ok) return made;
        const { webhook, secret } = made.value;
        keepSecret({ userId, kind: 'webhook', name: webhook.url, secret });
        onMade();
        goTo('integrations', webhook.id);
        return made;
      }}
    />
  );
}
