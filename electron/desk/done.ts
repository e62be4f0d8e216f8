/** The answer of a method that only does something. */
export function done(_: unknown): Record<string, never> {
  return {};
}
