import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import { type AgentQueues, type Membership, maxPenalty } from '#shared/sync/intervention.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { useQueueChoices } from '../../i18n/useQueueChoices.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import type { ActedOn } from './agentDialogs.ts';
import styles from './intervention.module.css';

const penalties = Array.from({ length: maxPenalty + 1 }, (_, penalty) => penalty);

function QueuesForm({
  agent,
  held,
  onDone,
}: {
  agent: ActedOn;
  held: AgentQueues;
  onDone: () => void;
}) {
  const { t } = useTranslation('intervention');
  const format = useFormat();
  const invoke = useInvoke();
  const queues = useQueueChoices(held.queues.map(({ queueId }) => queueId));
  const [wanted, setWanted] = useState<ReadonlyMap<string, number>>(
    () => new Map(held.queues.map(({ queueId, penalty }) => [queueId, penalty])),
  );
  const [differing, setDiffering] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  const put = (queueId: string, penalty: number | null) => {
    const next = new Map(wanted);
    if (penalty === null) next.delete(queueId);
    else next.set(queueId, penalty);
    setWanted(next);
  };
  const nameOf = (queueId: string) => queues.find(({ id }) => id === queueId)?.name ?? queueId;

  async function save(): Promise<void> {
    setBusy(true);
    const given: Membership[] = [...wanted].map(([queueId, penalty]) => ({ queueId, penalty }));
    const done = await invoke('intervention.setQueues', { userId: agent.id, queues: given });
    setBusy(false);
    if (!done.ok) return setFailure(done.error);
    setFailure(null);
    setDiffering(done.value.refused.map(({ queueId }) => nameOf(queueId)));
    if (done.value.refused.length > 0) return;
    const words = t('queues.saved', { name: agent.name });
    tell(done.value.pbx === 'later' ? `${words}. ${t('queues.later')}` : words);
    onDone();
  }

  return (
    <form
      className={styles.form}
      data-testid="queues-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <p className="muted">{t('queues.hint')}</p>
      {held.pbx === 'none' ? <p className="small">{t('queues.none')}</p> : null}
      <FormFailure title={t('queues.failed')} failure={failure} />
      {differing.length > 0 ? (
        <p className="tone-error" role="alert">
          {t('queues.differs', { queues: format.list(differing) })}
        </p>
      ) : null}
      <ul className={styles.queues}>
        {queues.map(({ id, name }) => {
          const penalty = wanted.get(id);
          return (
            <li key={id} className={styles.queue}>
              <Checkbox
                label={name}
                data-testid={`queue-${id}`}
                checked={penalty !== undefined}
                onChange={(event) => put(id, event.currentTarget.checked ? 0 : null)}
              />
              <Select
                aria-label={format.labelled(t('queues.order'), name)}
                data-testid={`queue-order-${id}`}
                className={styles.order}
                disabled={penalty === undefined}
                value={String(penalty ?? 0)}
                options={penalties.map((one) => ({
                  value: String(one),
                  label: one === 0 ? t('queues.first') : t('queues.then', { n: one + 1 }),
                }))}
                onChoose={(value) => put(id, Number(value))}
              />
            </li>
          );
        })}
      </ul>
      <div className={styles.dialogActions}>
        <Button onClick={onDone}>{t('common:actions.cancel')}</Button>
        <Button variant="solid" type="submit" disabled={busy} data-testid="queues-save">
          {t('queues.save')}
        </Button>
      </div>
    </form>
  );
}

function Queues({ agent, onDone }: { agent: ActedOn; onDone: () => void }) {
  const { t } = useTranslation('intervention');
  const { data, failure, loading } = useQuery('intervention.queues', { userId: agent.id });
  if (failure) return <FormFailure title={t('queues.failed')} failure={failure} />;
  if (loading || !data) return <Skeleton widths={[60, 80, 40]} />;
  return <QueuesForm agent={agent} held={data} onDone={onDone} />;
}

/** Which queues an agent takes, and in which order the members of each are asked. */
export function QueuesDialog({ agent, onClose }: { agent: ActedOn | null; onClose: () => void }) {
  const { t } = useTranslation('intervention');
  return (
    <Dialog
      opened={agent !== null}
      onClose={onClose}
      title={t('queues.title', { name: agent?.name })}
      width={440}
    >
      {agent ? <Queues agent={agent} onDone={onClose} /> : null}
    </Dialog>
  );
}
