import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import type { DailyReport } from '#shared/sync/reports.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { useSidePanel } from '../../ui/useSidePanel.ts';
import { DraftMark } from '../fields/DraftMark.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { figureText, ReachedMark } from './FigureLine.tsx';
import styles from './reports.module.css';
import { TargetForm } from './TargetForm.tsx';
import { useSubjectName } from './useSubjectName.ts';

interface Written {
  problems: string;
  plan: string;
  /** The entry that was shown when writing began. */
  basedOn: string | null;
}

const mostLetters = 4_000;

function readWritten(stored: unknown): Partial<Written> | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { problems, plan, basedOn } = stored as Partial<Record<keyof Written, unknown>>;
  if (typeof problems !== 'string' || typeof plan !== 'string') return null;
  return { problems, plan, basedOn: typeof basedOn === 'string' ? basedOn : null };
}

/** One day of an agent or a team: figures against targets, problems met, plan for tomorrow. */
export function DailyPanel({
  report,
  onSaved,
  onClose,
}: {
  report: DailyReport;
  onSaved: () => void;
  /** Null: there is nothing else to look at. */
  onClose: (() => void) | null;
}) {
  const { t } = useTranslation(['reports', 'common']);
  const format = useFormat();
  const name = useSubjectName()(report);
  const mayManage = useMayDo('reports.manage');
  const { panel, close } = useSidePanel(onClose);
  return (
    <section className={styles.drill} aria-label={name} data-testid="daily-panel" {...panel}>
      <header className={styles.drillHead}>
        <h2 className="cut grow">{`${name} · ${format.date(report.date)}`}</h2>
        {onClose ? (
          <IconButton
            label={t('common:actions.close')}
            icon={<IconX size={16} aria-hidden="true" />}
            onClick={close}
          />
        ) : null}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <div className="scroll grow" tabIndex={0}>
        <Figures report={report} />
        <Entry report={report} onSaved={onSaved} />
        {mayManage ? <TargetForm report={report} onSaved={onSaved} /> : null}
      </div>
    </section>
  );
}

function Figures({ report }: { report: DailyReport }) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const { language } = useFormat();
  return (
    <div className={styles.block}>
      {report.provisional ? (
        <p className={styles.provisionalLine}>{t('reportCatalogue:word.provisional')}</p>
      ) : null}
      <dl className={styles.dailyFigures}>
        {report.figures.map((figure) => (
          <div key={figure.measure} title={t(`reportCatalogue:formula.${figure.measure}`)}>
            <dt>{t(`reportCatalogue:column.${figure.measure}`)}</dt>
            <dd>
              <ReachedMark reached={figure.reached} />
              {figureText(figure, figure.value, language)}
              {figure.target === null ? null : (
                <span className="small">
                  {t('daily.target', { value: figureText(figure, figure.target, language) })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Entry({ report, onSaved }: { report: DailyReport; onSaved: () => void }) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const invoke = useInvoke();
  const format = useFormat();
  const failureText = useFailureText();
  const { date, zone, subject, entry } = report;
  const begun: Written = {
    problems: entry?.problems ?? '',
    plan: entry?.plan ?? '',
    basedOn: entry?.id ?? null,
  };
  const draft = useDraft(`dailyReport:${date}:${subject.kind}:${subject.id}`, begun, readWritten);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { problems, plan, basedOn } = draft.value;
  const changed = problems !== begun.problems || plan !== begun.plan;
  const isOvertaken = basedOn !== begun.basedOn;

  async function save(): Promise<void> {
    setFailure(null);
    const written = { date, zone, subject, problems, plan, basedOn };
    const result = await invoke('reports.writeDaily', written);
    if (!result.ok) {
      if (result.error.code === 'conflict') onSaved();
      return setFailure(result.error);
    }
    await draft.drop();
    // What is typed next follows what was just saved.
    const { entry: kept } = result.value;
    draft.change({ basedOn: kept?.id ?? null });
    await draft.drop();
    onSaved();
  }

  return (
    <form
      className={styles.form}
      data-testid="daily-entry"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SectionHead
        title={t('daily.entry')}
        count={
          entry ? t('daily.writtenBy', { name: entry.byName, time: format.moment(entry.at) }) : null
        }
      />
      <Words
        name="problems"
        value={problems}
        label={t('reportCatalogue:column.problems')}
        onChange={(text) => draft.change({ problems: text })}
      />
      <Words
        name="plan"
        value={plan}
        label={t('reportCatalogue:column.plan')}
        onChange={(text) => draft.change({ plan: text })}
      />
      {isOvertaken && changed ? (
        <div className={styles.overtaken} role="alert">
          <p>{t('daily.overtaken', { name: entry?.byName ?? '' })}</p>
          <Button
            size="sm"
            onClick={() => {
              setFailure(null);
              draft.change({ basedOn: begun.basedOn });
            }}
          >
            {t('daily.writeOver')}
          </Button>
        </div>
      ) : null}
      {failure && failure.code !== 'conflict' ? (
        <p className="tone-error" role="alert">
          {failureText(failure)}
        </p>
      ) : null}
      <div className="row">
        <Button type="submit" disabled={!changed || isOvertaken} data-testid="daily-save">
          {t('daily.save')}
        </Button>
        {changed ? <DraftMark draft={draft} /> : null}
      </div>
    </form>
  );
}

function Words({
  name,
  value,
  label,
  onChange,
}: {
  name: string;
  value: string;
  label: string;
  onChange: (text: string) => void;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <textarea
          {...control}
          rows={4}
          className={styles.words}
          maxLength={mostLetters}
          data-testid={`daily-${name}`}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
