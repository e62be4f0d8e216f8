import { Checkbox } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { longestTarget } from '#shared/domain/calls/dialable.ts';
import type { Queue } from '#shared/domain/configuration.ts';
import { longestSettingName } from '#shared/domain/settings/findings.ts';
import { leastAfterCallMs, mostAfterCallMs } from '#shared/domain/settings/queues.ts';
import { languages } from '#shared/domain/text/text.ts';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import styles from '../administration.module.css';
import type { FieldFlaw, FlawKind } from '../flaws.ts';
import { LineTools } from '../LineTools.tsx';
import { SettingNumber } from '../SettingNumber.tsx';
import { SettingText } from '../SettingText.tsx';

const secondMs = 1_000;

/** One queue in use: all of it, its place in the order, and the way out of use. */
export function QueueRow({
  queue,
  line,
  count,
  isSaved,
  people,
  flawOf,
  onChange,
  onMove,
  onRetire,
  onRemove,
}: {
  queue: Queue;
  line: number;
  count: number;
  /** Its id stays, and it can be retired only. */
  isSaved: boolean;
  people: number | null;
  flawOf: (field: string, kind?: FlawKind) => FieldFlaw | null;
  onChange: (queue: Queue) => void;
  onMove: (by: number) => void;
  onRetire: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('administration');
  const format = useFormat();
  const name = format.text(queue.name) || queue.id || t('queues.fresh');
  const labelled = (column: string) => format.labelled(name, t(`queues.${column}`));
  return (
    <tr data-line={line} data-testid="queue-row">
      <td>
        {isSaved ? (
          <span className={styles.keptId} title={t('queues.idStays')} data-testid="queue-id">
            {queue.id}
          </span>
        ) : (
          <SettingText
            cell
            label={labelled('id')}
            flaw={flawOf('id', 'queueId')}
            data-testid="queue-id"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={longestTarget}
            value={queue.id}
            onChange={(event) => onChange({ ...queue, id: event.currentTarget.value.trim() })}
          />
        )}
      </td>
      {languages.map((language) => (
        <td key={language}>
          <SettingText
            cell
            lang={language}
            label={labelled(language)}
            flaw={flawOf(`name.${language}`)}
            data-testid={`queue-${language}`}
            maxLength={longestSettingName}
            value={queue.name[language]}
            onChange={(event) =>
              onChange({
                ...queue,
                name: { ...queue.name, [language]: event.currentTarget.value },
              })
            }
          />
        </td>
      ))}
      <td>
        <SettingNumber
          cell
          label={labelled('afterCall')}
          testId="queue-after-call"
          unit={t('queues.seconds')}
          least={leastAfterCallMs / secondMs}
          most={mostAfterCallMs / secondMs}
          wrong={t('flaws.afterCall')}
          value={queue.afterCallMs / secondMs}
          onChange={(seconds) => onChange({ ...queue, afterCallMs: seconds * secondMs })}
        />
      </td>
      <td>
        <span className={styles.checkCell}>
          <Checkbox
            aria-label={labelled('autoAnswer')}
            data-testid="queue-auto-answer"
            checked={queue.autoAnswer}
            onChange={(event) => onChange({ ...queue, autoAnswer: event.currentTarget.checked })}
          />
        </span>
      </td>
      <td className={styles.count}>{people}</td>
      <td>
        <span className={styles.lineTools}>
          <LineTools name={name} line={line} count={count} onMove={onMove} />
          {isSaved ? (
            <Button
              size="sm"
              variant="ghost"
              data-retire
              data-testid="queue-retire"
              aria-label={t('queues.retireName', { name })}
              onClick={onRetire}
            >
              {t('tree.retire')}
            </Button>
          ) : (
            <IconButton
              label={t('lines.remove', { name })}
              icon={<IconTrash size={16} aria-hidden="true" />}
              data-testid="queue-remove"
              onClick={onRemove}
            />
          )}
        </span>
      </td>
    </tr>
  );
}
