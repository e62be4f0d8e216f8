import type { Configuration } from '#shared/domain/configuration.ts';
import { restored } from '#shared/domain/text/neutralise.ts';
import type { Language } from '#shared/domain/text/text.ts';
import en from '#shared/locales/en/importing.json' with { type: 'json' };
import zh from '#shared/locales/zh-CN/importing.json' with { type: 'json' };
import {
  importKindSchema,
  importSettingsSchema,
  type RowProblem,
  rowProblemSchema,
} from '#shared/sync/importing.ts';
import { byteOrderMark, csvLine } from '../exporting/csv.ts';
import { type ImportRow, readProblems } from '../store/imports.ts';
import type { Db } from '../store/store.ts';
import { configurationOf } from './readContext.ts';

const pageSize = 1_000;

/**
 * The rows that were not taken, or taken with a flag, as CSV: row in the file, what is wrong with it in the language,
 * the row as it stood. The columns bear the names of their fields, so that the mended file can be imported as it is.
 */
export async function* errorFile(
  db: Db,
  row: ImportRow,
  language: Language,
): AsyncGenerator<Buffer> {
  const name = await fieldNames(db, row.kind, language);
  const texts = language === 'en' ? en : zh;
  const settings = importSettingsSchema.safeParse(row.settings).data;
  const columns = settings?.columns ?? [];
  // A CSV file has its marks before signs already, and shall not get a second one.
  const bare = settings?.format === 'csv' ? restored : (cell: string) => cell;
  const titles = columns.map((field) => (field === null ? '' : name(field)));
  const header = [texts.errorFile.row, texts.errorFile.reasons, ...titles];
  yield Buffer.from(byteOrderMark + csvLine(header, ','));
  let after = 0;
  for (;;) {
    const page = await readProblems(db, row.id, after, pageSize);
    const lines = page.map(({ row: no, cells, problems }) => {
      const told = rowProblemSchema
        .array()
        .parse(problems)
        .map((problem) => reasonText(problem, language, name));
      return csvLine([String(no), told.join('; '), ...cells.map(bare)], ',');
    });
    if (lines.length > 0) yield Buffer.from(lines.join(''));
    if (page.length < pageSize) return;
    after = page.at(-1)?.row ?? after;
  }
}

type NameOf = (field: string) => string;

async function fieldNames(db: Db, kind: string, language: Language): Promise<NameOf> {
  const configuration = await configurationOf(db);
  return (field) => fieldName(importKindSchema.parse(kind), field, language, configuration);
}

function fieldName(
  kind: string,
  field: string,
  language: Language,
  { profileFields }: Pick<Configuration, 'profileFields'>,
): string {
  const [name, part] = field.split('.');
  const profile = name === 'profile' ? profileFields.find(({ id }) => id === part) : undefined;
  if (profile) return profile.label[language];
  const labels: Record<string, string> = (language === 'en' ? en : zh).field;
  return labels[`${kind}-${field}`] ?? labels[field] ?? field;
}

function reasonText({ reason, field, value }: RowProblem, language: Language, name: NameOf) {
  const text = (language === 'en' ? en : zh).reason[reason];
  return text
    .replace('{{field}}', () => (field === null ? '' : name(field)))
    .replace('{{value}}', () => value ?? '');
}
