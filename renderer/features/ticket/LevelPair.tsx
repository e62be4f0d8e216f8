import { useTranslation } from 'react-i18next';
import { type Level, levels } from '#shared/domain/tickets/ticket.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import styles from '../fields/fields.module.css';

export interface Levels {
  impact: Level | null;
  urgency: Level | null;
}

/** How much the customer suffers, and how soon it has to be done: the priority follows from the two. */
export function LevelPair({
  impact,
  urgency,
  onChange,
}: Levels & { onChange: (levels: Levels) => void }) {
  const { t } = useTranslation('ticketPage');
  const given: Levels = { impact, urgency };
  const options = levels.map((value) => ({ value, label: t(`levels.${value}`) }));
  return (['impact', 'urgency'] as const).map((name) => (
    <div key={name} className={styles.c3} data-testid={`ticket-${name}`}>
      <div className={styles.plainLabel}>{t(`fieldNames.${name}`)}</div>
      <Segmented
        label={t(`fieldNames.${name}`)}
        value={given[name]}
        options={options}
        onChange={(level) => onChange({ ...given, [name]: level })}
      />
    </div>
  ));
}
