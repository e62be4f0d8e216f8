import { Checkbox } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { plainNumber } from '#shared/domain/calls/dialable.ts';
import type { Configuration, PhoneConfiguration } from '#shared/domain/configuration.ts';
import { Field } from '../../../ui/Field.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from '../administration.module.css';
import { useFlaws } from '../flaws.ts';
import { SettingText } from '../SettingText.tsx';
import { Choice } from './Choice.tsx';
import { NumberLines } from './NumberLines.tsx';

const mostWaiting = 5;
const mostCallerIds = 50;
const longestEcho = 32;
const waitingChoices = Array.from({ length: mostWaiting + 1 }, (_, count) => count);

/** What the phones of the centre do, and how its PBX wants it. */
export function PhonesEditor({
  value,
  held,
  onChange,
}: {
  value: Configuration;
  held: Configuration;
  onChange: (value: Configuration) => void;
}) {
  const { t } = useTranslation('administration');
  const id = useId();
  const flawAt = useFlaws(value, held);
  const { phone } = value;
  const put = (change: Partial<PhoneConfiguration>) =>
    onChange({ ...value, phone: { ...phone, ...change } });
  return (
    <div className={styles.settings}>
      <div className={styles.fields}>
        <Choice
          label={t('phones.missed')}
          hint={t('phones.missedHint')}
          value={phone.missed}
          options={(['break', 'ready'] as const).map((one) => ({
            value: one,
            label: t(`phones.missedIs.${one}`),
          }))}
          onChange={(missed) => put({ missed })}
        />
        <Field label={t('phones.waiting')} hint={t('phones.waitingHint')}>
          {(control) => (
            <Select
              {...control}
              data-testid="waiting-calls"
              value={String(phone.waitingCalls)}
              options={waitingChoices.map((count) => ({
                value: String(count),
                label: count === 0 ? t('phones.noWaiting') : t('phones.waits', { count }),
              }))}
              onChoose={(count) => put({ waitingCalls: Number(count) })}
            />
          )}
        </Field>
        <div>
          <Checkbox
            label={t('phones.told')}
            aria-describedby={`${id}-told`}
            data-testid="agent-is-told"
            checked={phone.listening.agentIsTold}
            onChange={(event) => put({ listening: { agentIsTold: event.currentTarget.checked } })}
          />
          <p id={`${id}-told`} className={styles.choiceHint}>
            {t('phones.toldHint')}
          </p>
        </div>
        <Choice
          label={t('phones.digits')}
          hint={t('phones.digitsHint')}
          value={phone.digits}
          options={(['rtp', 'info'] as const).map((one) => ({
            value: one,
            label: t(`phones.digitsBy.${one}`),
          }))}
          onChange={(digits) => put({ digits })}
        />
        <SettingText
          label={t('phones.echo')}
          hint={t('phones.echoHint')}
          flaw={flawAt('phone.echoNumber', 'number')}
          data-testid="echo-number"
          inputMode="tel"
          maxLength={longestEcho}
          frameClassName={styles.short}
          value={phone.echoNumber ?? ''}
          onChange={(event) => put({ echoNumber: plainNumber(event.currentTarget.value) || null })}
        />
      </div>
      <section className={styles.group}>
        <h3>{t('callerIds.title')}</h3>
        <p className={styles.about}>{t('callerIds.about')}</p>
        <NumberLines
          id="callerIds"
          lines={phone.callerIds}
          most={mostCallerIds}
          flawAt={flawAt}
          onChange={(callerIds) => put({ callerIds })}
        />
      </section>
    </div>
  );
}
