import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dailyMeasures } from '#shared/domain/reports/dailyTargets.ts';
import type { Language } from '#shared/domain/text/text.ts';
import type { DailyReport } from '#shared/sync/reports.ts';
import styles from './reports.module.css';
import { cellText } from './reportText.ts';

type Figure = DailyReport['figures'][number];

/** A figure of a day, or its target, as people read it. */
export function figureText(
  { measure }: Pick<Figure, 'measure'>,
  value: number | null,
  language: Language,
): string {
  return cellText(value, dailyMeasures[measure].type, { language, zone: 'UTC' });
}

/** Whether a target was reached, by shape, word and colour; nothing where there is none. */
export function ReachedMark({ reached }: { reached: boolean | null }) {
  const { t } = useTranslation('reports');
  if (reached === null) return null;
  const Icon = reached ? IconCheck : IconX;
  return (
    <Icon
      size={14}
      className={reached ? styles.reached : styles.missed}
      aria-label={t(reached ? 'daily.reached' : 'daily.missed')}
    />
  );
}
