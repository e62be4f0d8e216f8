import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Configuration } from '#shared/domain/configuration.ts';
import { homeCountries } from '#shared/domain/numbers/homePlan.ts';
import { knownCurrencies } from '#shared/domain/settings/centre.ts';
import { longestSettingName } from '#shared/domain/settings/findings.ts';
import { type Language, languages } from '#shared/domain/text/text.ts';
import { useLanguage } from '../../../i18n/useFormat.ts';
import { Field } from '../../../ui/Field.tsx';
import { Select, type SelectOption } from '../../../ui/Select.tsx';
import styles from '../administration.module.css';
import { useFlaws } from '../flaws.ts';
import { SettingText } from '../SettingText.tsx';

const longestAreaCode = 6;

/** By name; what stands there now is offered also where nobody knows it. */
function useNamed(
  type: 'region' | 'currency',
  codes: readonly string[],
  now: string,
): SelectOption<string>[] {
  const { t } = useTranslation('administration');
  const language = useLanguage();
  return useMemo(() => {
    const all = codes.includes(now) ? codes : [now, ...codes];
    const coded = (name: string, code: string) => t('centre.coded', { name, code });
    return named(all, type, language, coded);
  }, [type, codes, now, language, t]);
}

function named(
  codes: readonly string[],
  type: 'region' | 'currency',
  language: Language,
  coded: (name: string, code: string) => string,
) {
  const names = new Intl.DisplayNames(language, { type, fallback: 'code' });
  const nameOf = (code: string) =>
    (/^[A-Z]{2,3}$/u.test(code) ? names.of(code) : undefined) ?? code;
  return codes
    .map((code) => ({ value: code, label: coded(nameOf(code), code) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

const countries = homeCountries();
const currencies = knownCurrencies();

/** What the centre is called, where it stands and what it counts in. */
export function CentreEditor({
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
  const { organisation, home, currency } = value;
  const countryOptions = useNamed('region', countries, home.country);
  const currencyOptions = useNamed('currency', currencies, currency);
  return (
    <div className={styles.fields}>
      <p className={styles.about}>{t('centre.about')}</p>
      {languages.map((language) => (
        <SettingText
          key={language}
          lang={language}
          label={t(`centre.organisation.${language}`)}
          flaw={flawAt(`organisation.${language}`)}
          data-testid={`organisation-${language}`}
          maxLength={longestSettingName}
          value={organisation[language]}
          onChange={(event) =>
            onChange({
              ...value,
              organisation: { ...organisation, [language]: event.currentTarget.value },
            })
          }
        />
      ))}
      <Field
        label={t('centre.country')}
        hint={t('centre.countryHint')}
        error={flawAt('home.country')?.words}
      >
        {(control) => (
          <Select
            {...control}
            className={styles.wide}
            data-testid="home-country"
            value={home.country}
            options={countryOptions}
            onChoose={(country) => onChange({ ...value, home: { ...home, country } })}
          />
        )}
      </Field>
      <SettingText
        label={t('centre.areaCode')}
        hint={t('centre.areaCodeHint')}
        flaw={flawAt('home.areaCode', 'areaCode')}
        data-testid="home-area"
        inputMode="numeric"
        maxLength={longestAreaCode}
        value={home.areaCode ?? ''}
        onChange={(event) => {
          const areaCode = event.currentTarget.value.normalize('NFKC').trim() || null;
          onChange({ ...value, home: { ...home, areaCode } });
        }}
      />
      <Field
        label={t('centre.currency')}
        hint={t('centre.currencyHint')}
        error={flawAt('currency')?.words}
      >
        {(control) => (
          <Select
            {...control}
            className={styles.wide}
            data-testid="currency"
            value={currency}
            options={currencyOptions}
            onChoose={(next) => onChange({ ...value, currency: next })}
          />
        )}
      </Field>
    </div>
  );
}
