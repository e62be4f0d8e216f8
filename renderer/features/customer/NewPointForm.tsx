import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewPoint } from '#shared/contract/methods/customers.ts';
import { contactPointKinds } from '#shared/domain/customers/customer.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { labelOf, type PointLabel, useShownLabel } from '../fields/pointLabel.ts';
import { useProblemText } from '../fields/useFormFields.ts';
import styles from './CustomerCard.module.css';
import { PointInputs } from './PointInputs.tsx';

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
  return (
    <div className={styles.past} data-testid="new-point">
      <Segmented
        label={t('pointKind')}
        value={point.kind}
        options={contactPointKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        onChange={(kind) => change({ kind, label: null })}
      />
      <PointInputs
        point={{ ...point, label: shownLabel }}
        problem={problem}
        testId="new-point-raw"
        onText={(raw) => change({ raw })}
        onChoice={change}
        onSave={() => void add()}
        onClose={onClose}
      />
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
