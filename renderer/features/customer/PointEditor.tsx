import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointEdit } from '#shared/contract/methods/customers.ts';
import type { ContactPointView } from '#shared/contract/models/records.ts';
import { consents } from '#shared/domain/customers/customer.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { AddressInput } from '../fields/AddressInput.tsx';
import fields from '../fields/fields.module.css';
import { pastePlain } from '../fields/pasteText.ts';
import { labelsOf } from '../fields/pointLabel.ts';
import { useProblemText } from '../fields/useFormFields.ts';
import styles from './CustomerCard.module.css';
import { FieldHistory } from './FieldHistory.tsx';
import type { CustomerEditing } from './useCustomerEdit.ts';

/** One number, e-mail or address: its text, kind, preference, consent, and whether it is used any more. */
export function PointEditor({
  point,
  editing,
  onClose,
}: {
  point: ContactPointView;
  editing: CustomerEditing;
  onClose: () => void;
}) {
  const { t } = useTranslation('customer');
  const problemText = useProblemText();
  const [raw, setRaw] = useState(point.raw);
  const [problem, setProblem] = useState<string | null>(null);
  const [past, setPast] = useState(false);
  const kindName = t(`kinds.${point.kind}`);

  async function change(edit: PointEdit, done = false): Promise<void> {
    const result = await editing.editPoint(point.id, edit);
    setProblem(result.ok ? null : problemText(result.error));
    if (result.ok && done) onClose();
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') void change({ raw }, true);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shared = { 'aria-label': kindName, 'aria-invalid': problem !== null };
  return (
    <div className={styles.past} data-testid="point-editor">
      {point.kind === 'address' ? (
        <AddressInput
          control={shared}
          focused
          testId="point-raw"
          value={raw}
          onChange={setRaw}
          onKeyDown={onKeyDown}
        />
      ) : (
        <TextField
          {...shared}
          autoFocus
          dir="auto"
          data-testid="point-raw"
          value={raw}
          onPaste={pastePlain}
          onChange={(event) => setRaw(event.target.value)}
          onKeyDown={onKeyDown}
        />
      )}
      {problem ? (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      ) : null}
      <div className={styles.pointRow}>
        <select
          className={fields.select}
          aria-label={t('pointLabel')}
          value={point.label}
          onChange={(event) => void change({ label: event.target.value as typeof point.label })}
        >
          {labelsOf(point.kind).map((label) => (
            <option key={label} value={label}>
              {t(`labels.${label}`)}
            </option>
          ))}
        </select>
        <select
          className={fields.select}
          aria-label={t('consent')}
          value={point.consent}
          onChange={(event) => void change({ consent: event.target.value as typeof point.consent })}
        >
          {consents.map((consent) => (
            <option key={consent} value={consent}>
              {t(`consents.${consent}`)}
            </option>
          ))}
        </select>
      </div>
      <div className={styles.editActions}>
        <Button size="sm" data-testid="point-save" onClick={() => void change({ raw }, true)}>
          {t('common:actions.save')}
        </Button>
        {point.preferred || point.retired ? null : (
          <Button size="sm" onClick={() => void change({ preferred: true })}>
            {t('prefer')}
          </Button>
        )}
        <Button size="sm" onClick={() => void change({ retired: !point.retired }, true)}>
          {t(point.retired ? 'useAgain' : 'retire')}
        </Button>
        <Button size="sm" variant="ghost" aria-expanded={past} onClick={() => setPast(!past)}>
          {t('history.title')}
        </Button>
      </div>
      {past ? (
        <FieldHistory customerId={point.customerId} field={`contactPoint.${point.id}.raw`} />
      ) : null}
    </div>
  );
}
