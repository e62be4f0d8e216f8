import { IconChevronLeft, IconChevronRight, IconCloudOff, IconNotes } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateOfDay, dayOfDate } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { DailyReport } from '#shared/sync/reports.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useLanguage } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { deskNow } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Table } from '../../ui/Table.tsx';
import { gridStop, useGridKeys } from '../../ui/useGridKeys.ts';
import { DayField } from '../fields/DayField.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import { DailyPanel } from './DailyPanel.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { figureText, ReachedMark } from './FigureLine.tsx';
import { draftOf, requestOf } from './reportDraft.ts';
import styles from './reports.module.css';
import { isoDay } from './reportText.ts';
import { useSubjectName } from './useSubjectName.ts';

function subjectKey({ subject }: Pick<DailyReport, 'subject'>): string {
  return `${subject.kind} ${subject.id}`;
}

/** 营业日报表: the day of each agent and team. `chooser` null: only one's own is read here. */
export function DailyReports({ zone, chooser }: { zone: string; chooser: ReactNode }) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const language = useLanguage();
  const mayRead = useMayDo('reports.read');
  const [date, setDate] = useState(() => isoDay(deskNow(), { zone }));
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useQuery('reports.daily', { date, zone, subject: null });
  const last = useRef<{ date: string; reports: DailyReport[] } | null>(null);
  if (list.data) last.current = { date, reports: list.data.reports };
  const reports = list.data?.reports ?? (last.current?.date === date ? last.current.reports : null);
  const only = reports?.length === 1 ? reports[0] : undefined;
  const shown = reports?.find((one) => subjectKey(one) === chosen) ?? only;
  const request = {
    ...requestOf(draftOf('daily'), zone, language),
    range: { kind: 'days' as const, from: date, to: date },
  };
  return (
    <Page
      testId="daily-page"
      label={chooser === null ? t('reportCatalogue:report.daily') : t('title')}
      head={
        <>
          {chooser}
          <DayStep date={date} today={isoDay(deskNow(), { zone })} onChange={setDate} />
          <span className="grow" />
          {mayRead ? <ExportMenu request={request} /> : null}
        </>
      }
      side={
        shown ? (
          <DailyPanel
            key={`${date} ${subjectKey(shown)}`}
            report={shown}
            onSaved={list.reload}
            onClose={only ? null : () => setChosen(null)}
          />
        ) : null
      }
    >
      {list.failure && !reports ? (
        <ListFailed title={t('failed')} failure={list.failure} onAgain={list.reload} />
      ) : null}
      {list.failure && reports ? (
        <p className={styles.old} role="status">
          <IconCloudOff size={14} aria-hidden="true" />
          {t('lastKnown')}
        </p>
      ) : null}
      {reports || list.failure ? null : <Skeleton widths={[70, 60, 80]} />}
      {reports?.length === 0 ? (
        <EmptyState
          icon={<IconNotes size={20} aria-hidden="true" />}
          title={t('daily.empty')}
          text={t('emptyHint')}
        />
      ) : null}
      {reports && reports.length > 0 ? (
        <div className={styles.tableFrame}>
          <DailyTable reports={reports} chosen={shown} onChoose={setChosen} language={language} />
        </div>
      ) : null}
    </Page>
  );
}

function DayStep({
  date,
  today,
  onChange,
}: {
  date: string;
  today: string;
  onChange: (date: string) => void;
}) {
  const { t } = useTranslation('reports');
  const step = (days: number) => onChange(dateOfDay(dayOfDate(date) + days));
  return (
    <>
      <IconButton
        label={t('daily.dayBefore')}
        icon={<IconChevronLeft size={16} aria-hidden="true" />}
        onClick={() => step(-1)}
      />
      <DayField
        needed
        aria-label={t('daily.day')}
        testId="daily-date"
        value={date}
        today={today}
        onChange={onChange}
      />
      <IconButton
        label={t('daily.dayAfter')}
        icon={<IconChevronRight size={16} aria-hidden="true" />}
        onClick={() => step(1)}
      />
    </>
  );
}

function DailyTable({
  reports,
  chosen,
  onChoose,
  language,
}: {
  reports: readonly DailyReport[];
  chosen: DailyReport | undefined;
  onChoose: (key: string) => void;
  language: 'en' | 'zh-CN';
}) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const grid = useGridKeys();
  const nameOf = useSubjectName();
  const measures = reports[0]?.figures.map(({ measure }) => measure) ?? [];
  return (
    <Table {...grid} className={styles.table ?? ''} aria-label={t('reportCatalogue:report.daily')}>
      <thead>
        <tr>
          <th scope="col">{t('reportCatalogue:column.subject')}</th>
          {measures.map((measure) => (
            <th
              key={measure}
              scope="col"
              data-number
              title={t(`reportCatalogue:formula.${measure}`)}
            >
              {t(`reportCatalogue:column.${measure}`)}
            </th>
          ))}
          <th scope="col">{t('reportCatalogue:column.writtenBy')}</th>
        </tr>
      </thead>
      <tbody>
        {reports.map((report) => (
          <tr
            key={subjectKey(report)}
            aria-selected={report === chosen}
            data-testid="daily-row"
            onClick={() => onChoose(subjectKey(report))}
          >
            <th scope="row">
              <button {...gridStop} type="button" className={styles.savedName}>
                <span className="cut">{nameOf(report)}</span>
                {report.subject.kind === 'team' ? (
                  <span className="small">{t('daily.team')}</span>
                ) : null}
              </button>
            </th>
            {report.figures.map((figure) => (
              <td key={figure.measure} data-number>
                <ReachedMark reached={figure.reached} />
                {figureText(figure, figure.value, language)}
              </td>
            ))}
            <td>{report.entry?.byName ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
