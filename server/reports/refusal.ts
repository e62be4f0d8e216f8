import type { ErrorCode } from '#shared/contract/errors.ts';

/** What cannot be done with reports, and why; the routes answer with the code. */
export class ReportRefusal extends Error {
  override readonly name = 'ReportRefusal';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
