import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ScriptFields } from '#shared/contract/methods/knowledge.ts';
import type { ScriptProblem } from '#shared/domain/knowledge/scriptFlow.ts';
import { useQueueChoices } from '../../i18n/useQueueChoices.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextField } from '../../ui/TextField.tsx';
import fields from '../fields/fields.module.css';
import styles from './scripts.module.css';

const directions = ['in', 'out', 'both'] as const;

/** Name, queues, direction and first step of a script. */
export function ScriptHead({
  script,
  problems,
  onChange,
}: {
  script: ScriptFields;
  problems: readonly ScriptProblem[];
  onChange: (script: ScriptFields) => void;
}) {
  const { t } = useTranslation('scripts');

  const noStart = problems.some(({ kind }) => kind === 'noStart');
  const { name, queueIds } = script;
  const queues = useQueueChoices(queueIds);
  const toggle = (id: string) =>
    onChange({
      ...script,
      queueIds: queueIds.includes(id) ? queueIds.filter((one) => one !== id) : [...queueIds, id],
    });
  return (
    <>
      <div className={styles.pair}>
        <Field label={t('editor.nameEn')}>
          {(control) => (
            <TextField
              {...control}
              lang="en"
              data-testid="script-name"
              value={name.en}
              onChange={(event) =>
                onChange({ ...script, name: { ...name, en: event.target.value } })
              }
            />
          )}
        </Field>
        <Field label={t('editor.nameZh')}>
          {(control) => (
            <TextField
              {...control}
              lang="zh-CN"
              value={name['zh-CN']}
              onChange={(event) =>
                onChange({ ...script, name: { ...name, 'zh-CN': event.target.value } })
              }
            />
          )}
        </Field>
      </div>
      <div className={styles.pair}>
        <div>
          <div className={fields.plainLabel}>{t('editor.direction')}</div>
          <Segmented
            label={t('editor.direction')}
            value={script.direction}
            options={directions.map((one) => ({ value: one, label: t(`directions.${one}`) }))}
            onChange={(direction) => onChange({ ...script, direction })}
          />
        </div>
        <Field label={t('editor.start')} error={noStart ? t('problems.noStart') : undefined}>
          {(control) => (
            <select
              {...control}
              className={fields.select}
              value={noStart ? '' : script.startId}
              onChange={(event) => onChange({ ...script, startId: event.target.value })}
            >
              {noStart ? <option value="">{t('editor.unknownStep')}</option> : null}
              {script.nodes.map((node, index) => (
                <option key={node.id} value={node.id}>
                  {t('editor.step', { number: index + 1 })}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <fieldset>
        <legend className={fields.plainLabel}>{t('editor.queues')}</legend>
        <div className={fields.chips}>
          {queues.map((queue) => (
            <Chip
              key={queue.id}
              pressed={queueIds.includes(queue.id)}
              onClick={() => toggle(queue.id)}
            >
              {queue.name}
            </Chip>
          ))}
        </div>
      </fieldset>
      <div className={styles.checks}>
        <label>
          <input
            type="checkbox"
            data-testid="script-active"
            checked={script.active}
            onChange={(event) => onChange({ ...script, active: event.target.checked })}
          />
          {t('editor.active')}
        </label>
        {script.active && problems.length > 0 ? (
          <span className={styles.problem}>
            <IconAlertCircle size={14} aria-hidden="true" />
            {t('editor.problems', { count: problems.length })}
          </span>
        ) : null}
      </div>
    </>
  );
}
