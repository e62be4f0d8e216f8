import { IconChartBar, IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReportId, reportIds } from '#shared/domain/reports/catalogue.ts';
import { problemOf, type ReportRequest } from '#shared/domain/reports/request.ts';
import { mostRows } from '#shared/sync/reports.ts';
import { useRoute } from '../../app/routes.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useLanguage } from '../../i18n/useFormat.ts';
import { useMayDo, usePart } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Page } from '../../ui/Page.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useSettled } from '../segments/useSettled.ts';
import { ListFailed } from '../tickets/ListStates.tsx';
import { DailyReports } from './DailyReports.tsx';
import { DrillPanel } from './DrillPanel.tsx';
import { Explained, ProvisionalLine } from './Explained.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { ReportChart } from './ReportChart.tsx';
import { type Looked, ReportTable, useColumnName } from './ReportTable.tsx';
import { RequestBar } from './RequestBar.tsx';
import { changeReport, type ReportDraft, requestOf, useReportDraft } from './reportDraft.ts';
import styles from './reports.module.css';
import { momentText, type Wording } from './reportText.ts';
import { SavedPanel } from './SavedPanel.tsx';
import { TimeBands } from './TimeBands.tsx';
import { type ReportAnswer, useReport } from './useReport.ts';

const usualZone = 'Asia/Shanghai';
const settleMs = 250;
const firstRows = 200;
/** Bands need every state of a day; the table below them shows the first. */
const bandRows = 2_000;

type Side = { kind: 'drill'; looked: Looked } | { kind: 'saved' } | null;

/** Figures of the centre: which report, of when, in which steps; every number opens what is behind it. */
export function ReportsPage() {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const mayRead = useMayDo('reports.read');
  const [draft, setDraft] = useReportDraft();
  const { id } = useRoute();
  const language = useLanguage();
  const zone = usePart('supervision')?.timeZone ?? usualZone;
  const [side, setSide] = useState<Side>(null);
  // A link may name a report.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read when it changes
  useEffect(() => {
    const named = reportIds.find((one) => one === id);
    if (!named || named === draft.report) return;
    setDraft(changeReport(draft, named));
    setSide(null);
  }, [id]);
  if (!mayRead) return <DailyReports zone={zone} chooser={null} />;
  const choose = (next: ReportDraft) => {
    setDraft(next);
    setSide(null);
  };
  const chooser = (
    <Select
      aria-label={t('choose')}
      data-testid="report-choose"
      value={draft.report}
      options={reportIds.map((value: ReportId) => ({
        value,
        label: t(`reportCatalogue:report.${value}`),
      }))}
      onChoose={(report) => choose(changeReport(draft, report))}
    />
  );
  if (draft.report === 'daily') return <DailyReports zone={zone} chooser={chooser} />;
  const request = requestOf(draft, zone, language);
  return (
    <Page
      testId="reports-page"
      label={t('title')}
      head={
        <>
          {chooser}
          <span className="small grow cut">{t(`reportCatalogue:about.${draft.report}`)}</span>
          <Button
            data-testid="report-saved"
            aria-expanded={side?.kind === 'saved'}
            onClick={() => setSide(side?.kind === 'saved' ? null : { kind: 'saved' })}
          >
            {t('saved.title')}
          </Button>
          <ExportMenu request={request} />
        </>
      }
      filters={<RequestBar draft={draft} zone={zone} onChange={choose} />}
      side={
        side?.kind === 'drill' ? (
          <DrillPanel
            key={JSON.stringify(side.looked)}
            request={request}
            looked={side.looked}
            wording={{ language, zone }}
            onClose={() => setSide(null)}
          />
        ) : side?.kind === 'saved' ? (
          <SavedPanel
            request={request}
            onTake={(taken) => {
              const { zone: _zone, language: _language, ...rest } = taken;
              setDraft(rest);
            }}
            onClose={() => setSide(null)}
          />
        ) : null
      }
    >
      <Report
        request={request}
        wording={{ language, zone }}
        onLook={(looked) => setSide({ kind: 'drill', looked })}
      />
    </Page>
  );
}

function Report({
  request,
  wording,
  onLook,
}: {
  request: ReportRequest;
  wording: Wording;
  onLook: (looked: Looked) => void;
}) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const nameOf = useColumnName();
  const [whole, setWhole] = useState(false);
  const key = JSON.stringify(request);
  const settled = useSettled(key, settleMs);
  const problem = problemOf(request);
  const ready = problem === null && settled === key;
  const first = request.report === 'timeTable' ? bandRows : firstRows;
  const answer = useReport(ready ? request : null, whole ? mostRows : first);
  if (problem) {
    return (
      <p className={styles.problem} role="alert" data-testid="report-problem">
        {t(`reportCatalogue:problem.${problem}`)}
      </p>
    );
  }
  const { result, failure } = answer;
  if (failure && !result) {
    return <ListFailed title={t('failed')} failure={failure} onAgain={answer.reload} />;
  }
  if (!result) return <Skeleton widths={[40, 90, 90, 80, 90]} />;
  const shownRows = whole ? result.rows.length : Math.min(firstRows, result.rows.length);
  return (
    <>
      <StateLine answer={answer} wording={wording} />
      {result.rows.length === 0 ? (
        <EmptyState
          icon={<IconChartBar size={20} aria-hidden="true" />}
          title={t('empty')}
          text={t('emptyHint')}
        />
      ) : (
        <>
          <ReportChart
            key={request.report}
            result={result}
            wording={wording}
            onPick={(column, row) =>
              onLook({
                column,
                interval: row.interval,
                group: row.group ? { id: row.group.id } : null,
                title: [nameOf(column), row.group?.name].filter(Boolean).join(' · '),
              })
            }
          />
          {request.report === 'timeTable' ? <TimeBands result={result} wording={wording} /> : null}
          <div className={styles.tableFrame}>
            <ReportTable
              result={whole ? result : { ...result, rows: result.rows.slice(0, firstRows) }}
              wording={wording}
              onLook={onLook}
            />
          </div>
          {result.rowCount > shownRows ? (
            <p className={styles.more}>
              {t('rowsShown', { count: shownRows, total: result.rowCount })}
              {whole ? null : (
                <Button size="sm" onClick={() => setWhole(true)}>
                  {t('showAll')}
                </Button>
              )}
            </p>
          ) : null}
        </>
      )}
      <Explained result={result} wording={wording} />
    </>
  );
}

function StateLine({ answer, wording }: { answer: ReportAnswer; wording: Wording }) {
  const { t } = useTranslation('reports');
  const failureText = useFailureText();
  const { result, failure, old, reload } = answer;
  if (!result) return null;
  return (
    <p className={styles.stateLine}>
      {old && failure ? (
        <span className={styles.old} role="status" data-testid="report-old">
          <IconCloudOff size={14} aria-hidden="true" />
          {t('old', { time: momentText(result.generatedAt, wording), why: failureText(failure) })}
        </span>
      ) : (
        <ProvisionalLine result={result} wording={wording} />
      )}
      <IconButton
        label={t('again')}
        icon={<IconRefresh size={14} aria-hidden="true" />}
        onClick={reload}
      />
    </p>
  );
}
