export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Where the practice PBX writes. Fields hold no secret: no password, no digest, no SDP. */
export type PracticeLog = (
  level: LogLevel,
  message: string,
  fields?: Record<string, string | number | boolean | undefined>,
) => void;

export const silentLog: PracticeLog = () => undefined;

/** The message of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
