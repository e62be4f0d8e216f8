import { IconEye, IconEyeOff, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import type { TicketAction } from '#shared/domain/tickets/ticket.ts';
import { Button } from '../../ui/Button.tsx';
import { pageKeys, stepIcons, stepKeys } from './steps.ts';
import styles from './ticketPage.module.css';

/** What is most likely done next in each state. */
const next: readonly TicketAction[] = ['start', 'resume', 'resolve', 'close'];

/** What may be done with the ticket now, each with its key. */
export function StepBar({
  ticket,
  actions,
  watching,
  onStep,
  onEdit,
  onWatch,
}: {
  ticket: TicketView;
  actions: readonly TicketAction[];
  watching: boolean;
  onStep: (action: TicketAction) => void;
  onEdit: () => void;
  onWatch: () => void;
}) {
  const { t } = useTranslation('ticketPage');
  const main = next.find((action) => actions.includes(action)) ?? null;
  const ordered = main ? [main, ...actions.filter((action) => action !== main)] : actions;
  const WatchIcon = watching ? IconEyeOff : IconEye;
  return (
    <div
      className={styles.steps}
      role="toolbar"
      aria-label={t('stepsLabel')}
      data-testid="ticket-steps"
    >
      {ordered.map((action) => {
        const Icon = stepIcons[action];
        return (
          <Button
            key={action}
            size="sm"
            variant={action === main ? 'solid' : 'default'}
            icon={<Icon size={14} aria-hidden="true" />}
            keys={stepKeys[action]}
            data-testid={`ticket-step-${action}`}
            onClick={() => onStep(action)}
          >
            {t(`steps.${action}`)}
          </Button>
        );
      })}
      <span className={styles.beside}>
        {ticket.mergedInto === null ? (
          <Button
            size="sm"
            variant="ghost"
            icon={<IconPencil size={14} aria-hidden="true" />}
            keys={pageKeys.edit}
            data-testid="ticket-edit"
            onClick={onEdit}
          >
            {t('edit.open')}
          </Button>
        ) : null}
        <Button
          size="sm"
          variant="ghost"
          aria-pressed={watching}
          icon={<WatchIcon size={14} aria-hidden="true" />}
          keys={pageKeys.watch}
          data-testid="ticket-watch"
          onClick={onWatch}
        >
          {t(watching ? 'watch.off' : 'watch.on')}
        </Button>
      </span>
    </div>
  );
}
