import { useTranslation } from 'react-i18next';
import type { Delivery } from '#shared/sync/webhooks.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './integrations.module.css';

/** What the receiver answered last and what is sent to it. */
export function DeliveryDetail({
  delivery,
  canRedeliver,
  onChanged,
}: {
  delivery: Delivery;
  canRedeliver: boolean;
  onChanged: () => void;
}) {
  const { t } = useTranslation('integrations');
  const run = useRun();
  const failureText = useFailureText();
  const { id: deliveryId, state, lastAt, lastAnswer } = delivery;
  const detail = useQuery('integrations.delivery', { deliveryId });
  const redeliver = async () => {
    if (await run('integrations.redeliver', { deliveryId })) tell(t('deliveries.queued'));
    onChanged();
  };
  return (
    <div className={styles.detail} data-testid="delivery-detail">
      {lastAt === null ? null : (
        <>
          <h3 className={styles.label}>{t('deliveries.answer')}</h3>
          {lastAnswer ? (
            <pre className={styles.text} data-testid="delivery-answer">
              {lastAnswer}
            </pre>
          ) : (
            <p className="small">{t('deliveries.noAnswer')}</p>
          )}
        </>
      )}
      <h3 className={styles.label}>{t('deliveries.sent')}</h3>
      {detail.failure ? <p className="tone-error">{failureText(detail.failure)}</p> : null}
      {detail.loading ? <Skeleton widths={[60]} /> : null}
      {detail.data ? (
        <pre className={styles.text}>{JSON.stringify(detail.data.body, null, 2)}</pre>
      ) : null}
      {state !== 'waiting' && canRedeliver ? (
        <Button size="sm" data-testid="redeliver" onClick={() => void redeliver()}>
          {t('deliveries.redeliver')}
        </Button>
      ) : null}
    </div>
  );
}
