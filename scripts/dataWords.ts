import { readFileSync } from 'node:fs';
import type { FileFailure, ImportKind, ImportPreview } from '#shared/sync/importing.ts';
import { language, words } from './words.mjs';

type Texts = { [key: string]: string | Texts };

const textsOf = (namespace: string): Texts =>
  JSON.parse(
    readFileSync(
      new URL(`../shared/locales/${language}/${namespace}.json`, import.meta.url),
      'utf8',
    ),
  );
const importing = textsOf('importing');
const errors = textsOf('errors');

/** A text that the window's page has too, by its path such as `fate.new`; null where there is none. */
function textAt(path: string): string | null {
  let at: string | Texts | undefined = importing;
  for (const key of path.split('.')) at = typeof at === 'object' ? at[key] : undefined;
  return typeof at === 'string' ? at : null;
}

export function pageWords(path: string): string {
  return textAt(path) ?? path;
}

/** Name of a field in the language of the terminal, with the word that `--mapping` takes. */
export function fieldWords(kind: ImportKind, field: string, known: ImportPreview['fields']) {
  const own = known.find((one) => one.field === field)?.label?.[language];
  const name = own ?? textAt(`field.${kind}-${field}`) ?? textAt(`field.${field}`);
  return name === null ? field : `${name} [${field}]`;
}

export function fileFailureWords({ failure, row }: { failure: FileFailure; row: number | null }) {
  return pageWords(`failure.${failure}`).replaceAll('{{row}}', String(row ?? ''));
}

/** What the server said, for the person at the terminal; its own words where the code has no text. */
export function refusalWords(code: string, detail: string | undefined): string {
  if (code === 'server-busy' || code === 'too-many-requests') return words('busyServer');
  const known = errors[code];
  const why = typeof known === 'string' ? known : [code, detail].filter(Boolean).join(': ');
  return words('refused', { why });
}

export { language, words };
