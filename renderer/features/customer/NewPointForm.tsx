import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewPoint } from '#shared/contract/methods/customers.ts';
import { consents, contactPointKinds } from '#shared/domain/customers/customer.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { AddressInput } from '../fields/AddressInput.tsx';
import fields from '../fields/fields.module.css';
import { pastePlain } from '../fields/pasteText.ts';
import { labelOf, labelsOf, type PointLabel, useShownLabel } from '../fields/pointLabel.ts';
import { useProblemText } from '../fields/useFormFields.ts';
import styles from './CustomerCard.module.css';

/** `label` null: nobody has chosen one, and the number itself tells. */
type Typed = Omit<NewPoint, 'label'> & { label: PointLabel | null };

const fresh: Typed = {
  ...{ kind: 'phone', label: null, raw: '', preferred: false, consent: 'unknown' },
};

/** Another number, e-mail or address of a customer. Enter adds it, Escape gives up. */
export function NewPointForm({
  customerId,
  callId,
  onClose,
}: {
  customerId: string;
  callId: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('customer');
  const invoke = useInvoke();
  const problemText = useProblemText();
  const [point, setPoint] = useState(fresh);
  const [problem, setProblem] = useState<string | null>(null);
  const home = useDesk((desk) => desk.configuration?.home ?? null);
  const shownLabel = useShownLabel(point);
  const change = (patch: Partial<Typed>) => {
    setPoint((old) => ({ ...old, ...patch }));
    setProblem(null);
  };
  async function add(): Promise<void> {
    const named = { ...point, label: await labelOf(point, home) };
    const result = await invoke('customers.addPoint', { customerId, point: named, callId });
    if (result.ok) onClose();
    else setProblem(problemText(result.error));
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') void add();
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const control = { 'aria-label': t(`kinds.${point.kind}`), 'aria-invalid': problem !== null };
  return (
    <div className={styles.past} data-testid="new-point">
      <Segmented
        label={t('pointKind')}
        value={point.kind}
        options={contactPointKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        onChange={(kind) => change({ kind, label: null })}
      />
      <div className={styles.newRaw}>
        {point.kind === 'address' ? (
          <AddressInput
            control={control}
            testId="new-point-raw"
            value={point.raw}
            onChange={(raw) => change({ raw })}
            onKeyDown={onKeyDown}
          />
        ) : (
          <TextField
            {...control}
            autoFocus
            dir="auto"
            data-testid="new-point-raw"
            type={point.kind === 'phone' ? 'tel' : 'text'}
            value={point.raw}
            onPaste={pastePlain}
            onChange={(event) => change({ raw: event.target.value })}
            onKeyDown={onKeyDown}
          />
        )}
      </div>
      {problem ? (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      ) : null}
      <div className={styles.pointRow}>
        <select
          className={fields.select}
          aria-label={t('pointLabel')}
          value={shownLabel}
          onChange={(event) => change({ label: event.target.value as PointLabel })}
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
          onChange={(event) => change({ consent: event.target.value as NewPoint['consent'] })}
        >
          {consents.map((consent) => (
            <option key={consent} value={consent}>
              {t(`consents.${consent}`)}
            </option>
          ))}
        </select>
      </div>
      <div className={styles.editActions}>
        <Button size="sm" data-testid="new-point-save" onClick={() => void add()}>
          {t('common:actions.save')}
        </Button>
        <Button size="sm" variant="ghost" onClick={onClose}>
          {t('common:actions.cancel')}
        </Button>
      </div>
    </div>
  );
}
