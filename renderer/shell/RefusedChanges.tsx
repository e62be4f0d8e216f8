import { Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RefusedOperation } from '#shared/contract/models.ts';
import { useRun } from '../app/bridge.tsx';
import { goTo } from '../app/routes.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useDesk } from '../store/desk.ts';
import { openCustomer, openDialog } from '../store/window.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './RefusedChanges.module.css';

function openRecord(refused: RefusedOperation): void {
  openDialog(null);
  if (refused.entity === 'ticket') {
    goTo('tickets', refused.entityId);
    return;
  }
  openCustomer(refused.entityId);
  goTo('desk');
}

function RefusedLine({ refused }: { refused: RefusedOperation }) {
  const { t, i18n } = useTranslation('shell');
  const format = useFormat();
  const run = useRun();
  const reason = `refused.reasons.${refused.reason}`;
  const canOpen = refused.entity === 'ticket' || refused.entity === 'customer';
  return (
    <li className={styles.line}>
      <span className="tone-error">
        <IconAlertTriangle size={16} aria-hidden="true" />
      </span>
      <span className="grow">
        <span className="medium">{t(`refused.entities.${refused.entity}`, refused.entity)}</span>{' '}
        <span className="small">{format.moment(refused.at)}</span>
        <br />
        {i18n.exists(`shell:${reason}`) ? t(reason) : t('refused.reasons.other')}
        {refused.message ? <span className="small"> {refused.message}</span> : null}
      </span>
      {canOpen ? (
        <Button size="sm" onClick={() => openRecord(refused)}>
          {t('common:actions.open')}
        </Button>
      ) : null}
      <Button
        size="sm"
        onClick={() => void run('sync.discard', { operationId: refused.operationId })}
      >
        {t('common:actions.discard')}
      </Button>
    </li>
  );
}

/** Changes of this desk that the server did not take: what, why, and the way to let go of each. */
export function RefusedChanges({ opened }: { opened: boolean }) {
  const { t } = useTranslation('shell');
  const refused = useDesk((desk) => desk.sync.refused);
  return (
    <Modal
      opened={opened}
      onClose={() => openDialog(null)}
      title={t('refused.title')}
      size={640}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      {refused.length === 0 ? (
        <EmptyState title={t('refused.none')} />
      ) : (
        <p className="muted">{t('refused.meaning')}</p>
      )}
      <ul>
        {refused.map((one) => (
          <RefusedLine key={one.operationId} refused={one} />
        ))}
      </ul>
    </Modal>
  );
}
