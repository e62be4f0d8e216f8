import { useTranslation } from 'react-i18next';
import type { BulkAction } from '#shared/contract/methods/quality.ts';
import { customerKinds, valueClasses } from '#shared/domain/customers/customer.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useFormFields } from '../fields/useFormFields.ts';
import { type BulkDraft, bulkActions } from './bulkDraft.ts';
import styles from './quality.module.css';

const all = '';

/** What is to be done, and for whom. */
export function BulkForm({
  draft,
  missing,
  onChange,
}: {
  draft: BulkDraft;
  /** The field that is still to be filled in, once a preview was asked for. */
  missing: 'value' | 'tag' | 'fieldId' | null;
  onChange: (change: Partial<BulkDraft>) => void;
}) {
  const { t } = useTranslation('quality');
  const format = useFormat();
  const fields = useFormFields().filter(({ retired }) => !retired);
  const needed = (name: typeof missing) => (missing === name ? t('clean.needed') : undefined);
  const ofField = draft.action === 'setField' || draft.action === 'clearField';
  const ofTag = draft.action === 'addTag' || draft.action === 'removeTag';
  return (
    <div className={styles.form}>
      <Field label={t('clean.what')}>
        {(control) => (
          <Select<BulkAction['action']>
            {...control}
            value={draft.action}
            data-testid="clean-action"
            options={bulkActions.map((value) => ({ value, label: t(`clean.${value}`) }))}
            onChoose={(action) => onChange({ action })}
          />
        )}
      </Field>
      {ofField ? (
        <Field label={t('clean.field')} error={needed('fieldId')}>
          {(control) => (
            <Select
              {...control}
              value={draft.fieldId}
              options={fields.map(({ id, label }) => ({ value: id, label: format.text(label) }))}
              onChoose={(fieldId) => onChange({ fieldId })}
            />
          )}
        </Field>
      ) : null}
      {draft.action === 'setField' ? (
        <Field label={t('clean.value')} error={needed('value')} required>
          {(control) => (
            <TextField
              {...control}
              value={draft.value}
              onChange={(event) => onChange({ value: event.currentTarget.value })}
            />
          )}
        </Field>
      ) : null}
      {ofTag ? (
        <Field label={t('clean.tag')} error={needed('tag')} required>
          {(control) => (
            <TextField
              {...control}
              value={draft.tag}
              data-testid="clean-tag"
              onChange={(event) => onChange({ tag: event.currentTarget.value })}
            />
          )}
        </Field>
      ) : null}
      {draft.action === 'setField' ? (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.onlyEmpty}
            onChange={(event) => onChange({ onlyEmpty: event.currentTarget.checked })}
          />
          {t('clean.onlyEmpty')}
        </label>
      ) : null}
      <Field label={t('clean.kind')}>
        {(control) => (
          <Select
            {...control}
            value={draft.kind ?? all}
            options={[
              { value: all, label: t('clean.all') },
              ...customerKinds.map((value) => ({
                value,
                label: t(`common:customerKind.${value}`),
              })),
            ]}
            onChoose={(value) =>
              onChange({ kind: customerKinds.find((kind) => kind === value) ?? null })
            }
          />
        )}
      </Field>
      <Field label={t('clean.class')}>
        {(control) => (
          <Select
            {...control}
            value={draft.valueClass ?? all}
            options={[
              { value: all, label: t('clean.all') },
              ...valueClasses.map((value) => ({ value, label: value })),
            ]}
            onChoose={(value) =>
              onChange({ valueClass: valueClasses.find((one) => one === value) ?? null })
            }
          />
        )}
      </Field>
      <Field label={t('clean.withTag')}>
        {(control) => (
          <TextField
            {...control}
            value={draft.withTag}
            placeholder={t('clean.all')}
            onChange={(event) => onChange({ withTag: event.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  );
}
