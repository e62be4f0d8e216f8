import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogue } from '#shared/domain/reports/catalogue.ts';
import type { ReportResult, ReportRow } from '#shared/sync/reports.ts';
import { BarChart } from '../../ui/charts/BarChart.tsx';
import { LineChart } from '../../ui/charts/LineChart.tsx';
import { ParetoChart } from '../../ui/charts/ParetoChart.tsx';
import { Select } from '../../ui/Select.tsx';
import { type ChartData, chartOf, drawable } from './chartData.ts';
import { useColumnName } from './ReportTable.tsx';
import styles from './reports.module.css';
import { cellText, intervalText, shareText, type Wording } from './reportText.ts';

const height = 200;
const units = { count: 'count', rate: 'share', duration: 'time', score: 'score' } as const;

/** One column of a report as a picture; its bars open what is behind them. */
export function ReportChart({
  result,
  wording,
  onPick,
}: {
  result: ReportResult;
  wording: Wording;
  onPick: (column: string, row: ReportRow) => void;
}) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const nameOf = useColumnName();
  const { request } = result;
  const definition = catalogue[request.report];
  const columns = drawable(result);
  const [wanted, setWanted] = useState<string | null>(null);
  const chosen = [wanted, ...definition.chart, ...columns].find(
    (id) => id !== null && columns.includes(id),
  );
  if (definition.shape === 'list' || !chosen) return null;
  const severalDays = result.days.from !== result.days.to;
  const data = chartOf(result, chosen, {
    interval: (interval) => intervalText(interval, request.interval, wording, severalDays),
    column: nameOf,
    all: t('reportCatalogue:word.all'),
  });
  if (!data || data.labels.length < 2) return null;
  return (
    <section className={styles.chart} aria-label={nameOf(chosen)}>
      <Select
        aria-label={t('drawn')}
        className={styles.drawn}
        data-testid="report-drawn"
        value={chosen}
        options={columns.map((value) => ({ value, label: nameOf(value) }))}
        onChoose={setWanted}
      />
      <Picture result={result} column={chosen} data={data} wording={wording} onPick={onPick} />
    </section>
  );
}

function Picture({
  result,
  column,
  data,
  wording,
  onPick,
}: {
  result: ReportResult;
  column: string;
  data: ChartData;
  wording: Wording;
  onPick: (column: string, row: ReportRow) => void;
}) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const nameOf = useColumnName();
  const type = result.columns.find(({ id }) => id === column)?.type ?? 'count';
  const write = (value: number) => cellText(value, type, wording);
  const pick = (at: number) => {
    const row = data.rows[at];
    if (row) onPick(column, row);
  };
  const isByGroup = result.request.interval === 'whole';
  const labelName = isByGroup
    ? t(`reportCatalogue:group.${result.request.groupBy}`)
    : nameOf('interval');
  const summary = t('chartSummary', { column: nameOf(column), by: labelName });
  if (data.kind === 'pareto') {
    const [series] = data.series;
    return (
      <ParetoChart
        summary={summary}
        items={data.labels.map((name, at) => ({
          key: String(at),
          name,
          value: series?.values[at] ?? 0,
        }))}
        names={{ item: labelName, value: nameOf(column), share: nameOf('paretoShare') }}
        format={write}
        formatShare={shareText}
        onPick={({ key }) => pick(Number(key))}
        height={height}
      />
    );
  }
  const shared = {
    summary,
    labels: data.labels,
    series: data.series,
    format: write,
    labelName,
    unit: type in units ? units[type as keyof typeof units] : ('number' as const),
    height,
  };
  if (data.kind === 'lines') return <LineChart {...shared} />;
  return (
    <BarChart
      {...shared}
      stacked={data.kind === 'stack'}
      {...(data.rows.some((row) => row !== null) ? { onPick: pick } : {})}
    />
  );
}
