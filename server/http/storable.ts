import { unstorable } from '../sync/fields.ts';
import { ProblemError } from './problems.ts';

/** Throws 400 `invalid-input` that names the place where something is no text that the database can hold. */
export function assertStorable(value: unknown): void {
  const message = unstorable(value);
  if (message) throw new ProblemError(400, 'invalid-input', message);
}
