import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  type DetectedSetting,
  dateOrders,
  decimalMarks,
  delimiters,
  duplicatePolicies,
  type ImportKind,
  type ImportPreview,
  type ImportWishes,
  importEncodings,
  matchKeys,
  quotes,
} from '#shared/sync/importing.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Choice } from './Choice.tsx';
import styles from './importing.module.css';

export const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const quoteNames = { '"': 'double', "'": 'single', none: 'none' } as const;
const decimalNames = { '.': 'point', ',': 'decimalComma' } as const;
const encodingNames = {
  'utf-8': 'UTF-8',
  gb18030: 'GB18030',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
} as const;
const yesNo = ['yes', 'no'] as const;

/** How the file is read, and what becomes of records that are here already. */
export function FormatBox({
  kind,
  preview,
  onChange,
}: {
  kind: ImportKind;
  preview: ImportPreview;
  onChange: (wishes: ImportWishes) => void;
}) {
  const { t } = useTranslation('importing');
  const { settings, certainty, sheets } = preview;
  const note = (setting: DetectedSetting) => t(`certainty.${certainty[setting]}`);
  const isText = settings.format !== 'xlsx';
  const isTable = settings.format === 'csv';
  return (
    <div className={styles.boxes}>
      <section className={styles.box}>
        <h3>{t('format.title')}</h3>
        <div className={styles.grid}>
          {isText ? (
            <Choice
              label={t('format.encoding')}
              note={note('encoding')}
              testId="import-encoding"
              value={settings.encoding}
              options={importEncodings.map((value) => ({ value, label: encodingNames[value] }))}
              onChange={(encoding) => onChange({ encoding })}
            />
          ) : null}
          {isTable ? (
            <Choice
              label={t('format.delimiter')}
              note={note('delimiter')}
              testId="import-delimiter"
              value={settings.delimiter}
              options={delimiters.map((value) => ({
                value,
                label: t(`format.${delimiterNames[value]}`),
              }))}
              onChange={(delimiter) => onChange({ delimiter })}
            />
          ) : null}
          {isTable ? (
            <Choice
              label={t('format.quote')}
              note={note('quote')}
              testId="import-quote"
              value={settings.quote}
              options={quotes.map((value) => ({ value, label: t(`format.${quoteNames[value]}`) }))}
              onChange={(quote) => onChange({ quote })}
            />
          ) : null}
          {sheets.length > 1 ? (
            <Choice
              label={t('format.sheet')}
              note={note('sheet')}
              testId="import-sheet"
              value={settings.sheet ?? ''}
              options={sheets.map((value) => ({ value, label: value }))}
              onChange={(sheet) => onChange({ sheet })}
            />
          ) : null}
          {settings.format === 'vcard' ? null : (
            <Choice
              label={t('format.header')}
              note={note('header')}
              testId="import-header"
              value={settings.header ? 'yes' : 'no'}
              options={yesNo.map((value) => ({
                value,
                label: t(value === 'yes' ? 'format.headerYes' : 'format.headerNo'),
              }))}
              onChange={(value) => onChange({ header: value === 'yes' })}
            />
          )}
          <Choice
            label={t('format.dateOrder')}
            note={note('dateOrder')}
            testId="import-dates"
            value={settings.dateOrder}
            options={dateOrders.map((value) => ({ value, label: t(`format.${value}`) }))}
            onChange={(dateOrder) => onChange({ dateOrder })}
          />
          {kind === 'orders' ? (
            <Choice
              label={t('format.decimal')}
              note={note('decimal')}
              testId="import-decimal"
              value={settings.decimal}
              options={decimalMarks.map((value) => ({
                value,
                label: t(`format.${decimalNames[value]}`),
              }))}
              onChange={(decimal) => onChange({ decimal })}
            />
          ) : null}
        </div>
      </section>
      <section className={styles.box}>
        <h3>{t('rules.title')}</h3>
        <Segmented
          label={t('rules.label')}
          value={settings.duplicates}
          options={duplicatePolicies.map((value) => ({ value, label: t(`rules.${value}`) }))}
          onChange={(duplicates) => onChange({ duplicates })}
        />
        {kind === 'customers' ? (
          <fieldset className={styles.checks}>
            <legend>{t('rules.matchBy')}</legend>
            {matchKeys.map((key) => (
              <Checkbox
                key={key}
                size="xs"
                label={t(`rules.${key}`)}
                checked={settings.matchBy.includes(key)}
                onChange={(event) => {
                  const { checked } = event.currentTarget;
                  const chosen = new Set(settings.matchBy);
                  if (checked) chosen.add(key);
                  else chosen.delete(key);
                  onChange({ matchBy: matchKeys.filter((one) => chosen.has(one)) });
                }}
              />
            ))}
          </fieldset>
        ) : null}
      </section>
    </div>
  );
}
