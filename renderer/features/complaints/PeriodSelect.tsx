import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/Select.tsx';
import { type Period, periods } from './period.ts';

/** Which days are looked at. */
export function PeriodSelect({
  value,
  onChoose,
}: {
  value: Period;
  onChoose: (period: Period) => void;
}) {
  const { t } = useTranslation('complaints');
  return (
    <Select
      aria-label={t('period.label')}
      data-testid="period"
      value={value}
      options={periods.map((period) => ({ value: period, label: t(`period.${period}`) }))}
      onChoose={onChoose}
    />
  );
}
