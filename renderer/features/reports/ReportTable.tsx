import { IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { catalogue } from '#shared/domain/reports/catalogue.ts';
import type { Cell, DrillRequest, ReportResult, ReportRow } from '#shared/sync/reports.ts';
import { cx } from '../../ui/cx.ts';
import { Table } from '../../ui/Table.tsx';
import { gridStop, useGridKeys } from '../../ui/useGridKeys.ts';
import styles from './reports.module.css';
import { cellText, intervalText, partsText, type Wording } from './reportText.ts';

export interface Looked {
  column: string;
  interval: DrillRequest['interval'];
  group: DrillRequest['group'];
  /** What is looked into, in words. */
  title: string;
}

type Column = ReportResult['columns'][number];

const isNumber = ({ type }: Column) =>
  type === 'count' || type === 'rate' || type === 'duration' || type === 'score';

export function useColumnName(): (id: string) => string {
  const { t } = useTranslation('reportCatalogue');
  return (id) => t(`column.${id}`);
}

/** A report as rows: totals at its end, numbers that open what is behind them. */
export function ReportTable({
  result,
  wording,
  onLook,
}: {
  result: ReportResult;
  wording: Wording;
  onLook: (looked: Looked) => void;
}) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const nameOf = useColumnName();
  const grid = useGridKeys();
  const { columns, rows, totals, request } = result;
  const isList = catalogue[request.report].shape === 'list';
  const withInterval = !isList && request.interval !== 'whole';
  const withGroup = !isList && request.groupBy !== 'none';
  const severalDays = result.days.from !== result.days.to;
  const heads = Number(withInterval) + Number(withGroup);
  const nameOfInterval = ({ interval }: ReportRow) =>
    interval ? intervalText(interval, request.interval, wording, severalDays) : '';
  const nameOfGroup = ({ group }: ReportRow) =>
    group ? group.name || t('reportCatalogue:word.nobody') : t('reportCatalogue:word.all');
  const look = (row: ReportRow | null, column: Column) =>
    onLook({
      column: column.id,
      interval: row?.interval ?? null,
      group: row?.group ? { id: row.group.id } : null,
      title: [
        nameOf(column.id),
        ...(row && withInterval ? [nameOfInterval(row)] : []),
        ...(row && withGroup ? [nameOfGroup(row)] : []),
      ].join(' · '),
    });
  const figures = (cells: readonly Cell[], row: ReportRow | null) =>
    columns.map((column, at) => (
      <Figure
        key={column.id}
        column={column}
        text={cellText(cells[at], column.type, wording)}
        parts={partsText(column.id, columns, cells, wording, nameOf)}
        onLook={
          column.drill === null || cells[at] === null || isList ? null : () => look(row, column)
        }
      />
    ));
  return (
    <Table
      {...grid}
      className={cx(styles.table, isList && styles.list) ?? ''}
      aria-label={t(`reportCatalogue:report.${request.report}`)}
      aria-rowcount={result.rowCount}
      data-testid="report-table"
    >
      <thead>
        <tr>
          {withInterval ? <th scope="col">{nameOf('interval')}</th> : null}
          {withGroup ? <th scope="col">{t(`reportCatalogue:group.${request.groupBy}`)}</th> : null}
          {!isList && heads === 0 ? (
            <th scope="col">
              <span className="for-readers">{nameOf('interval')}</span>
            </th>
          ) : null}
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              data-number={isNumber(column) || undefined}
              title={
                column.formula ? t(`reportCatalogue:formula.${column.formula}`) : nameOf(column.id)
              }
            >
              {nameOf(column.id)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one answer keep their places
            key={at}
            data-provisional={row.provisional || undefined}
            data-testid="report-row"
          >
            {withInterval ? (
              <th scope="row">
                {nameOfInterval(row)}
                <Provisional is={row.provisional} />
              </th>
            ) : null}
            {withGroup ? (
              <th scope="row" title={nameOfGroup(row)}>
                {nameOfGroup(row)}
                <Provisional is={row.provisional && !withInterval} />
              </th>
            ) : null}
            {!isList && heads === 0 ? (
              <th scope="row">
                {t('reportCatalogue:word.all')}
                <Provisional is={row.provisional} />
              </th>
            ) : null}
            {figures(row.cells, row)}
          </tr>
        ))}
      </tbody>
      {totals && rows.length > 1 ? (
        <tfoot>
          <tr data-testid="report-totals">
            <th scope="row" colSpan={Math.max(1, heads)}>
              {t('reportCatalogue:word.total')}
            </th>
            {figures(totals, null)}
          </tr>
        </tfoot>
      ) : null}
    </Table>
  );
}

function Provisional({ is }: { is: boolean }) {
  const { t } = useTranslation('reportCatalogue');
  if (!is) return null;
  return (
    <span title={t('word.provisional')}>
      <IconHourglass size={12} aria-label={t('word.provisional')} className={styles.provisional} />
    </span>
  );
}

function Figure({
  column,
  text,
  parts,
  onLook,
}: {
  column: Column;
  text: string;
  parts: string;
  onLook: (() => void) | null;
}) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const number = isNumber(column);
  const title = parts === '' ? text : parts;
  return (
    <td data-number={number || undefined} title={number ? title : text}>
      {onLook ? (
        <button
          {...gridStop}
          type="button"
          className={styles.figure}
          aria-label={t('lookInto', {
            what: t(`reportCatalogue:column.${column.id}`),
            value: text,
          })}
          data-testid={`figure-${column.id}`}
          onClick={onLook}
        >
          {text}
        </button>
      ) : (
        text
      )}
    </td>
  );
}
