import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateInput, TemplateView } from '#shared/contract/methods/tickets.ts';
import type { TicketCategory } from '#shared/domain/configuration.ts';
import { templateFields, unknownFields } from '#shared/domain/tickets/templateText.ts';
import { type TicketType, ticketPriorities, ticketTypes } from '#shared/domain/tickets/ticket.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useRun } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import { LongText } from '../fields/LongText.tsx';
import { PathPicker } from '../fields/PathPicker.tsx';
import styles from './ticketTemplates.module.css';

const noCategories: TicketCategory[] = [];

function emptyOf(kind: TemplateView['kind']): TemplateInput {
  return { name: '', kind, type: null, categoryId: null, priority: null, subject: '', body: '' };
}

function inputOf({ name, kind, type, categoryId, priority, subject, body }: TemplateView) {
  return { name, kind, type, categoryId, priority, subject, body };
}

/** One template; a field in braces that nothing fills in is told at its box. */
export function TemplateForm({
  kind,
  template,
  onSaved,
}: {
  kind: TemplateView['kind'];
  template: TemplateView | null;
  onSaved: (saved: TemplateView) => void;
}) {
  const { t } = useTranslation(['ticketPage', 'ticket', 'fields']);
  const invoke = useInvoke();
  const run = useRun();
  const categories = useDesk((desk) => desk.configuration?.ticketCategories ?? noCategories);
  const [value, setValue] = useState<TemplateInput>(template ? inputOf(template) : emptyOf(kind));
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = (patch: Partial<TemplateInput>) => setValue((old) => ({ ...old, ...patch }));
  const noName = value.name.trim() === '';
  const unknown = (text: string) => {
    const names = unknownFields(text).map((name) => `{${name}}`);
    return names.length > 0 ? t('templates.unknown', { names: names.join(' ') }) : null;
  };

  const save = async () => {
    setTried(true);
    if (noName || unknown(value.subject) || unknown(value.body)) return;
    const result = await invoke('ticketTemplates.save', {
      id: template?.id ?? null,
      template: value,
    });
    setFailure(result.ok ? null : result.error);
    if (!result.ok) return;
    tell(t('templates.saved'));
    onSaved(result.value);
  };
  const retire = async () => {
    if (template) {
      await run('ticketTemplates.retire', { id: template.id, retired: !template.retired });
    }
  };

  return (
    <form
      className={styles.form}
      data-testid="template-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <FormFailure title={t('templates.failed')} failure={failure} />
      <Field
        label={t('templates.name')}
        required
        error={tried && noName ? t('templates.nameMissing') : null}
      >
        {(control) => (
          <TextField
            {...control}
            data-testid="template-name"
            data-autofocus
            value={value.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      {kind === 'ticket' ? (
        <>
          <Field label={t('ticket:type')}>
            {(control) => (
              <Select<TicketType | ''>
                {...control}
                value={value.type ?? ''}
                options={[
                  { value: '', label: '–' },
                  ...ticketTypes.map((one) => ({
                    value: one,
                    label: t(`fields:ticketTypes.${one}`),
                  })),
                ]}
                onChoose={(type) => change({ type: type === '' ? null : type })}
              />
            )}
          </Field>
          <Field label={t('ticket:category')}>
            {(control) => (
              <PathPicker
                control={control}
                items={categories}
                value={value.categoryId}
                placeholder={t('ticket:categoryPlaceholder')}
                onChange={(categoryId) => change({ categoryId })}
                floating
                testId="template-category"
              />
            )}
          </Field>
          <Segmented
            label={t('ticket:priority')}
            value={value.priority}
            options={ticketPriorities.map((one) => ({
              value: one,
              label: t(`fields:priorities.${one}`),
            }))}
            onChange={(priority) => change({ priority })}
          />
          <Field label={t('ticket:subject')} error={unknown(value.subject)}>
            {(control) => (
              <TextField
                {...control}
                data-testid="template-subject"
                value={value.subject}
                onChange={(event) => change({ subject: event.target.value })}
              />
            )}
          </Field>
        </>
      ) : null}
      <LongText
        label={t('templates.body')}
        value={value.body}
        onChange={(body) => change({ body })}
        error={unknown(value.body)}
        testId="template-body"
      />
      <p className="small">
        {t('templates.fields', { names: templateFields.map((one) => `{${one}}`).join(' ') })}
      </p>
      <div className={styles.actions}>
        <Button variant="solid" type="submit" data-testid="template-save">
          {t('templates.save')}
        </Button>
        <span className="grow" />
        {template ? (
          <Button variant="ghost" data-testid="template-retire" onClick={() => void retire()}>
            {t(template.retired ? 'templates.restore' : 'templates.retire')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
