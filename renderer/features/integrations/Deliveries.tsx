import { IconCheck, IconHourglass, IconInbox, IconMailOff, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Delivery, deliveryStates, type Webhook } from '#shared/sync/webhooks.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import { DeliveryDetail } from './DeliveryDetail.tsx';
import styles from './integrations.module.css';
import { refreshEveryMs, useRefresh } from './useRefresh.ts';
import { useWords } from './words.ts';

const filters = ['all', ...deliveryStates] as const;
type Filter = (typeof filters)[number];

const icons = { waiting: IconHourglass, delivered: IconCheck, dead: IconMailOff };

function DeliveryItem({
  delivery,
  canRedeliver,
  onChanged,
}: {
  delivery: Delivery;
  canRedeliver: boolean;
  onChanged: () => void;
}) {
  const { t } = useTranslation('integrations');
  const format = useFormat();
  const words = useWords();
  const [open, setOpen] = useState(false);
  const { state, type, createdAt, attempts, nextAt, lastAt, lastStatus, lastTookMs } = delivery;
  const Icon = icons[state];
  const time = format.moment(createdAt);
  const parts = [
    attempts > 0 ? t('deliveries.attempts', { count: attempts }) : null,
    delivery.lastFailure !== null ? words.why(delivery) : null,
    lastAt !== null && delivery.lastFailure === null
      ? t('deliveries.status', { status: lastStatus })
      : null,
    lastTookMs === null ? null : t('deliveries.took', { ms: lastTookMs }),
    nextAt !== null && attempts > 0 ? t('deliveries.next', { time: format.moment(nextAt) }) : null,
  ];
  return (
    <li className={styles.delivery} data-testid="delivery" data-state={state}>
      <button
        type="button"
        className={styles.deliveryLine}
        aria-expanded={open}
        aria-label={t('deliveries.open', { type: words.event(type), time })}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.state} data-state={state}>
          <Icon size={16} aria-hidden="true" />
          {t(`deliveries.${state === 'dead' ? 'deadOne' : state}`)}
        </span>
        <span className="medium cut">{words.event(type)}</span>
        <span className="grow" />
        <time className={styles.meta}>{time}</time>
        <span className={cx(styles.meta, styles.wide)}>
          {parts.filter((part) => part !== null).join(' · ')}
        </span>
      </button>
      {open ? (
        <DeliveryDetail delivery={delivery} canRedeliver={canRedeliver} onChanged={onChanged} />
      ) : null}
    </li>
  );
}

/** What a webhook was told, what waits, and the dead letters; the newest first. */
export function Deliveries({
  webhook,
  round,
  onChanged,
}: {
  webhook: Webhook;
  /** Another one with everything done to the webhook here: a test event changes nothing of the webhook itself. */
  round: number;
  onChanged: () => void;
}) {
  const { t } = useTranslation('integrations');
  const run = useRun();
  const [filter, setFilter] = useState<Filter>('all');
  const [older, setOlder] = useState<{ of: string; items: Delivery[]; cursor: string | null }>({
    of: '',
    items: [],
    cursor: null,
  });
  const { id: webhookId, active, waiting, dead, deliveredAt } = webhook;
  const state = filter === 'all' ? null : filter;
  const first = useQuery('integrations.deliveries', { webhookId, state, cursor: null });
  const { reload } = first;
  useRefresh(reload, refreshEveryMs([webhook]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the webhook has moved on, its deliveries have too
  useEffect(() => reload(), [waiting, dead, deliveredAt, round, reload]);
  const list = `${webhookId} ${filter}`;
  const added = older.of === list ? older : null;
  const known = new Set(first.data?.deliveries.map(({ id }) => id));
  const rest = added?.items.filter(({ id }) => !known.has(id)) ?? [];
  const items = [...(first.data?.deliveries ?? []), ...rest];
  const cursor = added ? added.cursor : (first.data?.cursor ?? null);
  const again = () => {
    first.reload();
    onChanged();
  };
  const readOn = async () => {
    const next = await run('integrations.deliveries', { webhookId, state, cursor });
    if (!next) return;
    const read = [...(added?.items ?? []), ...next.deliveries];
    setOlder({ of: list, items: read, cursor: next.cursor });
  };
  const redeliverAll = async () => {
    const queued = await run('integrations.redeliverAll', { webhookId });
    if (queued) tell(t('deliveries.queuedAll', { count: queued.count }));
    again();
  };
  return (
    <>
      <div className={styles.filter}>
        <Segmented
          label={t('deliveries.filter')}
          value={filter}
          options={filters.map((one) => ({ value: one, label: t(`deliveries.${one}`) }))}
          onChange={setFilter}
        />
        <span className="grow" />
        {filter === 'dead' && dead > 0 && active ? (
          <Button size="sm" data-testid="redeliver-all" onClick={() => void redeliverAll()}>
            {t('deliveries.redeliverAll')}
          </Button>
        ) : null}
        <IconButton
          label={t('refresh')}
          icon={<IconRefresh size={16} aria-hidden="true" />}
          onClick={again}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <div className={cx('scroll', styles.deliveries)} tabIndex={0}>
        {first.failure ? (
          <ListFailed
            title={t('deliveries.failed')}
            failure={first.failure}
            onAgain={first.reload}
          />
        ) : null}
        {first.loading ? <Skeleton widths={[60, 40, 70]} /> : null}
        {first.data && items.length === 0 ? (
          <EmptyState
            icon={<IconInbox size={20} aria-hidden="true" />}
            title={t('deliveries.none')}
            text={t('deliveries.noneHint')}
          />
        ) : null}
        <ul aria-label={t('deliveries.title')}>
          {items.map((delivery) => (
            <DeliveryItem
              key={delivery.id}
              delivery={delivery}
              canRedeliver={active}
              onChanged={again}
            />
          ))}
        </ul>
        {cursor === null ? null : (
          <Button size="sm" onClick={() => void readOn()}>
            {t('common:actions.loadMore')}
          </Button>
        )}
      </div>
    </>
  );
}
