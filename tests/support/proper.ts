import { expect } from 'vitest';
import { errorCodes } from '#shared/contract/errors.ts';
import { problemSchema } from '#shared/sync/messages.ts';

/** An answer as it came over the wire. */
export interface WireAnswer {
  status: number;
  type: string;
  text: string;
}

/** Words of the insides of the server: code, database, hashes. */
const insides =
  /node_modules|\.ts:\d|at \w+ \(|\bselect .* from |insert into|scrypt|_hash|syntax error|relation "|duplicate key/i;

/** What was wished for, or a problem of the client's making that says nothing of the server's insides. */
export function expectProper({ status, type, text }: WireAnswer, where: string): void {
  expect(status, `${where}: ${text}`).toBeLessThan(500);
  expect(text, where).not.toMatch(insides);
  if (status < 400) return;
  expect(type, where).toBe('application/problem+json');
  if (text === '') return;
  const body = problemSchema.parse(JSON.parse(text));
  expect(body.status, where).toBe(status);
  expect(errorCodes, where).toContain(body.code);
}
