import { useTranslation } from 'react-i18next';
import type { BulkChange } from '#shared/contract/methods/quality.ts';
import { Table } from '../../ui/Table.tsx';
import styles from './quality.module.css';
import { useFieldWords } from './useFieldWords.ts';

const shownRows = 200;

/** Who is changed, and how: before and after. */
export function BulkPreview({
  changes,
  done,
}: {
  changes: readonly BulkChange[];
  /** All customers were looked at. */
  done: boolean;
}) {
  const { t } = useTranslation('quality');
  const { fieldName, valueText } = useFieldWords();
  if (changes.length === 0) {
    return done ? (
      <p className="muted" role="status" data-testid="clean-nothing">
        {t('clean.nothing')}
      </p>
    ) : null;
  }
  const textOf = (field: string, json: string) => valueText(field, json) ?? t('clean.empty');
  return (
    <>
      <p className="small" role="status" data-testid="clean-count">
        {t('clean.found', { count: changes.length })}
        {changes.length > shownRows ? ` · ${t('clean.shown', { count: shownRows })}` : ''}
      </p>
      <Table className={styles.changes}>
        <thead>
          <tr>
            <th>{t('clean.customer')}</th>
            <th>{t('clean.field')}</th>
            <th>{t('clean.before')}</th>
            <th>{t('clean.after')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, shownRows).map(({ customerId, name, field, before, after }) => (
            <tr key={`${customerId} ${field}`} data-testid="clean-change">
              <th scope="row" title={name}>
                {name}
              </th>
              <td>{fieldName(field)}</td>
              <td className={styles.value} title={textOf(field, before)}>
                {textOf(field, before)}
              </td>
              <td className={styles.value} title={textOf(field, after)}>
                {textOf(field, after)}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}
