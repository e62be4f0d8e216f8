import {
  IconAlertTriangle,
  IconCheck,
  IconPlayerPause,
  IconWebhook,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '#shared/sync/webhooks.ts';
import type { Query } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import styles from './integrations.module.css';

/** How a webhook stands, in shape, word and colour. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('integrations');
  const { active, stopped, failingSince } = webhook;
  if (stopped) {
    return (
      <Pill tone="error" icon={<IconX size={12} aria-hidden="true" />}>
        {t(`webhooks.stopped.${stopped}`)}
      </Pill>
    );
  }
  if (!active) {
    return (
      <Pill tone="outline" icon={<IconPlayerPause size={12} aria-hidden="true" />}>
        {t('webhooks.paused')}
      </Pill>
    );
  }
  if (failingSince !== null) {
    return (
      <Pill tone="warn" icon={<IconAlertTriangle size={12} aria-hidden="true" />}>
        {t('webhooks.failing')}
      </Pill>
    );
  }
  return (
    <Pill tone="ok" icon={<IconCheck size={12} aria-hidden="true" />}>
      {t('webhooks.active')}
    </Pill>
  );
}

function WebhookItem({ webhook, selected }: { webhook: Webhook; selected: boolean }) {
  const { t } = useTranslation('integrations');
  const format = useFormat();
  const { id, url, description, events, waiting, dead, failingSince, deliveredAt } = webhook;
  const parts = [
    t('webhooks.events', { count: events.length }),
    waiting > 0 ? t('webhooks.waiting', { count: waiting }) : null,
    dead > 0 ? t('webhooks.dead', { count: dead }) : null,
    failingSince !== null
      ? t('webhooks.failingSince', { time: format.moment(failingSince) })
      : deliveredAt !== null
        ? t('webhooks.deliveredAt', { time: format.moment(deliveredAt) })
        : t('webhooks.neverDelivered'),
  ];
  return (
    <li>
      <a
        href={hrefOf('integrations', id)}
        className={styles.row}
        aria-current={selected ? 'true' : undefined}
        data-testid="webhook"
        data-webhook-id={id}
      >
        <span className={styles.itemHead}>
          <span className="medium cut">{description === '' ? url : description}</span>
          <WebhookState webhook={webhook} />
        </span>
        {description === '' ? null : <span className={`${styles.meta} cut`}>{url}</span>}
        <span className={styles.meta} data-dead={dead > 0}>
          {parts.filter((part) => part !== null).join(' · ')}
        </span>
      </a>
    </li>
  );
}

/** Where other programs are told what happened. */
export function WebhookList({
  webhooks,
  selectedId,
}: {
  webhooks: Query<Webhook[]>;
  selectedId: string | null;
}) {
  const { t } = useTranslation('integrations');
  const { data, failure, reload } = webhooks;
  if (failure) return <ListFailed title={t('failed')} failure={failure} onAgain={reload} />;
  if (!data) return <Skeleton widths={[70, 50, 70, 50]} />;
  if (data.length === 0) {
    return (
      <EmptyState
        icon={<IconWebhook size={20} aria-hidden="true" />}
        title={t('webhooks.none')}
        text={t('webhooks.noneHint')}
      />
    );
  }
  return (
    <>
      <p className={styles.about}>
        <IconWebhook size={16} aria-hidden="true" />
        {t('webhooks.about')}
      </p>
      <ul aria-label={t('tabs.webhooks')}>
        {data.map((webhook) => (
          <WebhookItem key={webhook.id} webhook={webhook} selected={webhook.id === selectedId} />
        ))}
      </ul>
    </>
  );
}
