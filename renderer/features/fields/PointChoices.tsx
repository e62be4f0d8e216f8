import { useTranslation } from 'react-i18next';
import { type ContactPoint, consents } from '#shared/domain/customers/customer.ts';
import { Select } from '../../ui/Select.tsx';
import styles from './fields.module.css';
import { labelsOf, type PointLabel } from './pointLabel.ts';

type Consent = ContactPoint['consent'];

/** What a way to reach somebody is called, and whether the customer agrees to be reached by it. */
export function PointChoices({
  kind,
  label,
  consent,
  names,
  testId,
  onChange,
}: {
  kind: ContactPoint['kind'];
  label: PointLabel;
  consent: Consent;
  /** What readers are told of the two lists. */
  names: { label: string; consent: string };
  testId?: string;
  onChange: (patch: { label: PointLabel } | { consent: Consent }) => void;
}) {
  const { t } = useTranslation('customer');
  const marked = (choice: string) => (testId ? { 'data-testid': `${testId}-${choice}` } : {});
  return (
    <>
      <Select
        {...marked('label')}
        className={styles.select}
        aria-label={names.label}
        value={label}
        options={labelsOf(kind).map((value) => ({ value, label: t(`labels.${value}`) }))}
        onChoose={(chosen) => onChange({ label: chosen })}
      />
      <Select
        {...marked('consent')}
        className={styles.select}
        aria-label={names.consent}
        value={consent}
        options={consents.map((value) => ({ value, label: t(`consents.${value}`) }))}
        onChoose={(chosen) => onChange({ consent: chosen })}
      />
    </>
  );
}
