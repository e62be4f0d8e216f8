import { useTranslation } from 'react-i18next';
import {
  type ImportCounts,
  type ImportView,
  rowFates,
  rowReasons,
} from '#shared/sync/importing.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Pill } from '../../ui/Pill.tsx';
import { fateTones } from './ColumnTable.tsx';
import styles from './importing.module.css';

/** What became of the rows, or would: counts, reasons, and how far it is. */
export function ResultBox({ view, counts }: { view: ImportView; counts: ImportCounts }) {
  const { t } = useTranslation('importing');
  const format = useFormat();
  const isBusy = view.state === 'running' || view.state === 'checking';
  const title = isBusy ? 'running' : view.state === 'checked' ? 'checked' : 'done';
  const reasons = rowReasons.filter((reason) => (counts.reasons[reason] ?? 0) > 0);
  return (
    <section className={styles.box} data-testid="import-result">
      <h3>
        {t(`result.${title}`)}
        <span className={styles.total}>
          {t('result.rows', { count: counts.rows, formatted: format.number(counts.rows) })}
        </span>
      </h3>
      {isBusy ? (
        <div className={styles.going}>
          <progress
            className={styles.progress}
            max={1}
            value={view.progress ?? 0}
            aria-label={t(`state.${view.state}`)}
          />
          <span>{t('result.percent', { percent: Math.floor((view.progress ?? 0) * 100) })}</span>
        </div>
      ) : null}
      <dl className={styles.counts}>
        {rowFates.map((fate) => (
          <div key={fate} data-testid={`count-${fate}`}>
            <dt>
              <Pill tone={fateTones[fate]}>{t(`fate.${fate}`)}</Pill>
            </dt>
            <dd data-none={counts[fate] === 0}>{format.number(counts[fate])}</dd>
          </div>
        ))}
      </dl>
      {reasons.length > 0 ? (
        <>
          <h4>{t('result.reasons')}</h4>
          <ul className={styles.reasons}>
            {reasons.map((reason) => (
              <li key={reason}>
                <span className={styles.no}>{format.number(counts.reasons[reason] ?? 0)}</span>
                {t(`reasonName.${reason}`)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
