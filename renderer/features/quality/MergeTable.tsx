import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MergeFieldView } from '#shared/contract/methods/quality.ts';
import type { MergeChoice } from '#shared/domain/customers/customerMerge.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Table } from '../../ui/Table.tsx';
import styles from './quality.module.css';
import { useFieldWords } from './useFieldWords.ts';

const adding = new Set(['tags', 'pinnedNote']);

function choicesOf({ field }: MergeFieldView): MergeChoice[] {
  return adding.has(field) ? ['winner', 'both', 'loser'] : ['winner', 'loser'];
}

/** Field by field, both values and what the winner will have. Up and down go from line to line, left and right choose. */
export function MergeTable({
  fields,
  choices,
  onChoose,
}: {
  fields: readonly MergeFieldView[];
  choices: Readonly<Record<string, MergeChoice>>;
  onChoose: (field: string, choice: MergeChoice) => void;
}) {
  const { t } = useTranslation('quality');
  const format = useFormat();
  const { fieldName, valueText } = useFieldWords();
  const body = useRef<HTMLTableSectionElement>(null);

  // By keyboard from the first line on that has something to choose.
  useEffect(() => body.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), []);

  const textOf = (field: string, value: unknown): string | null =>
    valueText(field, JSON.stringify(value ?? null));

  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const chosen = [...(body.current?.querySelectorAll<HTMLInputElement>('input:checked') ?? [])];
    const at = chosen.findIndex(
      (input) => input.name === document.activeElement?.getAttribute('name'),
    );
    const next = chosen[at + step];
    // Arrows up and down would change the choice of the line instead.
    event.preventDefault();
    next?.focus();
  };

  const resultOf = (line: MergeFieldView): string => {
    const choice = choices[line.field] ?? line.choice;
    const [winner, loser] = [textOf(line.field, line.winner), textOf(line.field, line.loser)];
    if (choice === 'both') return format.list([winner, loser].filter((one) => one !== null));
    return (choice === 'winner' ? winner : loser) ?? t('merge.none');
  };

  return (
    <Table className={styles.merge}>
      <thead>
        <tr>
          <th>{t('merge.field')}</th>
          <th>{t('merge.keep')}</th>
          <th>{t('merge.goes')}</th>
          <th className={styles.choice} />
          <th>{t('merge.result')}</th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {fields.map((line) => {
          const name = fieldName(line.field);
          const [winner, loser] = [textOf(line.field, line.winner), textOf(line.field, line.loser)];
          const none = t('merge.none');
          return (
            <tr key={line.field} data-testid={`merge-line-${line.field}`} data-same={line.same}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td title={winner ?? none}>{winner ?? none}</td>
              <td title={loser ?? none}>{loser ?? none}</td>
              <td className={styles.choice}>
                {line.same ? (
                  <span className="small">{t('merge.same')}</span>
                ) : (
                  <Segmented
                    label={t('merge.choose', { field: name })}
                    value={choices[line.field] ?? line.choice}
                    options={choicesOf(line).map((value) => ({
                      value,
                      label: {
                        winner: t('merge.left'),
                        both: t('merge.both'),
                        loser: t('merge.right'),
                      }[value],
                    }))}
                    onChange={(choice) => onChoose(line.field, choice)}
                  />
                )}
              </td>
              <td className="medium" title={resultOf(line)}>
                {resultOf(line)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
