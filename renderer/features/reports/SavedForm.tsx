import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#shared/contract/contract.ts';
import type { ReportRequest } from '#shared/domain/reports/request.ts';
import { reportFormats } from '#shared/domain/reports/savedReport.ts';
import type { Failure } from '#shared/result.ts';
import type { SavedReport } from '#shared/sync/reports.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './reports.module.css';
import {
  emptySaved,
  readSaved,
  type SavedDraft,
  type SavedGap,
  savedDraftOf,
} from './savedForm.ts';

type Delivers = OutputOf<'reports.saved'>['delivers'];

interface PartProps {
  draft: SavedDraft;
  gaps: readonly SavedGap[];
  change: (parts: Partial<SavedDraft>) => void;
}

/** Name a report, and say when it is made and where it goes. */
export function SavedForm({
  saved,
  request,
  delivers,
  onDone,
  onCancel,
}: {
  /** Null: a new one. */
  saved: SavedReport | null;
  request: ReportRequest;
  delivers: Delivers;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation(['reports', 'common', 'errors']);
  const invoke = useInvoke();
  const failureText = useFailureText();
  const mayManage = useMayDo('reports.manage');
  const [draft, setDraft] = useState<SavedDraft>(saved ? savedDraftOf(saved) : emptySaved);
  const [gaps, setGaps] = useState<readonly SavedGap[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [saving, setSaving] = useState(false);
  const change = (parts: Partial<SavedDraft>) => setDraft({ ...draft, ...parts });

  async function save(): Promise<void> {
    const read = readSaved(draft, request);
    setFailure(null);
    if ('gaps' in read) return setGaps(read.gaps);
    setGaps([]);
    setSaving(true);
    const place = { id: saved?.id ?? null, version: saved?.version ?? null };
    const result = await invoke('reports.save', { ...place, report: read.report });
    setSaving(false);
    if (result.ok) onDone();
    else setFailure(result.error);
  }

  return (
    <form
      className={styles.form}
      noValidate
      data-testid="saved-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={t('saved.name')}
        required
        error={gaps.includes('name') ? t('saved.gap.name') : undefined}
      >
        {(control) => (
          <TextField
            {...control}
            autoFocus
            maxLength={100}
            data-testid="saved-name"
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={t('saved.format')}
        hint={draft.format === 'pdf' && !delivers.pdf ? t('errors:font-absent') : undefined}
      >
        {(control) => (
          <Select
            {...control}
            value={draft.format}
            options={reportFormats.map((value) => ({ value, label: t(`format.${value}`) }))}
            onChoose={(format) => change({ format })}
          />
        )}
      </Field>
      {mayManage ? (
        <>
          <Checkbox
            size="xs"
            label={t('saved.shared')}
            checked={draft.shared}
            onChange={(event) => change({ shared: event.currentTarget.checked })}
          />
          <ScheduleFields draft={draft} gaps={gaps} change={change} />
          {draft.every === 'never' ? null : (
            <DeliveryFields draft={draft} gaps={gaps} change={change} delivers={delivers} />
          )}
        </>
      ) : null}
      {failure ? (
        <p className="tone-error" role="alert">
          {failureText(failure)}
        </p>
      ) : null}
      <div className="row">
        <Button type="submit" variant="solid" disabled={saving} data-testid="saved-save">
          {t('saved.save')}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          {t('common:actions.cancel')}
        </Button>
      </div>
    </form>
  );
}

const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;

function ScheduleFields({ draft, gaps, change }: PartProps) {
  const { t } = useTranslation('reports');
  const { every } = draft;
  return (
    <>
      <Field label={t('saved.schedule')}>
        {(control) => (
          <Select
            {...control}
            data-testid="saved-every"
            value={every}
            options={(['never', 'day', 'week', 'month'] as const).map((value) => ({
              value,
              label: t(`saved.every.${value}`),
            }))}
            onChoose={(next) => change({ every: next })}
          />
        )}
      </Field>
      {every === 'never' ? null : (
        <div className={styles.pairOfFields}>
          {every === 'week' ? (
            <Field label={t('saved.weekday')}>
              {(control) => (
                <Select
                  {...control}
                  value={draft.weekday}
                  options={weekdays.map((value) => ({ value, label: t(`weekday.${value}`) }))}
                  onChoose={(weekday) => change({ weekday })}
                />
              )}
            </Field>
          ) : null}
          {every === 'month' ? (
            <Field
              label={t('saved.dayOfMonth')}
              hint={t('saved.dayHint')}
              error={gaps.includes('day') ? t('saved.gap.day') : undefined}
            >
              {(control) => (
                <TextField
                  {...control}
                  inputMode="numeric"
                  value={draft.day}
                  onChange={(event) => change({ day: event.currentTarget.value })}
                />
              )}
            </Field>
          ) : null}
          <Field
            label={t('saved.time')}
            error={gaps.includes('time') ? t('saved.gap.time') : undefined}
          >
            {(control) => (
              <TextField
                {...control}
                inputMode="numeric"
                maxLength={5}
                placeholder="07:00"
                value={draft.time}
                onChange={(event) => change({ time: event.currentTarget.value })}
              />
            )}
          </Field>
        </div>
      )}
    </>
  );
}

function DeliveryFields({ draft, gaps, change, delivers }: PartProps & { delivers: Delivers }) {
  const { t } = useTranslation('reports');
  const isAble = draft.to === 'mail' ? delivers.mail : delivers.folder;
  return (
    <>
      <Segmented
        label={t('saved.to')}
        value={draft.to}
        options={[
          { value: 'mail', label: t('saved.mail') },
          { value: 'folder', label: t('saved.folder') },
        ]}
        onChange={(to) => change({ to })}
      />
      {isAble ? null : (
        <p className="small" role="status">
          {t(draft.to === 'mail' ? 'saved.noMail' : 'saved.noFolder')}
        </p>
      )}
      {draft.to === 'mail' ? (
        <Field
          label={t('saved.addresses')}
          hint={t('saved.addressesHint')}
          error={gaps.includes('addresses') ? t('saved.gap.addresses') : undefined}
        >
          {(control) => (
            <TextField
              {...control}
              data-testid="saved-addresses"
              maxLength={4_000}
              value={draft.addresses}
              onChange={(event) => change({ addresses: event.currentTarget.value })}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
