import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactPoint } from '#shared/domain/customers/customer.ts';
import { TextField } from '../../ui/TextField.tsx';
import { AddressInput } from '../fields/AddressInput.tsx';
import { PointChoices } from '../fields/PointChoices.tsx';
import { pastePlain } from '../fields/pasteText.ts';
import type { PointLabel } from '../fields/pointLabel.ts';
import styles from './CustomerCard.module.css';

/** Text, label and consent of a number, e-mail or address on the card. Enter in the text saves, Escape gives up. */
export function PointInputs({
  point: { kind, raw, label, consent },
  problem,
  focused = false,
  testId,
  onText,
  onChoice,
  onSave,
  onClose,
}: {
  point: Pick<ContactPoint, 'kind' | 'raw' | 'consent'> & { label: PointLabel };
  /** Why it was not saved, in words. */
  problem: string | null;
  /** An address begins with the caret in it, as the others always do. */
  focused?: boolean;
  testId: string;
  onText: (raw: string) => void;
  onChoice: (patch: { label: PointLabel } | { consent: ContactPoint['consent'] }) => void;
  onSave: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('customer');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') onSave();
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const control = { 'aria-label': t(`kinds.${kind}`), 'aria-invalid': problem !== null };
  return (
    <>
      <div className={styles.newRaw}>
        {kind === 'address' ? (
          <AddressInput
            control={control}
            focused={focused}
            testId={testId}
            value={raw}
            onChange={onText}
            onKeyDown={onKeyDown}
          />
        ) : (
          <TextField
            {...control}
            autoFocus
            dir="auto"
            data-testid={testId}
            type={kind === 'phone' ? 'tel' : 'text'}
            value={raw}
            onPaste={pastePlain}
            onChange={(event) => onText(event.target.value)}
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
        <PointChoices
          kind={kind}
          label={label}
          consent={consent}
          names={{ label: t('pointLabel'), consent: t('consent') }}
          onChange={onChoice}
        />
      </div>
    </>
  );
}
