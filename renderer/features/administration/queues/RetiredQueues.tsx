import { useTranslation } from 'react-i18next';
import type { Queue } from '#shared/domain/configuration.ts';
import { hrefOf } from '../../../app/routes.ts';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Button } from '../../../ui/Button.tsx';
import styles from '../administration.module.css';

/** Queues of the past: their names stay for what came through them. */
export function RetiredQueues({
  queues,
  peopleOf,
  onOffer,
}: {
  queues: readonly Queue[];
  peopleOf: (queueId: string) => number | null;
  onOffer: (queue: Queue) => void;
}) {
  const { t } = useTranslation('administration');
  const format = useFormat();
  if (queues.length === 0) return null;
  return (
    <section className={styles.group} aria-label={t('queues.retired')}>
      <h3>{t('queues.retired')}</h3>
      <p className={styles.about}>{t('queues.retiredHint')}</p>
      <ul>
        {queues.map((queue) => {
          const name = format.text(queue.name);
          const people = peopleOf(queue.id) ?? 0;
          return (
            <li key={queue.id} className={styles.retiredLine} data-testid="retired-queue">
              <span className={`cut ${styles.keptId}`}>{queue.id}</span>
              <span className="cut">{name}</span>
              {people > 0 ? (
                <a className="small cut" href={hrefOf('users')}>
                  {t('queues.stillTaken', { count: people })}
                </a>
              ) : (
                <span />
              )}
              <Button
                size="sm"
                data-retired={queue.id}
                data-testid="queue-offer"
                aria-label={t('queues.offerName', { name })}
                onClick={() => onOffer(queue)}
              >
                {t('tree.offer')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
