import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkCommand, BulkResult } from '#shared/contract/methods/ticketLists.ts';
import { maxLineLength } from '#shared/domain/primitives.ts';
import { type TicketPriority, ticketPriorities } from '#shared/domain/tickets/ticket.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { BulkOutcome } from './BulkOutcome.tsx';
import styles from './tickets.module.css';

interface Given {
  ownerId: string;
  note: string;
  priority: TicketPriority | null;
  add: string;
  remove: string;
}

const nothing: Given = { ownerId: '', note: '', priority: null, add: '', remove: '' };

const tagsOf = (text: string) =>
  [...new Set(text.split(/[,，、;；]/u).map((tag) => tag.trim().normalize('NFC')))]
    .filter((tag) => tag !== '' && tag.length <= maxLineLength)
    .slice(0, 20);

/** The command as it is filled in; null while something is missing. */
function commandOf(kind: BulkCommand['kind'], given: Given): BulkCommand | null {
  const note = given.note.trim() === '' ? null : given.note;
  switch (kind) {
    case 'assign':
      return given.ownerId === '' ? null : { kind, ownerId: given.ownerId, note };
    case 'priority':
      return given.priority === null ? null : { kind, priority: given.priority };
    case 'close':
      return note === null ? null : { kind, note };
    case 'tag': {
      const [add, remove] = [tagsOf(given.add), tagsOf(given.remove)];
      return add.length + remove.length === 0 ? null : { kind, add, remove };
    }
  }
}

/** One thing done to many tickets: what, a look at what would come of it, and what came of it. */
export function BulkDialog({
  kind,
  ticketIds,
  onClose,
  onDone,
}: {
  kind: BulkCommand['kind'];
  ticketIds: readonly string[];
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation('tickets');
  const invoke = useInvoke();
  const textOf = useFailureText();
  const [given, setGiven] = useState(nothing);
  const [preview, setPreview] = useState<{ word: string; result: BulkResult } | null>(null);
  const [outcome, setOutcome] = useState<BulkResult | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const command = useMemo(() => commandOf(kind, given), [kind, given]);
  const word = JSON.stringify(command);

  useEffect(() => {
    if (!command) return;
    let wanted = true;
    void invoke('ticketList.bulk', { ticketIds: [...ticketIds], command, preview: true }).then(
      (result) => {
        if (!wanted) return;
        setFailure(result.ok ? null : result.error);
        if (result.ok) setPreview({ word: JSON.stringify(command), result: result.value });
      },
    );
    return () => {
      wanted = false;
    };
  }, [invoke, command, ticketIds]);

  const current = preview?.word === word ? preview.result : null;
  const carryOut = async () => {
    if (!command) return;
    setBusy(true);
    const result = await invoke('ticketList.bulk', {
      ticketIds: [...ticketIds],
      command,
      preview: false,
    });
    setBusy(false);
    if (result.ok) setOutcome(result.value);
    else setFailure(result.error);
  };

  return (
    <Dialog
      opened
      onClose={outcome ? onDone : onClose}
      title={t(`bulk.titles.${kind}`, { count: ticketIds.length })}
      width={480}
    >
      {outcome ? (
        <BulkOutcome outcome={outcome} onDone={onDone} />
      ) : (
        <form
          className={styles.bulkForm}
          data-testid="bulk-form"
          onSubmit={(event) => {
            event.preventDefault();
            void carryOut();
          }}
        >
          <Inputs kind={kind} given={given} onChange={setGiven} />
          {failure ? (
            <p role="alert" className="tone-error">
              {textOf(failure)}
            </p>
          ) : null}
          {current ? <Preview preview={current} /> : null}
          <div className={styles.dialogActions}>
            <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
            <Button
              variant="solid"
              type="submit"
              data-testid="bulk-go"
              disabled={busy || current === null || current.done.length === 0}
            >
              {t('bulk.go', { count: current?.done.length ?? 0 })}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Inputs({
  kind,
  given,
  onChange,
}: {
  kind: BulkCommand['kind'];
  given: Given;
  onChange: (given: Given) => void;
}) {
  const { t } = useTranslation('tickets');
  const takers = useQuery('tickets.takers', {}).data ?? [];
  const text = (name: 'note' | 'add' | 'remove', required: boolean) => (
    <Field
      key={name}
      label={t(`bulk.${name}`)}
      required={required}
      hint={name === 'note' ? undefined : t('bulk.tagsHint')}
    >
      {(control) => (
        <TextField
          {...control}
          data-testid={`bulk-input-${name}`}
          data-autofocus={name === 'add' || kind === 'close' || undefined}
          value={given[name]}
          onChange={(event) => onChange({ ...given, [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  switch (kind) {
    case 'assign':
      return (
        <>
          <Field label={t('bulk.owner')} required>
            {(control) => (
              <Select
                {...control}
                data-testid="bulk-owner"
                data-autofocus
                value={given.ownerId}
                options={[
                  { value: '', label: t('bulk.chooseOwner') },
                  ...takers.map(({ id, name, open }) => ({
                    value: id,
                    label: t('bulk.taker', { name, count: open }),
                  })),
                ]}
                onChoose={(ownerId) => onChange({ ...given, ownerId })}
              />
            )}
          </Field>
          {text('note', false)}
        </>
      );
    case 'priority':
      return (
        <Segmented
          autoFocus
          label={t('columns.priority')}
          value={given.priority}
          options={ticketPriorities.map((value) => ({
            value,
            label: t(`fields:priorities.${value}`),
          }))}
          onChange={(priority) => onChange({ ...given, priority })}
        />
      );
    case 'tag':
      return [text('add', false), text('remove', false)];
    case 'close':
      return text('note', true);
  }
}

/** Refused ones are named before anything is done. */
function Preview({ preview }: { preview: BulkResult }) {
  const { t } = useTranslation('tickets');
  return (
    <div className={styles.bulkPreview} data-testid="bulk-preview" role="status">
      <p>{t('bulk.will', { count: preview.done.length })}</p>
      {preview.unchanged > 0 ? (
        <p className="small">{t('bulk.unchanged', { count: preview.unchanged })}</p>
      ) : null}
      <Refusals refused={preview.refused} />
    </div>
  );
}

export function Refusals({ refused }: { refused: BulkResult['refused'] }) {
  const { t } = useTranslation(['tickets', 'errors']);
  const textOf = useFailureText();
  if (refused.length === 0) return null;
  return (
    <>
      <p className="tone-warn">{t('bulk.refused', { count: refused.length })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <ul className={styles.refusals} tabIndex={0}>
        {refused.map(({ ticketId, no, subject, code }) => (
          <li key={ticketId}>
            <span className="cut">{[no, subject].filter(Boolean).join(' ')}</span>
            <span className="small">{textOf({ code: code as Failure['code'] })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
