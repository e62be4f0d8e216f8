import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartOf } from '#shared/domain/settings/parts.ts';
import { ticketTypes } from '#shared/domain/tickets/ticket.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { cx } from '../../ui/cx.ts';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './visits.module.css';

type Rules = PartOf<'returnVisits'>;
type NumberName = 'afterHours' | 'attempts' | 'hoursBetween';

const limits: Record<NumberName, [least: number, most: number]> = {
  afterHours: [0, 1000],
  attempts: [1, 20],
  hoursBetween: [0, 1000],
};

function NumberField({
  name,
  value,
  onChange,
}: {
  name: NumberName;
  value: number;
  onChange: (value: number) => void;
}) {
  const { t } = useTranslation('visits');
  const [typed, setTyped] = useState(String(value));
  const [least, most] = limits[name];
  const read = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN);
  const isGood = (number: number) => number >= least && number <= most;
  return (
    <Field
      label={t(`rules.${name}`)}
      error={isGood(read(typed)) ? null : t('rules.badNumber', { least, most })}
    >
      {(control) => (
        <TextField
          {...control}
          inputMode="numeric"
          className={styles.short}
          data-testid={`rule-${name}`}
          value={typed}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            if (isGood(read(text))) onChange(read(text));
          }}
        />
      )}
    </Field>
  );
}

/** Which tickets get a return visit, when, by whom, and what follows where nobody is reached. */
export function ReturnVisitRulesEditor({
  value,
  onChange,
}: {
  value: Rules;
  onChange: (value: Rules) => void;
}) {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { data } = useQuery('feedback.questionnaires', {}, ['questionnaire']);
  const change = (part: Partial<Rules>) => onChange({ ...value, ...part });
  const questionnaires = (data ?? []).map(({ id, name }) => ({
    value: id,
    label: format.text(name),
  }));
  return (
    <div className={cx(styles.fields, styles.rules)}>
      <fieldset>
        <legend className="medium">{t('rules.types')}</legend>
        <div className={styles.checks}>
          {ticketTypes.map((type) => (
            <Checkbox
              key={type}
              label={t(`fields:ticketTypes.${type}`)}
              checked={value.types.includes(type)}
              onChange={(event) =>
                change({
                  types: ticketTypes.filter((one) =>
                    one === type ? event.currentTarget.checked : value.types.includes(one),
                  ),
                })
              }
            />
          ))}
        </div>
      </fieldset>
      <NumberField
        name="afterHours"
        value={value.afterHours}
        onChange={(afterHours) => change({ afterHours })}
      />
      <div>
        <p className="medium">{t('rules.by')}</p>
        <Segmented
          label={t('rules.by')}
          value={value.by}
          options={[
            { value: 'firstContact', label: t('rules.firstContact') },
            { value: 'owner', label: t('rules.owner') },
          ]}
          onChange={(by) => change({ by })}
        />
      </div>
      <Field label={t('rules.questionnaire')} hint={t('rules.questionnaireHint')}>
        {(control) => (
          <Select
            {...control}
            value={value.questionnaireId ?? ''}
            options={[{ value: '', label: t('rules.anyQuestionnaire') }, ...questionnaires]}
            onChoose={(id) => change({ questionnaireId: id || null })}
          />
        )}
      </Field>
      <NumberField
        name="attempts"
        value={value.attempts}
        onChange={(attempts) => change({ attempts })}
      />
      <NumberField
        name="hoursBetween"
        value={value.hoursBetween}
        onChange={(hoursBetween) => change({ hoursBetween })}
      />
      <div>
        <p className="medium">{t('rules.unreachable')}</p>
        <Segmented
          label={t('rules.unreachable')}
          value={value.unreachable}
          options={[
            { value: 'close', label: t('rules.close') },
            { value: 'supervisor', label: t('rules.supervisor') },
          ]}
          onChange={(unreachable) => change({ unreachable })}
        />
      </div>
    </div>
  );
}
