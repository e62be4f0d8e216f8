import type { ErrorCode } from '#shared/contract/errors.ts';
import type { Result } from '#shared/result.ts';
import { ProblemError } from './problems.ts';

const statuses: Partial<Record<ErrorCode, number>> = {
  'invalid-input': 400,
  forbidden: 403,
  'not-found': 404,
  'file-too-large': 413,
  'idempotency-mismatch': 422,
};

/** The status of a failure inside: all that are not named above are a conflict with how things are now. */
export function statusOf(code: ErrorCode): number {
  return statuses[code] ?? 409;
}

/** The value; a failure is thrown as a problem. Its detail begins with what the failure is about, where it says so. */
export function unwrapped<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message, details } = result.error;
  const about = details?.field ?? details?.received;
  const detail = about === undefined ? message : `${about}: ${message}`;
  throw new ProblemError(statusOf(code), code, detail);
}
