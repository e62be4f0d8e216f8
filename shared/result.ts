import type { ErrorCode } from './contract/errors.ts';

/** What crosses a border instead of an exception. `details` is safe to show and to log: never a secret. */
export interface Failure {
  code: ErrorCode;
  message: string;
  details?: Record<string, string | number | boolean | null> | undefined;
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** `message` is for logs and developers; people read the locale text of `code`. */
export function fail(
  code: ErrorCode,
  message: string,
  details?: Failure['details'],
): { ok: false; error: Failure } {
  return { ok: false, error: details ? { code, message, details } : { code, message } };
}

/** Thrown inside, turned into a `Failure` by the handler at the border. */
export class DeskError extends Error {
  readonly code: ErrorCode;
  readonly details: Failure['details'];

  constructor(code: ErrorCode, message: string, details?: Failure['details']) {
    super(message);
    this.name = 'DeskError';
    this.code = code;
    this.details = details;
  }
}
