import { useTranslation } from 'react-i18next';
import type { DuplicatePair } from '#shared/contract/methods/quality.ts';
import { Pill } from '../../ui/Pill.tsx';
import styles from './quality.module.css';

const strong = new Set<string>(['sameIdentity', 'sameNumber', 'sameEmail']);

/** Why two look like one, the strongest reasons first. */
export function Reasons({ reasons }: { reasons: DuplicatePair['reasons'] }) {
  const { t } = useTranslation('quality');
  return (
    <span className={styles.reasons}>
      {reasons.map((reason) => (
        <Pill key={reason} tone={strong.has(reason) ? 'warn' : 'outline'}>
          {t(`reasons.${reason}`)}
        </Pill>
      ))}
    </span>
  );
}
