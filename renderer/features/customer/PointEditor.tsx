import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointEdit } from '#shared/contract/methods/customers.ts';
import type { ContactPointView } from '#shared/contract/models/records.ts';
import { Button } from '../../ui/Button.tsx';
import { useProblemText } from '../fields/useFormFields.ts';
import styles from './CustomerCard.module.css';
import { FieldHistory } from './FieldHistory.tsx';
import { PointInputs } from './PointInputs.tsx';
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

  async function change(edit: PointEdit, done = false): Promise<void> {
    const result = await editing.editPoint(point.id, edit);
    setProblem(result.ok ? null : problemText(result.error));
    if (result.ok && done) onClose();
  }
  return (
    <div className={styles.past} data-testid="point-editor">
      <PointInputs
        point={{ ...point, raw }}
        problem={problem}
        focused
        testId="point-raw"
        onText={setRaw}
        onChoice={(patch) => void change(patch)}
        onSave={() => void change({ raw }, true)}
        onClose={onClose}
      />
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
