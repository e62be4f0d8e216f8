import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { plainNumber } from '#shared/domain/calls/dialable.ts';
import type { PhoneConfiguration } from '#shared/domain/configuration.ts';
import { longestSettingName } from '#shared/domain/settings/findings.ts';
import { languages } from '#shared/domain/text/text.ts';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { moved } from '../../register/formEdit.ts';
import styles from '../administration.module.css';
import type { FieldFlaw, FlawKind } from '../flaws.ts';
import { LineTools, moveSelectors } from '../LineTools.tsx';
import { SettingText } from '../SettingText.tsx';
import { useFocusAfter } from '../useFocusAfter.ts';

type Line = PhoneConfiguration['directory'][number];
const longestWritten = 32;

/** Numbers with what they are called, in an order. */
export function NumberLines({
  id,
  lines,
  most,
  flawAt,
  onChange,
}: {
  /** `callerIds` or `directory`: where they stand, and which words are used. */
  id: 'callerIds' | 'directory';
  lines: readonly Line[];
  most: number;
  flawAt: (path: string, kind?: FlawKind) => FieldFlaw | null;
  onChange: (lines: Line[]) => void;
}) {
  const { t } = useTranslation('administration');
  const { frame, focusAfter } = useFocusAfter<HTMLDivElement>();
  return (
    <div ref={frame} className={styles.group}>
      {lines.length > 0 ? (
        <table className={styles.lineTable}>
          <thead>
            <tr>
              <th scope="col" className={styles.numberColumn}>
                {t('lines.number')}
              </th>
              <th scope="col">{t('queues.en')}</th>
              <th scope="col">{t('queues.zh-CN')}</th>
              <th scope="col" className={styles.toolColumn}>
                <span className="for-readers">{t('lines.tools')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => (
              <NumberLine
                // biome-ignore lint/suspicious/noArrayIndexKey: the number is what is typed
                key={at}
                id={id}
                line={line}
                at={at}
                count={lines.length}
                flawOf={(field) => flawAt(`phone.${id}.${at}.${field}`, 'number')}
                onChange={(next) => onChange(lines.with(at, next))}
                onMove={(by) => {
                  focusAfter(...moveSelectors(at + by, by));
                  onChange(moved(lines, at, by));
                }}
                onRemove={() => {
                  const next = Math.min(at, lines.length - 2);
                  focusAfter(`[data-line="${next}"] [data-remove]`, `[data-add="${id}"]`);
                  onChange(lines.toSpliced(at, 1));
                }}
              />
            ))}
          </tbody>
        </table>
      ) : null}
      <Button
        icon={<IconPlus size={16} aria-hidden="true" />}
        data-add={id}
        data-testid={`add-${id}`}
        disabled={lines.length >= most}
        onClick={() => {
          focusAfter(`[data-line="${lines.length}"] input`);
          onChange([...lines, { number: '', name: { en: '', 'zh-CN': '' } }]);
        }}
      >
        {t(`lines.add.${id}`)}
      </Button>
    </div>
  );
}

function NumberLine({
  id,
  line,
  at,
  count,
  flawOf,
  onChange,
  onMove,
  onRemove,
}: {
  id: 'callerIds' | 'directory';
  line: Line;
  at: number;
  count: number;
  flawOf: (field: string) => FieldFlaw | null;
  onChange: (line: Line) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('administration');
  const format = useFormat();
  const name = format.text(line.name) || line.number || t('lines.fresh');
  return (
    <tr data-line={at} data-testid={`${id}-line`}>
      <td>
        <SettingText
          cell
          label={format.labelled(name, t('lines.number'))}
          flaw={flawOf('number')}
          data-testid={`${id}-number`}
          inputMode="tel"
          dir="ltr"
          maxLength={longestWritten}
          value={line.number}
          onChange={(event) =>
            onChange({ ...line, number: plainNumber(event.currentTarget.value) })
          }
        />
      </td>
      {languages.map((language) => (
        <td key={language}>
          <SettingText
            cell
            lang={language}
            label={format.labelled(name, t(`queues.${language}`))}
            flaw={flawOf(`name.${language}`)}
            data-testid={`${id}-${language}`}
            maxLength={longestSettingName}
            value={line.name[language]}
            onChange={(event) =>
              onChange({ ...line, name: { ...line.name, [language]: event.currentTarget.value } })
            }
          />
        </td>
      ))}
      <td>
        <span className={styles.lineTools}>
          <LineTools name={name} line={at} count={count} onMove={onMove} />
          <IconButton
            label={t('lines.remove', { name })}
            icon={<IconTrash size={16} aria-hidden="true" />}
            data-remove
            data-testid={`${id}-remove`}
            onClick={onRemove}
          />
        </span>
      </td>
    </tr>
  );
}
