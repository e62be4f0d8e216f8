import { Checkbox } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type BreakReason, breakReasons } from '#shared/domain/agents/agentState.ts';
import type { Configuration } from '#shared/domain/configuration.ts';
import { chosenBreaks, leastBreakMs, mostBreakMs } from '#shared/domain/settings/centre.ts';
import { useFormat } from '../../../i18n/useFormat.ts';
import styles from '../administration.module.css';
import { useFlaws } from '../flaws.ts';
import { SettingNumber } from '../SettingNumber.tsx';

const minuteMs = 60_000;

/** Which breaks agents choose from, and how long each may last. */
export function BreaksEditor({
  value,
  held,
  onChange,
}: {
  value: Configuration;
  held: Configuration;
  onChange: (value: Configuration) => void;
}) {
  const { t } = useTranslation('administration');
  const format = useFormat();
  const flawAt = useFlaws(value, held);
  const { phone } = value;
  const none = flawAt('breakReasons');
  const offer = (reason: BreakReason, on: boolean) =>
    onChange({
      ...value,
      breakReasons: breakReasons.filter((one) =>
        one === reason ? on : value.breakReasons.includes(one),
      ),
    });
  function limit(reason: BreakReason, minutes: number | null): void {
    const { [reason]: _, ...others } = phone.breakLimitsMs;
    const breakLimitsMs = minutes === null ? others : { ...others, [reason]: minutes * minuteMs };
    onChange({ ...value, phone: { ...phone, breakLimitsMs } });
  }
  return (
    <div className={styles.settings}>
      <p className={styles.about}>{t('breaks.about')}</p>
      <table className={styles.breakTable}>
        <thead>
          <tr>
            <th scope="col">{t('breaks.reason')}</th>
            <th scope="col">{t('breaks.offered')}</th>
            <th scope="col">{t('breaks.limit')}</th>
          </tr>
        </thead>
        <tbody>
          {breakReasons.map((reason) => {
            const name = t(`common:breakReason.${reason}`);
            const limitMs = phone.breakLimitsMs[reason];
            return (
              <tr key={reason} data-testid="break-row">
                <th scope="row">{name}</th>
                <td>
                  {chosenBreaks.includes(reason) ? (
                    <span className={styles.checkCell}>
                      <Checkbox
                        aria-label={format.labelled(name, t('breaks.offered'))}
                        data-testid={`offer-${reason}`}
                        data-flawed={none !== null}
                        checked={value.breakReasons.includes(reason)}
                        onChange={(event) => offer(reason, event.currentTarget.checked)}
                      />
                    </span>
                  ) : (
                    <span className={`small ${styles.keptId}`}>{t('breaks.byItself')}</span>
                  )}
                </td>
                <td className={styles.limitColumn}>
                  <SettingNumber
                    cell
                    label={format.labelled(name, t('breaks.limit'))}
                    testId={`limit-${reason}`}
                    unit={t('breaks.minutes')}
                    least={leastBreakMs / minuteMs}
                    most={mostBreakMs / minuteMs}
                    wrong={t('flaws.break')}
                    empty={null}
                    placeholder={t('breaks.noLimit')}
                    value={limitMs === undefined ? null : limitMs / minuteMs}
                    onChange={(minutes) => limit(reason, minutes)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {none ? (
        <p className={styles.cellError} role="alert">
          <IconAlertCircle size={14} aria-hidden="true" />
          <span>{t('breaks.none')}</span>
        </p>
      ) : null}
    </div>
  );
}
