import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DailyMeasure, dailyMeasureNames } from '#shared/domain/reports/dailyTargets.ts';
import type { DailyReport } from '#shared/sync/reports.ts';
import { useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './reports.module.css';
import { readTarget, targetUnit } from './targetForm.ts';

type Whom = 'this' | 'all';

/** Sets a target from the day on that is looked at: for this agent or team, or for all that have none of their own. */
export function TargetForm({ report, onSaved }: { report: DailyReport; onSaved: () => void }) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const run = useRun();
  const format = useFormat();
  const { subject, date, name } = report;
  const [whom, setWhom] = useState<Whom>('this');
  const [measure, setMeasure] = useState<DailyMeasure>('answered');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const everybody = subject.kind === 'agent' ? ('agents' as const) : ('teams' as const);

  async function save(): Promise<void> {
    const value = readTarget(text, measure);
    setWrong(value === 'wrong');
    if (value === 'wrong') return;
    const target = { for: whom === 'this' ? subject : everybody, measure, value, from: date };
    if (!(await run('reports.setTarget', target))) return;
    setText('');
    onSaved();
  }

  return (
    <form
      className={styles.form}
      noValidate
      data-testid="target-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SectionHead
        title={t('target.title')}
        count={t('target.from', { date: format.date(date) })}
      />
      <div className={styles.pairOfFields}>
        <Field label={t('target.for')}>
          {(control) => (
            <Select
              {...control}
              value={whom}
              options={[
                { value: 'this', label: name },
                { value: 'all', label: t(`target.${everybody}`) },
              ]}
              onChoose={setWhom}
            />
          )}
        </Field>
        <Field label={t('target.measure')}>
          {(control) => (
            <Select
              {...control}
              value={measure}
              options={dailyMeasureNames.map((value) => ({
                value,
                label: t(`reportCatalogue:column.${value}`),
              }))}
              onChoose={setMeasure}
            />
          )}
        </Field>
      </div>
      <Field
        label={t(`target.value.${targetUnit(measure)}`)}
        hint={t('target.hint')}
        error={wrong ? t('target.wrong') : undefined}
      >
        {(control) => (
          <TextField
            {...control}
            inputMode="decimal"
            data-testid="target-value"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      <div className="row">
        <Button type="submit" size="sm">
          {t('target.save')}
        </Button>
      </div>
    </form>
  );
}
