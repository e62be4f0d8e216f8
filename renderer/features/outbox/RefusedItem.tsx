import { IconAlertTriangle, IconPencil, IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '#shared/contract/methods/outbox.ts';
import { useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { FieldList } from './FieldList.tsx';
import { OpenOrDiscard } from './OpenOrDiscard.tsx';
import styles from './outbox.module.css';
import { editedFields } from './outboxFields.ts';
import { useReason, useRecordName } from './outboxWords.ts';
import { RefusedStepActions } from './RefusedStepActions.tsx';

function DiscardAsked({
  entry,
  onDiscard,
  onKeep,
}: {
  entry: OutboxEntry;
  onDiscard: () => void;
  onKeep: () => void;
}) {
  const { t } = useTranslation('outbox');
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div
      className={styles.asked}
      role="alertdialog"
      aria-label={t('refused.discard')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onKeep();
      }}
    >
      <p className="grow">{t(entry.isNew ? 'refused.askNew' : 'refused.ask')}</p>
      <Button size="sm" data-testid="outbox-discard-sure" onClick={onDiscard}>
        {t('refused.discard')}
      </Button>
      <Button size="sm" ref={keep} data-testid="outbox-keep" onClick={onKeep}>
        {t('refused.keep')}
      </Button>
    </div>
  );
}

/** A change that the server did not take: what, why, and what can be done about it. */
export function RefusedItem({
  entry,
  selected,
  onEdit,
}: {
  entry: OutboxEntry;
  /** Its form is open, and sends it with what is typed there. */
  selected: boolean;
  onEdit: () => void;
}) {
  const { t } = useTranslation('outbox');
  const format = useFormat();
  const run = useRun();
  const reasonOf = useReason();
  const nameOf = useRecordName();
  const item = useRef<HTMLLIElement>(null);
  const discardButton = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  const { refusal, operationId } = entry;
  if (!refusal) return null;
  const wrong = refusal.field;
  /** The focus goes to the neighbour of an item that leaves the list, from the last one to the head of the page. */
  const leave = async (done: Promise<unknown>, words: string) => {
    const { current } = item;
    const next =
      current?.nextElementSibling ??
      current?.previousElementSibling ??
      current?.closest('[data-region]');
    if ((await done) === null) return;
    tell(words);
    next?.querySelector('button')?.focus();
  };
  const retry = () =>
    leave(run('outbox.retry', { operationIds: [operationId] }), t('refused.sentAgain'));
  const discard = () => leave(run('outbox.discard', { operationId }), t('refused.discarded'));
  const keep = () => {
    flushSync(() => setAsking(false));
    discardButton.current?.focus();
  };
  return (
    <li
      ref={item}
      className={styles.item}
      data-testid="outbox-refused"
      data-operation-id={operationId}
      data-selected={selected}
    >
      <span className={cx('tone-error', styles.itemIcon)}>
        <IconAlertTriangle size={16} aria-hidden="true" />
      </span>
      <div className={styles.itemBody}>
        <p className={styles.itemHead}>
          <span className="medium cut">{nameOf(entry)}</span>
          <span className="small nowrap">
            {t('refused.madeAt', { time: format.moment(entry.at) })}
          </span>
        </p>
        <p>
          {reasonOf(refusal.reason)}
          {wrong ? (
            <span className={styles.wrong}>
              {' '}
              {t('refused.field', { field: t(`fields.${wrong}`, wrong) })}
            </span>
          ) : null}
        </p>
        {refusal.message && !entry.step ? (
          // The program's own words: of use to whoever mends it, and to nobody else.
          <details className="small">
            <summary>{t('refused.forAdministrator')}</summary>
            {t('refused.server', { message: withoutField(refusal.message) })}
          </details>
        ) : null}
        {entry.step ? null : (
          <FieldList
            entity={entry.entity}
            fields={entry.fields}
            isNew={entry.isNew}
            wrong={wrong}
          />
        )}
        {asking ? (
          <DiscardAsked entry={entry} onDiscard={() => void discard()} onKeep={keep} />
        ) : entry.step ? (
          <RefusedStepActions
            entry={entry}
            step={entry.step}
            leave={leave}
            discardRef={discardButton}
            onDiscard={() => setAsking(true)}
          />
        ) : (
          <div className={styles.itemActions}>
            {editedFields(entry).length > 0 ? (
              <Button
                size="sm"
                icon={<IconPencil size={14} aria-hidden="true" />}
                data-testid="outbox-edit"
                onClick={onEdit}
              >
                {t('refused.edit')}
              </Button>
            ) : null}
            {selected ? null : (
              <Button
                size="sm"
                icon={<IconRefresh size={14} aria-hidden="true" />}
                data-testid="outbox-retry"
                onClick={() => void retry()}
              >
                {t('refused.retry')}
              </Button>
            )}
            <OpenOrDiscard
              entry={entry}
              discardRef={discardButton}
              onDiscard={() => setAsking(true)}
            />
          </div>
        )}
      </div>
    </li>
  );
}

/** The field is named in the agent's words already. */
function withoutField(message: string): string {
  return message.replace(/^[\w.-]+: /u, '');
}
