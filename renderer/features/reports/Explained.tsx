import { useTranslation } from 'react-i18next';
import type { ReportResult } from '#shared/sync/reports.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useColumnName } from './ReportTable.tsx';
import styles from './reports.module.css';
import { momentText, type Wording } from './reportText.ts';

/** Whether the figures may still change, and until when. */
export function ProvisionalLine({ result, wording }: { result: ReportResult; wording: Wording }) {
  const { t } = useTranslation('reportCatalogue');
  const format = useFormat();
  const { provisional } = result;
  if (!provisional) return <span className="small">{t('word.final')}</span>;
  const { until, reasons, awaited } = provisional;
  const names = format.list(awaited);
  const word =
    until === null
      ? t('word.provisional')
      : t('word.provisionalUntil', { until: momentText(until, wording) });
  const whys = reasons.map((reason) => t(`provisional.${reason}`, { names }));
  return (
    <span className={styles.provisionalLine} data-testid="report-provisional">
      {reasons.length > 0 ? format.labelled(word, format.clauses(whys)) : word}
    </span>
  );
}

/** How the figures were worked out, of what, and what has to be known beside them. */
export function Explained({ result, wording }: { result: ReportResult; wording: Wording }) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const format = useFormat();
  const nameOf = useColumnName();
  const { columns, filters, notes, request, days } = result;
  const formulas = columns.filter(({ formula }) => formula !== null);
  return (
    <section className={styles.explained} aria-label={t('reportCatalogue:word.formulas')}>
      {notes.length > 0 ? (
        <ul className={styles.notes} data-testid="report-notes">
          {notes.map((note) => (
            <li key={note}>{t(`reportCatalogue:note.${note}`)}</li>
          ))}
        </ul>
      ) : null}
      <dl className={styles.asked} data-testid="report-filters">
        <dt>{t('reportCatalogue:word.range')}</dt>
        <dd>{[...new Set([days.from, days.to])].map((day) => format.date(day)).join(' – ')}</dd>
        <dt>{t('reportCatalogue:word.zone')}</dt>
        <dd>{request.zone}</dd>
        {filters.map(({ filter, names }) => (
          <div key={filter} className={styles.pair}>
            <dt>{t(`reportCatalogue:filter.${filter}`)}</dt>
            <dd>{names.length === 0 ? t('reportCatalogue:word.all') : format.list(names)}</dd>
          </div>
        ))}
        <dt>{t('reportCatalogue:word.generatedAt')}</dt>
        <dd>{momentText(result.generatedAt, wording)}</dd>
      </dl>
      {formulas.length > 0 ? (
        <details>
          <summary>{t('reportCatalogue:word.formulas')}</summary>
          <dl className={styles.formulas}>
            {formulas.map(({ id, formula }) => (
              <div key={id}>
                <dt>{nameOf(id)}</dt>
                <dd>{t(`reportCatalogue:formula.${formula}`)}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </section>
  );
}
