import {
  type ImportCounts,
  type ImportKind,
  type ImportPreview,
  rowFates,
} from '#shared/sync/importing.ts';
import { fieldWords, pageWords, words } from './dataWords.ts';

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const decimalNames = { '.': 'point', ',': 'decimalComma' } as const;

/** How the file is read, and what each of its columns fills. */
export function tellPreview(
  kind: ImportKind,
  { settings, certainty, columns, fields }: ImportPreview,
) {
  const { format, encoding, delimiter, dateOrder, decimal, duplicates } = settings;
  const sure = (setting: keyof typeof certainty) => pageWords(`certainty.${certainty[setting]}`);
  const parts = [
    pageWords(`format.${format}`),
    ...(format === 'xlsx' ? [] : [`${encoding} (${sure('encoding')})`]),
    ...(format === 'csv'
      ? [`${pageWords(`format.${delimiterNames[delimiter]}`)} (${sure('delimiter')})`]
      : []),
    `${words('readDates', { order: pageWords(`format.${dateOrder}`) })} (${sure('dateOrder')})`,
    `${words('readDecimal', { mark: pageWords(`format.${decimalNames[decimal]}`) })} (${sure('decimal')})`,
    words('readDuplicates', { policy: pageWords(`rules.${duplicates}`) }),
  ];
  console.log(words('readAs', { settings: parts.join('; ') }));
  for (const [index, field] of settings.columns.entries()) {
    const column =
      columns[index] || pageWords('columns.column').replace('{{number}}', `${index + 1}`);
    const fills = field === null ? pageWords('columns.ignore') : fieldWords(kind, field, fields);
    console.log(`  ${column} → ${fills}`);
  }
}

/** What became of the rows, or would, and why some of them are wrong. */
export function tellCounts(title: string, counts: ImportCounts | null): void {
  if (!counts) return;
  const fates = rowFates
    .map((fate) => `${pageWords(`fate.${fate}`)} ${counts[fate]}`)
    .join(words('between'));
  console.log(words('rowCounts', { title: words(title), rows: counts.rows, fates }));
  for (const [reason, count] of Object.entries(counts.reasons)) {
    console.log(`  ${count} × ${pageWords(`reasonName.${reason}`)}`);
  }
}

/** One line that is written over; only where a person looks at it. */
export function tellProgress(key: string, share: number, rows = 0): void {
  if (!process.stderr.isTTY) return;
  const line = words(key, { percent: Math.floor(share * 100), rows });
  process.stderr.write(`\r${line.padEnd(50)}${share >= 1 ? '\n' : ''}`);
}
