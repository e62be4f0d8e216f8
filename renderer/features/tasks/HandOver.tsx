import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Taker } from '#shared/contract/methods/tasks.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import styles from './TasksPage.module.css';

/** Open tasks and tickets of somebody who leaves, to one or several others, looked at before it is done. */
export function HandOver({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('tasks');
  const invoke = useInvoke();
  const takers = useQuery('tasks.takers', {}, ['user']).data ?? [];
  const [fromId, setFromId] = useState('');
  const [toIds, setToIds] = useState<readonly string[]>([]);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const preview = useQuery('handOver.preview', fromId === '' ? null : { fromId }, [
    'task',
    'ticket',
  ]);
  const to = toIds.filter((id) => id !== fromId);
  const left = Number(fromId === '') + Number(to.length === 0);
  const toggle = (id: string, on: boolean) =>
    setToIds((now) => (on ? [...now, id] : now.filter((one) => one !== id)));

  const run = async () => {
    setTried(true);
    if (left > 0 || busy) return;
    setBusy(true);
    const done = await invoke('handOver.run', { fromId, toIds: [...to] });
    setBusy(false);
    if (!done.ok) return setFailure(done.error);
    tell(t('handOver.done', done.value));
    onDone();
  };

  return (
    <FormFrame
      label={t('handOver.title')}
      testId="hand-over"
      title={t('handOver.title')}
      foot={
        <>
          <Button
            variant="solid"
            data-testid="hand-over-run"
            disabled={busy}
            onClick={() => void run()}
          >
            {t('handOver.run')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={tried ? left : 0} />
          <Button variant="ghost" onClick={onDone}>
            {t('common:actions.cancel')}
          </Button>
        </>
      }
    >
      <FormFailure title={t('handOver.failed')} failure={failure} />
      <div className={styles.fields}>
        <p className="muted">{t('handOver.hint')}</p>
        <Field label={t('handOver.from')} required>
          {(control) => (
            <Select
              {...control}
              data-testid="hand-over-from"
              value={fromId}
              options={[{ value: '', label: t('handOver.choose') }, ...takers.map(optionOf)]}
              onChoose={setFromId}
            />
          )}
        </Field>
        {preview.data ? (
          <p role="status" data-testid="hand-over-preview">
            {t('handOver.preview', { tasks: preview.data.tasks, tickets: preview.data.tickets })}
            {preview.data.skipped > 0
              ? ` ${t('handOver.skipped', { count: preview.data.skipped })}`
              : ''}
          </p>
        ) : null}
        <fieldset>
          <legend className="medium">{t('handOver.to')}</legend>
          <p className="small">{t('handOver.spread')}</p>
          <div className={styles.takers}>
            {takers
              .filter(({ id, active }) => active && id !== fromId)
              .map(({ id, name }) => (
                <Checkbox
                  key={id}
                  label={name}
                  data-testid={`hand-over-to-${id}`}
                  checked={toIds.includes(id)}
                  onChange={(event) => toggle(id, event.currentTarget.checked)}
                />
              ))}
          </div>
        </fieldset>
      </div>
    </FormFrame>
  );
}

function optionOf({ id, name }: Taker) {
  return { value: id, label: name };
}
