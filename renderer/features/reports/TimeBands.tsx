import { useTranslation } from 'react-i18next';
import { agentStateNames } from '#shared/domain/agents/agentState.ts';
import type { ReportResult } from '#shared/sync/reports.ts';
import { formatDate } from '../../i18n/format.ts';
import { deskNow } from '../../ui/clock.ts';
import styles from './reports.module.css';
import { clockText, type Wording } from './reportText.ts';
import { bandsOf, hoursOf, minuteOf } from './timeBands.ts';

const shownStates = agentStateNames.filter((name) => name !== 'signedOut');

/** `18 Nov`, 中文 `11-18`. */
function shortDay(date: string, { language }: Wording): string {
  return language === 'zh-CN'
    ? date.slice(5)
    : formatDate(date, language).slice(0, -' 2026'.length);
}

/** What every agent did from minute to minute, a band for each day. */
export function TimeBands({ result, wording }: { result: ReportResult; wording: Wording }) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const bands = bandsOf(result, deskNow());
  if (bands.length === 0) return null;
  // The report writes states in words; each word stands for one state.
  const stateOf = new Map(
    agentStateNames.map((name) => [t(`reportCatalogue:state.${name}`), name]),
  );
  const { first, last } = hoursOf(bands, wording);
  const share = (at: number, date: string) =>
    Math.min(1, Math.max(0, (minuteOf(at, date, wording) / 60 - first) / (last - first)));
  const hours = Array.from({ length: last - first }, (_, at) => first + at);
  const severalDays = result.days.from !== result.days.to;
  return (
    <section className={styles.bands} aria-label={t('bands.title')} data-testid="time-bands">
      <ul className={styles.legend} aria-hidden="true">
        {shownStates.map((name) => (
          <li key={name}>
            <span className={styles.swatch} data-state={name} />
            {t(`reportCatalogue:state.${name}`)}
          </li>
        ))}
      </ul>
      <div className={styles.hours} aria-hidden="true">
        <span />
        <div>
          {hours.map((hour) => (
            <span key={hour}>{String(hour).padStart(2, '0')}</span>
          ))}
        </div>
      </div>
      <ul>
        {bands.map(({ key, name, date, stretches }) => (
          <li key={key} className={styles.bandRow}>
            <span className="cut" title={`${name} ${date}`}>
              {name}
              {severalDays ? <span className="small"> {shortDay(date, wording)}</span> : null}
            </span>
            <div
              className={styles.band}
              role="img"
              aria-label={t('bands.of', { name, count: stretches.length })}
            >
              {stretches.map(({ state, reason, from, to }) => {
                const left = share(from, date);
                const words = [...new Set([state, reason])].filter(Boolean).join(' · ');
                return (
                  <span
                    key={from}
                    data-state={stateOf.get(state) ?? 'signedOut'}
                    title={`${words} ${clockText(from, wording)}–${clockText(to, wording)}`}
                    style={{
                      left: `${left * 100}%`,
                      width: `${Math.max(0, share(to, date) - left) * 100}%`,
                    }}
                  />
                );
              })}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
