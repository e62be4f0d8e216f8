import { IconNote, IconPlayerPlay } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry, RefusedStep } from '#shared/contract/methods/outbox.ts';
import { useRun } from '../../app/bridge.tsx';
import { Button } from '../../ui/Button.tsx';
import { OpenOrDiscard } from './OpenOrDiscard.tsx';
import styles from './outbox.module.css';

/** A step that came too late: where the ticket is now, and the three things that can be done with the step. */
export function RefusedStepActions({
  entry,
  step,
  leave,
  discardRef,
  onDiscard,
}: {
  entry: OutboxEntry;
  step: RefusedStep;
  /** Says what was done, and moves on to the neighbour. */
  leave: (done: Promise<unknown>, words: string) => Promise<void>;
  /** Where the focus comes back to when the step is kept after all. */
  discardRef: Ref<HTMLButtonElement>;
  onDiscard: () => void;
}) {
  const { t } = useTranslation(['outbox', 'ticketPage', 'customer']);
  const run = useRun();
  const { operationId } = entry;
  const action = t(`ticketPage:steps.${step.action}`);
  const state = t(`customer:ticketState.${step.now}`);
  const note = t('refused.step.note', { action, note: step.note ?? '' }).trim();
  return (
    <>
      <p data-testid="outbox-step">
        <span className="medium">{action}</span>
        {step.note ? <span className="muted"> {step.note}</span> : null}
      </p>
      <p className="small">{t('refused.step.now', { state })}</p>
      <div className={styles.itemActions}>
        <Button
          size="sm"
          icon={<IconPlayerPlay size={14} aria-hidden="true" />}
          data-testid="outbox-step-again"
          onClick={() =>
            void leave(run('outbox.stepAgain', { operationId }), t('refused.step.done'))
          }
        >
          {t('refused.step.again')}
        </Button>
        <Button
          size="sm"
          icon={<IconNote size={14} aria-hidden="true" />}
          data-testid="outbox-step-note"
          onClick={() =>
            void leave(run('outbox.stepAsNote', { operationId, note }), t('refused.step.kept'))
          }
        >
          {t('refused.step.asNote')}
        </Button>
        <OpenOrDiscard entry={entry} discardRef={discardRef} onDiscard={onDiscard} />
      </div>
    </>
  );
}
