import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Configuration, Queue } from '#shared/domain/configuration.ts';
import { mostQueues, offeredQueues } from '#shared/domain/settings/queues.ts';
import { useQuery } from '../../../app/bridge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { moved } from '../../register/formEdit.ts';
import styles from '../administration.module.css';
import { useFlaws } from '../flaws.ts';
import { moveSelectors } from '../LineTools.tsx';
import { useFocusAfter } from '../useFocusAfter.ts';
import { QueueRow } from './QueueRow.tsx';
import { RetiredQueues } from './RetiredQueues.tsx';

const fresh: Queue = {
  ...{ id: '', name: { en: '', 'zh-CN': '' }, afterCallMs: 60_000, autoAnswer: false },
};

/** How many people take each queue; null where the centre cannot be asked. */
function usePeopleOf(): (queueId: string) => number | null {
  const { data } = useQuery('users.list', {}, ['user']);
  return (queueId) =>
    data?.filter(({ active, queueIds }) => active && queueIds.includes(queueId)).length ?? null;
}

/** The queues of the centre in the order in which they are listed everywhere; retired ones stand apart. */
export function QueuesEditor({
  value,
  held,
  onChange,
}: {
  value: Configuration;
  held: Configuration;
  onChange: (value: Configuration) => void;
}) {
  const { t } = useTranslation('administration');
  const peopleOf = usePeopleOf();
  const flawAt = useFlaws(value, held);
  const { frame, focusAfter } = useFocusAfter<HTMLDivElement>();
  const { queues } = value;
  const offered = offeredQueues(queues);
  const retired = queues.filter((queue) => queue.retired);
  const put = (next: readonly Queue[]) => onChange({ ...value, queues: [...next] });
  const order = (next: readonly Queue[]) => put([...next, ...retired]);
  const replace = (queue: Queue, next: Queue) =>
    put(queues.map((one) => (one === queue ? next : one)));
  /** Calls name a queue by its id: one that is saved keeps it, the first of them where one is typed twice. */
  const isSaved = (queue: Queue) =>
    held.queues.some(({ id }) => id === queue.id) &&
    queues.find(({ id }) => id === queue.id) === queue;

  return (
    <div ref={frame} className={styles.settings}>
      <p className={styles.about}>{t('queues.about')}</p>
      {offered.length > 0 ? (
        <table className={styles.lineTable}>
          <thead>
            <tr>
              <th scope="col" className={styles.idColumn}>
                {t('queues.id')}
              </th>
              <th scope="col">{t('queues.en')}</th>
              <th scope="col">{t('queues.zh-CN')}</th>
              <th scope="col" className={styles.timeColumn} title={t('queues.afterCallHint')}>
                {t('queues.afterCall')}
              </th>
              <th scope="col" className={styles.checkColumn} title={t('queues.autoAnswerHint')}>
                {t('queues.autoAnswer')}
              </th>
              <th scope="col" className={styles.countColumn}>
                {t('queues.people')}
              </th>
              <th scope="col" className={styles.toolColumn}>
                <span className="for-readers">{t('lines.tools')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {offered.map((queue, line) => (
              <QueueRow
                // biome-ignore lint/suspicious/noArrayIndexKey: the id is what is typed
                key={line}
                queue={queue}
                line={line}
                count={offered.length}
                isSaved={isSaved(queue)}
                people={peopleOf(queue.id)}
                flawOf={(field, kind) => flawAt(`queues.${queues.indexOf(queue)}.${field}`, kind)}
                onChange={(next) => replace(queue, next)}
                onMove={(by) => {
                  focusAfter(...moveSelectors(line + by, by));
                  order(moved(offered, line, by));
                }}
                onRetire={() => {
                  focusAfter(`[data-retired="${queue.id}"]`);
                  replace(queue, { ...queue, retired: true });
                }}
                onRemove={() => {
                  focusAfter('[data-add="queue"]');
                  put(queues.filter((one) => one !== queue));
                }}
              />
            ))}
          </tbody>
        </table>
      ) : (
        <p className="muted">{t('queues.none')}</p>
      )}
      <Button
        icon={<IconPlus size={16} aria-hidden="true" />}
        data-add="queue"
        data-testid="add-queue"
        disabled={queues.length >= mostQueues}
        onClick={() => {
          focusAfter(`[data-line="${offered.length}"] input`);
          order([...offered, { ...fresh }]);
        }}
      >
        {t('queues.add')}
      </Button>
      <RetiredQueues
        queues={retired}
        peopleOf={peopleOf}
        onOffer={(queue) => {
          const { retired: _, ...again } = queue;
          focusAfter(`[data-line="${offered.length}"] [data-retire]`, '[data-add="queue"]');
          put([...offered, again, ...retired.filter((one) => one !== queue)]);
        }}
      />
    </div>
  );
}
