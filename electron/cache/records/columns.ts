export interface Column {
  /** Name of the field and of the column. */
  name: string;
  type: 'text' | 'integer' | 'boolean' | 'json';
  nullable: boolean;
  /** Closed list of words; another word comes from a newer server, and this version cannot show it. */
  words: ReadonlySet<string> | null;
  /** What a record of before the field was there has; absent where such a record does not fit. */
  absent?: unknown;
}

export interface Table {
  name: string;
  columns: readonly Column[];
}

function column(name: string, type: Column['type'], nullable: boolean): Column {
  return { name, type, nullable, words: null };
}

export const text = (name: string) => column(name, 'text', false);
export const maybeText = (name: string) => column(name, 'text', true);
export const integer = (name: string) => column(name, 'integer', false);
export const maybeInteger = (name: string) => column(name, 'integer', true);
export const boolean = (name: string) => column(name, 'boolean', false);
export const json = (name: string) => column(name, 'json', false);
export const maybeJson = (name: string) => column(name, 'json', true);
/** A column that came later, with what a record of before has there. */
export const since = (added: Column, absent: unknown): Column => ({ ...added, absent });
export const word = (name: string, words: readonly string[]): Column => ({
  ...text(name),
  words: new Set(words),
});
export const maybeWord = (name: string, words: readonly string[]): Column => ({
  ...word(name, words),
  nullable: true,
});
