import { parseWhen, typedForm } from '../fields/when.ts';
import type { KnownField } from './outboxFields.ts';

/** What stands in the boxes, by field name. */
export type Typed = Record<string, string>;

export function typedOf(fields: readonly KnownField[]): Typed {
  return Object.fromEntries(fields.map((field) => [field.name, writtenAs(field)]));
}

function writtenAs({ kind, value }: KnownField): string {
  if (value === null || value === undefined) return '';
  return kind.type === 'time' && typeof value === 'number' ? typedForm(value) : String(value);
}

/** Reads a stored draft; null where there is none or it cannot be read. */
export function readTyped(stored: unknown): Typed | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const texts = Object.entries(stored).filter(([, text]) => typeof text === 'string');
  return Object.fromEntries(texts);
}

export type Edits =
  | { ok: true; fields: Record<string, unknown> }
  /** Names of the fields that are missing or cannot be read, in the order of the form. */
  | { ok: false; open: string[] };

/** What was changed in the boxes. `now` in ms UTC. */
export function editsOf(fields: readonly KnownField[], typed: Typed, now: number): Edits {
  const edits: Record<string, unknown> = {};
  const open: string[] = [];
  for (const field of fields) {
    const { name, kind } = field;
    const text = typed[name] ?? '';
    if (text === writtenAs(field)) {
      if (text === '' && isNeeded(field)) open.push(name);
      continue;
    }
    if (text.trim() === '') {
      if (isNeeded(field)) open.push(name);
      else edits[name] = kind.optional ? null : '';
      continue;
    }
    if (kind.type !== 'time') {
      edits[name] = text;
      continue;
    }
    const read = parseWhen(text, now);
    if (read.ok) edits[name] = read.at;
    else open.push(name);
  }
  return open.length > 0 ? { ok: false, open } : { ok: true, fields: edits };
}

/** A long text may be empty, an optional field too. */
function isNeeded({ kind }: KnownField): boolean {
  return kind.optional !== true && kind.type !== 'text';
}
