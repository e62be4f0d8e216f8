import { useTranslation } from 'react-i18next';
import { type DialPolicy, isDialPattern } from '#shared/domain/calls/dialPolicy.ts';
import type { Configuration, PhoneConfiguration } from '#shared/domain/configuration.ts';
import styles from '../administration.module.css';
import { useFlaws } from '../flaws.ts';
import { Choice } from './Choice.tsx';
import { NumberLines } from './NumberLines.tsx';
import { PatternField } from './PatternField.tsx';

const mostNumbers = 500;
const rulings = ['refused', 'asked', 'allowed'] as const;

/** Whom agents reach by a click, and what they may dial. */
export function NumbersEditor({
  value,
  held,
  onChange,
}: {
  value: Configuration;
  held: Configuration;
  onChange: (value: Configuration) => void;
}) {
  const { t } = useTranslation('administration');
  const flawAt = useFlaws(value, held);
  const { phone } = value;
  const put = (change: Partial<PhoneConfiguration>) =>
    onChange({ ...value, phone: { ...phone, ...change } });
  const rule = (change: Partial<DialPolicy>) => put({ dialling: { ...phone.dialling, ...change } });
  const options = rulings.map((one) => ({ value: one, label: t(`dialling.rulings.${one}`) }));
  const patterns = (name: 'emergency' | 'premium' | 'barred') => (
    <PatternField
      label={t(`dialling.${name}`)}
      hint={t(`dialling.${name}Hint`)}
      testId={`dialling-${name}`}
      flaw={flawAt(`phone.dialling.${name}`)}
      isPattern={isDialPattern}
      value={phone.dialling[name]}
      onChange={(next) => rule({ [name]: next })}
    />
  );
  return (
    <div className={styles.settings}>
      <section className={styles.group}>
        <h3>{t('directory.title')}</h3>
        <p className={styles.about}>{t('directory.about')}</p>
        <NumberLines
          id="directory"
          lines={phone.directory}
          most={mostNumbers}
          flawAt={flawAt}
          onChange={(directory) => put({ directory })}
        />
      </section>
      <section className={styles.group}>
        <h3>{t('dialling.title')}</h3>
        <p className={styles.about}>{t('dialling.about')}</p>
        <div className={styles.fields}>
          {patterns('emergency')}
          <Choice
            label={t('dialling.international')}
            value={phone.dialling.international}
            options={options}
            onChange={(international) => rule({ international })}
          />
          <Choice
            label={t('dialling.premiumIs')}
            value={phone.dialling.premiumIs}
            options={options}
            onChange={(premiumIs) => rule({ premiumIs })}
          />
          {patterns('premium')}
          {patterns('barred')}
        </div>
      </section>
    </div>
  );
}
