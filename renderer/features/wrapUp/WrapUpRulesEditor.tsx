import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WrapUpDemand } from '#shared/domain/calls/wrapUpRules.ts';
import type { PartOf } from '#shared/domain/settings/parts.ts';
import { wrapUpDemands } from '#shared/domain/settings/wrapUps.ts';
import { useQueueChoices } from '../../i18n/useQueueChoices.ts';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './wrapUp.module.css';

type Rules = PartOf<'wrapUps'>;

const everyOther = '*';
const noDemands: readonly WrapUpDemand[] = [];
const mostMinutes = 100_000;

function Row({
  name,
  demands,
  usual,
  onChange,
}: {
  name: string;
  /** Null: the queue has no rule of its own. */
  demands: readonly WrapUpDemand[] | null;
  /** What holds for a queue without one. */
  usual: readonly WrapUpDemand[];
  onChange: (demands: WrapUpDemand[] | null) => void;
}) {
  const { t } = useTranslation('wrapUp');
  const isOwn = demands !== null;
  const toggle = (demand: WrapUpDemand, on: boolean) =>
    onChange(wrapUpDemands.filter((one) => (one === demand ? on : demands?.includes(one))));
  return (
    <tr>
      <th scope="row">{name}</th>
      {wrapUpDemands.map((demand) => (
        <td key={demand}>
          <input
            type="checkbox"
            aria-label={`${name}: ${t(`rules.demands.${demand}`)}`}
            checked={(demands ?? usual).includes(demand)}
            disabled={!isOwn}
            onChange={(event) => toggle(demand, event.target.checked)}
          />
        </td>
      ))}
      <td>
        <input
          type="checkbox"
          aria-label={`${name}: ${t('rules.own')}`}
          checked={isOwn}
          onChange={(event) => onChange(event.target.checked ? [...usual] : null)}
        />
      </td>
    </tr>
  );
}

/** What wrap-ups must contain, by queue, and how long their authors may change them. */
export function WrapUpRulesEditor({
  value,
  onChange,
}: {
  value: Rules;
  onChange: (value: Rules) => void;
}) {
  const { t } = useTranslation('wrapUp');
  const queues = useQueueChoices(Object.keys(value.demands));
  const [minutes, setMinutes] = useState(String(value.editMinutes));
  const number = /^\d{1,6}$/.test(minutes.trim()) ? Number(minutes) : Number.NaN;
  // Changes that are given up, or an earlier version: the box follows.
  useEffect(() => setMinutes(String(value.editMinutes)), [value.editMinutes]);
  const isBad = !(number <= mostMinutes);
  const set = (queueId: string, demands: WrapUpDemand[] | null) => {
    const { [queueId]: _, ...others } = value.demands;
    onChange({ ...value, demands: demands === null ? others : { ...others, [queueId]: demands } });
  };
  const rows: [string, string][] = [
    ...queues.map(({ id, name }): [string, string] => [id, name]),
    [everyOther, t('rules.others')],
  ];
  return (
    <div className={styles.rules} data-testid="wrap-up-rules">
      <p className="muted">{t('rules.about')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('rules.queue')}</th>
            {wrapUpDemands.map((demand) => (
              <th key={demand} scope="col">
                {t(`rules.demands.${demand}`)}
              </th>
            ))}
            <th scope="col">{t('rules.own')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([id, name]) => (
            <Row
              key={id}
              name={name}
              demands={value.demands[id] ?? null}
              usual={id === everyOther ? noDemands : (value.demands[everyOther] ?? noDemands)}
              onChange={(demands) => set(id, demands)}
            />
          ))}
        </tbody>
      </table>
      <Field
        label={t('rules.edit')}
        hint={t('rules.editHint')}
        error={isBad ? t('rules.editBad') : undefined}
      >
        {(control) => (
          <TextField
            {...control}
            inputMode="numeric"
            data-testid="wrap-up-edit-minutes"
            frameClassName={styles.minutes}
            value={minutes}
            onChange={(event) => {
              setMinutes(event.target.value);
              const typed = event.target.value.trim();
              const next = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN;
              if (next <= mostMinutes) onChange({ ...value, editMinutes: next });
            }}
          />
        )}
      </Field>
    </div>
  );
}
