import { Checkbox } from '@mantine/core';
import { IconAlertCircle, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { newId } from '#shared/domain/ids.ts';
import { boardMeasures, type Threshold } from '#shared/domain/settings/supervision.ts';
import { useQueueChoices } from '../../../i18n/useQueueChoices.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './rules.module.css';
import { isInOrder, readLimit, unitOf, usualLimits, writeLimit } from './ruleText.ts';
import { TypedCell } from './TypedCell.tsx';

/** Stands in the list of queues for all of them. */
const all = '*';

/** From which values on the board shows amber and red, and what calls beside the colour. */
export function ThresholdTable({
  thresholds,
  onChange,
}: {
  thresholds: readonly Threshold[];
  onChange: (thresholds: Threshold[]) => void;
}) {
  const { t } = useTranslation('board');
  const add: Threshold = {
    ...{ id: newId(), measure: 'abandonRate', queueId: null, ...usualLimits.abandonRate },
    ...{ sound: false, notify: false },
  };
  return (
    <>
      <table className={styles.table} data-testid="thresholds">
        <thead>
          <tr>
            {['measure', 'queue', 'warn', 'alarm', 'sound', 'notify'].map((name) => (
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
          {thresholds.map((threshold, place) => (
            <ThresholdRow
              key={threshold.id}
              threshold={threshold}
              onChange={(next) => onChange(thresholds.with(place, next))}
              onRemove={() => onChange(thresholds.filter(({ id }) => id !== threshold.id))}
            />
          ))}
        </tbody>
      </table>
      <Button
        icon={<IconPlus size={16} aria-hidden="true" />}
        data-testid="add-threshold"
        onClick={() => onChange([...thresholds, add])}
      >
        {t('rules.addThreshold')}
      </Button>
    </>
  );
}

function ThresholdRow({
  threshold,
  onChange,
  onRemove,
}: {
  threshold: Threshold;
  onChange: (threshold: Threshold) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('board');
  const { measure, queueId } = threshold;
  const queues = useQueueChoices(queueId === null ? [] : [queueId]);
  const unit = unitOf(measure);
  const name = t(`rules.measures.${measure}`);
  const isWrong = !isInOrder(threshold);
  return (
    <tr>
      <td>
        <Select
          aria-label={t('rules.measure')}
          value={measure}
          options={boardMeasures.map((one) => ({ value: one, label: t(`rules.measures.${one}`) }))}
          onChoose={(next) => onChange({ ...threshold, measure: next, ...usualLimits[next] })}
        />
      </td>
      <td>
        <Select
          aria-label={`${name}, ${t('rules.queue')}`}
          value={queueId ?? all}
          options={[
            { value: all, label: t('rules.anyQueue') },
            ...queues.map(({ id, name: label }) => ({ value: id, label })),
          ]}
          onChoose={(id) => onChange({ ...threshold, queueId: id === all ? null : id })}
        />
      </td>
      {(['warn', 'alarm'] as const).map((level) => (
        <td key={level}>
          <TypedCell
            // Another measure is another kind of number: what was typed goes.
            key={measure}
            label={`${name}, ${t(`rules.${level}`)}`}
            wrong={t('rules.badNumber')}
            unit={unit === 'count' ? '' : t(`rules.units.${unit}`)}
            testId={`${level}-${measure}`}
            value={threshold[level]}
            write={(value) => writeLimit(value, unit)}
            read={(text) => readLimit(text, unit)}
            onChange={(value) => onChange({ ...threshold, [level]: value })}
          />
          {isWrong && level === 'alarm' ? (
            <p className={styles.wrong} role="alert">
              <IconAlertCircle size={14} aria-hidden="true" />
              {t('rules.wrongOrder')}
            </p>
          ) : null}
        </td>
      ))}
      {(['sound', 'notify'] as const).map((way) => (
        <td key={way} className={styles.check}>
          <Checkbox
            aria-label={`${name}, ${t(`rules.${way}`)}`}
            checked={threshold[way]}
            onChange={(event) => onChange({ ...threshold, [way]: event.currentTarget.checked })}
          />
        </td>
      ))}
      <td>
        <IconButton
          label={`${t('rules.remove')}: ${name}`}
          icon={<IconTrash size={16} aria-hidden="true" />}
          onClick={onRemove}
        />
      </td>
    </tr>
  );
}
