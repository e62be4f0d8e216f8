import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitView } from '#shared/contract/methods/feedback.ts';
import { useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { WhenField } from '../fields/WhenField.tsx';
import { parseWhen } from '../fields/when.ts';
import styles from './visits.module.css';

const reasons = ['noAnswer', 'busy', 'wrongNumber'] as const;

/** The customer was not talked to: why, and when the next try is. */
export function NotReached({
  visit,
  callId,
  note,
  onSaved,
  onDone,
}: {
  visit: VisitView;
  callId: string | null;
  note: string;
  onSaved: () => Promise<void>;
  onDone: () => void;
}) {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const run = useRun();
  const mayWrite = useMayDo('tickets.write');
  const [when, setWhen] = useState('');
  const [busy, setBusy] = useState(false);
  const { id: taskId } = visit.task;
  const read = when.trim() === '' ? null : parseWhen(when, deskNow());
  const laterAt = read?.ok ? read.at : null;

  async function save(outcome: (typeof reasons)[number] | 'later'): Promise<void> {
    if (busy) return;
    setBusy(true);
    const saved = await run('visits.notReached', {
      ...{ taskId, outcome, note, callId },
      laterAt: outcome === 'later' ? laterAt : null,
    });
    setBusy(false);
    if (!saved) return;
    await onSaved();
    const { task } = saved;
    tell(
      task.state === 'open' ? t('nextTry', { time: format.moment(task.dueAt) }) : t('triesOver'),
    );
    onDone();
  }

  return (
    <section className={styles.notReached} aria-label={t('notReached.title')}>
      <p className="medium">{t('notReached.title')}</p>
      <div className={styles.actions}>
        {reasons.map((reason) => (
          <Button
            key={reason}
            size="sm"
            disabled={!mayWrite || busy}
            data-testid={`visit-${reason}`}
            onClick={() => void save(reason)}
          >
            {t(`notReached.${reason}`)}
          </Button>
        ))}
      </div>
      <div className={styles.actions}>
        <WhenField
          label={t('notReached.later')}
          placeholder={t('notReached.laterHint')}
          text={when}
          onChange={setWhen}
          testId="visit-later"
        />
        {laterAt !== null ? (
          <Button
            size="sm"
            disabled={!mayWrite || busy}
            data-testid="visit-put-off"
            onClick={() => void save('later')}
          >
            {t('notReached.putOff')}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
