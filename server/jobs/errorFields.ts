/** What may be logged of an error: its message may quote what is in the database. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return {};
  return 'code' in error ? { name: error.name, code: error.code } : { name: error.name };
}
