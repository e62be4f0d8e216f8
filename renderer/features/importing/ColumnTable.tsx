import { useTranslation } from 'react-i18next';
import type { ImportPreview, ImportWishes, RowFate } from '#shared/sync/importing.ts';
import { Pill, type Tone } from '../../ui/Pill.tsx';
import styles from './importing.module.css';

export const fateTones: Record<RowFate, Tone> = {
  new: 'ok',
  updated: 'accent',
  unchanged: 'outline',
  skipped: 'outline',
  flagged: 'warn',
  wrong: 'error',
};

/** What each column fills, and the first rows as they would become. */
export function ColumnTable({
  preview,
  fieldName,
  onChange,
}: {
  preview: ImportPreview;
  fieldName: (field: string) => string;
  onChange: (wishes: ImportWishes) => void;
}) {
  const { t } = useTranslation('importing');
  const { columns, settings, fields, rows } = preview;
  if (columns.length === 0) return null;
  const nameOf = (column: number) => columns[column] || t('columns.column', { number: column + 1 });
  const choose = (column: number, field: string | null) => {
    const next = settings.columns.map((held, index) => {
      if (index === column) return field;
      const several = fields.find((one) => one.field === field)?.several;
      return held === field && field !== null && !several ? null : held;
    });
    onChange({ columns: next });
  };
  return (
    <section className={styles.box}>
      <h3>{t('columns.title')}</h3>
      <div className={styles.tableFrame}>
        <table className={styles.table} data-testid="import-table">
          <thead>
            <tr>
              <th scope="col" className={styles.pinned}>
                {t('columns.row')}
              </th>
              <th scope="col" className={styles.fate}>
                {t('columns.fate')}
              </th>
              {settings.columns.map((field, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place, names may be the same
                <th key={column} scope="col">
                  <span className={styles.columnName} title={nameOf(column)}>
                    {nameOf(column)}
                  </span>
                  <select
                    className={styles.select}
                    aria-label={t('columns.fills', { name: nameOf(column) })}
                    data-testid={`import-column-${column}`}
                    data-ignored={field === null}
                    value={field ?? ''}
                    onChange={(event) => choose(column, event.currentTarget.value || null)}
                  >
                    <option value="">{t('columns.ignore')}</option>
                    {fields.map((one) => (
                      <option key={one.field} value={one.field}>
                        {fieldName(one.field)}
                      </option>
                    ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.row}>
                <td className={`${styles.no} ${styles.pinned}`}>{row.row}</td>
                <td className={styles.fate}>
                  <Pill tone={fateTones[row.fate]}>{t(`fate.${row.fate}`)}</Pill>
                  {row.problems.map((problem) => (
                    <p key={`${problem.reason} ${problem.field}`} className={styles.problem}>
                      {t(`reason.${problem.reason}`, {
                        field: problem.field === null ? '' : fieldName(problem.field),
                        value: problem.value ?? '',
                      })}
                    </p>
                  ))}
                </td>
                {settings.columns.map((field, column) => {
                  const cell = row.cells[column] ?? '';
                  const value = row.values[column] ?? null;
                  return (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                      key={column}
                      data-ignored={field === null}
                      data-wrong={row.problems.some(
                        (problem) => problem.field === field && field !== null,
                      )}
                    >
                      <span className={styles.cell} title={cell}>
                        {value ?? cell}
                      </span>
                      {value !== null && value !== cell.trim() ? (
                        <span className={styles.was} title={cell}>
                          {cell}
                        </span>
                      ) : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
