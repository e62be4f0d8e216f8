import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerForm, FormField } from '#shared/domain/settings/customerForm.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FieldEditor } from './FieldEditor.tsx';
import { type FormProblem, formProblems, moved, newField } from './formEdit.ts';
import own from './formEditor.module.css';

function FieldRow({
  field,
  at,
  count,
  problem,
  open,
  onOpen,
  onMove,
}: {
  field: FormField;
  at: number;
  count: number;
  problem: FormProblem | null;
  open: boolean;
  onOpen: () => void;
  onMove: (by: number) => void;
}) {
  const { t } = useTranslation('customerForm');
  const format = useFormat();
  const name = format.text(field.label) || t('unnamed');
  return (
    <div className={own.row} data-testid="form-field" data-field-id={field.id}>
      <button type="button" className={own.name} aria-expanded={open} onClick={onOpen}>
        <span className="medium cut">{name}</span>
        <span className="small">
          {t(`types.${field.type}`)} · {t(`customer:groups.${field.group}`)}
        </span>
      </button>
      {field.required ? <Pill tone="outline">{t('common:required')}</Pill> : null}
      {field.question && field.worth > 0 ? (
        <Pill tone="outline">{t('asked', { worth: field.worth })}</Pill>
      ) : null}
      {field.retired ? <Pill tone="plain">{t('retired')}</Pill> : null}
      {problem ? <Pill tone="error">{t(`problems.${problem}`)}</Pill> : null}
      <IconButton
        label={t('up', { name })}
        icon={<IconArrowUp size={16} />}
        disabled={at === 0}
        onClick={() => onMove(-1)}
      />
      <IconButton
        label={t('down', { name })}
        icon={<IconArrowDown size={16} />}
        disabled={at === count - 1}
        onClick={() => onMove(1)}
      />
    </div>
  );
}

/** The registration form as an administrator sets it: its fields, their order, what is asked and when it is stale. */
export function CustomerFormEditor({
  value,
  onChange,
}: {
  value: CustomerForm;
  onChange: (value: CustomerForm) => void;
}) {
  const { t } = useTranslation('customerForm');
  const [open, setOpen] = useState<number | null>(null);
  const { fields } = value;
  const problems = formProblems(value);
  const set = (next: FormField[]) => onChange({ ...value, fields: next });
  const move = (at: number, by: number) => {
    set(moved(fields, at, by));
    if (open === at && fields[at + by]) setOpen(at + by);
  };
  return (
    <div className={own.editor}>
      <p className="muted">{t('intro')}</p>
      <div className={own.top}>
        <Field label={t('refusedMonths')}>
          {(control) => (
            <TextField
              {...control}
              type="number"
              min={0}
              max={120}
              value={value.refusedMonths}
              onChange={(event) =>
                onChange({
                  ...value,
                  refusedMonths: Math.min(120, Math.max(0, Math.trunc(Number(event.target.value)))),
                })
              }
            />
          )}
        </Field>
        <Button
          icon={<IconPlus size={16} aria-hidden="true" />}
          data-testid="add-field"
          disabled={fields.length >= 200}
          onClick={() => {
            set([...fields, newField(fields)]);
            setOpen(fields.length);
          }}
        >
          {t('add')}
        </Button>
      </div>
      {problems.size > 0 ? (
        <p role="status" className="tone-error">
          {t('wrong', { count: problems.size })}
        </p>
      ) : null}
      <ul className={own.list}>
        {fields.map((field, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: ids are edited here; the place is what stays while typing
          <li key={at}>
            <FieldRow
              field={field}
              at={at}
              count={fields.length}
              problem={problems.get(at) ?? null}
              open={open === at}
              onOpen={() => setOpen(open === at ? null : at)}
              onMove={(by) => move(at, by)}
            />
            {open === at ? (
              <FieldEditor
                field={field}
                problem={problems.get(at) ?? null}
                onChange={(next) => set(fields.map((one, index) => (index === at ? next : one)))}
                onRemove={() => {
                  set(fields.filter((_, index) => index !== at));
                  setOpen(null);
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
