import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  levelDenominators,
  type QueueTargets,
  usualTargets,
} from '#shared/domain/metrics/queueFigures.ts';
import type { SupervisionRules } from '#shared/domain/settings/supervision.ts';
import { useQueueChoices } from '../../../i18n/useQueueChoices.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './rules.module.css';
import { readLimit, writeLimit } from './ruleText.ts';
import { TypedCell } from './TypedCell.tsx';

type Targets = SupervisionRules['targets'];
/** Holds for every queue without a line of its own. */
const others = '*';

/** What each queue is measured by: one line for all, more for those that have their own. */
export function TargetTable({
  targets,
  onChange,
}: {
  targets: Targets;
  onChange: (targets: Targets) => void;
}) {
  const { t } = useTranslation('board');
  const own = Object.keys(targets).filter((id) => id !== others);
  const queues = useQueueChoices(own);
  const nameOf = (id: string) => queues.find((queue) => queue.id === id)?.name ?? id;
  const free = queues.filter(({ id }) => !own.includes(id));
  const usual = targets[others] ?? usualTargets;
  const put = (id: string, change: QueueTargets) => onChange({ ...targets, [id]: change });
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            {['queue', 'answerWithin', 'level', 'shortAbandon', 'denominator'].map((name) => (
              <th key={name} scope="col">
                {t(`rules.${name}`)}
              </th>
            ))}
            <th scope="col">
              <span className="for-readers">{t('rules.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {[others, ...own].map((id) => (
            <TargetRow
              key={id}
              name={id === others ? t('rules.everyQueue') : nameOf(id)}
              testId={id}
              value={targets[id] ?? usual}
              onChange={(change) => put(id, change)}
              onRemove={
                id === others
                  ? null
                  : () =>
                      onChange(
                        Object.fromEntries(Object.entries(targets).filter(([one]) => one !== id)),
                      )
              }
            />
          ))}
        </tbody>
      </table>
      {free.length > 0 ? (
        <span className={styles.add}>
          <IconPlus size={16} aria-hidden="true" />
          <Select
            aria-label={t('rules.addTarget')}
            data-testid="add-target"
            value=""
            options={[
              { value: '', label: t('rules.addTarget') },
              ...free.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChoose={(id) => {
              if (id !== '') put(id, usual);
            }}
          />
        </span>
      ) : null}
    </>
  );
}

function TargetRow({
  name,
  testId,
  value,
  onChange,
  onRemove,
}: {
  name: string;
  testId: string;
  value: QueueTargets;
  onChange: (value: QueueTargets) => void;
  onRemove: (() => void) | null;
}) {
  const { t } = useTranslation('board');
  const wrong = t('rules.badNumber');
  const seconds = {
    write: (ms: number) => writeLimit(ms, 'time'),
    read: (text: string) => {
      const ms = readLimit(text, 'time');
      return ms !== undefined && ms <= 3_600_000 ? ms : undefined;
    },
  };
  return (
    <tr>
      <th scope="row" className="cut" title={name}>
        {name}
      </th>
      <td>
        <TypedCell
          {...seconds}
          label={`${name}, ${t('rules.answerWithin')}`}
          wrong={wrong}
          testId={`within-${testId}`}
          value={value.answerWithinMs}
          onChange={(answerWithinMs) => onChange({ ...value, answerWithinMs })}
        />
      </td>
      <td>
        <TypedCell
          label={`${name}, ${t('rules.level')}`}
          wrong={wrong}
          testId={`level-${testId}`}
          value={value.level}
          write={(level) => writeLimit(level, 'share')}
          read={(text) => readLimit(text, 'share')}
          onChange={(level) => onChange({ ...value, level })}
        />
      </td>
      <td>
        <TypedCell
          {...seconds}
          label={`${name}, ${t('rules.shortAbandon')}`}
          wrong={wrong}
          value={value.shortAbandonMs}
          onChange={(shortAbandonMs) => onChange({ ...value, shortAbandonMs })}
        />
      </td>
      <td>
        <Select
          aria-label={`${name}, ${t('rules.denominator')}`}
          title={t(`denominators.${value.denominator}.hint`)}
          value={value.denominator}
          options={levelDenominators.map((one) => ({
            value: one,
            label: t(`denominators.${one}.word`),
          }))}
          onChoose={(denominator) => onChange({ ...value, denominator })}
        />
      </td>
      <td>
        {onRemove ? (
          <IconButton
            label={`${t('rules.remove')}: ${name}`}
            icon={<IconTrash size={16} aria-hidden="true" />}
            onClick={onRemove}
          />
        ) : null}
      </td>
    </tr>
  );
}
