import { IconCloudUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '#shared/contract/methods/outbox.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { FieldList } from './FieldList.tsx';
import { openerOf } from './openRecord.ts';
import styles from './outbox.module.css';
import { groupsOf, type WaitingGroup } from './outboxFields.ts';
import { useRecordName } from './outboxWords.ts';

function Group({ group }: { group: WaitingGroup }) {
  const { t } = useTranslation('outbox');
  const format = useFormat();
  const nameOf = useRecordName();
  const ofAgent = group.key === 'agentState';
  const open = ofAgent ? null : openerOf(group.entry);
  return (
    <li className={styles.item} data-testid="outbox-waiting" data-entity={group.entity}>
      <span className="muted">
        <IconCloudUp size={16} aria-hidden="true" />
      </span>
      <div className={styles.itemBody}>
        <p className={styles.itemHead}>
          <span className="medium cut">{ofAgent ? t('waiting.agentState') : nameOf(group)}</span>
          <span className="small nowrap">
            {t('waiting.changes', { count: group.count })}{' '}
            {t('waiting.since', { time: format.moment(group.since) })}
          </span>
          <span className="grow" />
          {open ? (
            <Button size="sm" variant="ghost" onClick={open}>
              {t('waiting.open')}
            </Button>
          ) : null}
        </p>
        {ofAgent ? null : (
          <FieldList entity={group.entity} fields={group.fields} isNew={group.entry.isNew} />
        )}
      </div>
    </li>
  );
}

/** What is on its way to the server, record by record, in the order in which it is sent. */
export function WaitingList({ waiting }: { waiting: readonly OutboxEntry[] }) {
  return (
    <ul>
      {groupsOf(waiting).map((group) => (
        <Group key={group.key} group={group} />
      ))}
    </ul>
  );
}
