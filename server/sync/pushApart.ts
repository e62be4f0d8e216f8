import type { PushResult } from '#shared/sync/messages.ts';
import type { ReceivedOperation } from '../store/operations.ts';
import { type PushContext, push } from './push.ts';
import type { Author } from './rules.ts';

/** SQLSTATE classes of values that the database cannot hold: data exceptions and limits of the program. */
const unholdable = /^(22|54)/;

/**
 * As `push`; but an operation that the database itself cannot hold, which no rule foresaw, is refused instead of failing
 * for ever and holding up whatever comes behind it. The push is halved until that operation stands alone: so it takes
 * several transactions, one behind the other. Such a refusal is not stored, and is the same the next time.
 */
export async function pushApart(
  context: PushContext,
  author: Author,
  device: string,
  operations: ReceivedOperation[],
): Promise<PushResult[]> {
  try {
    return await push(context, author, device, operations);
  } catch (error) {
    if (!isUnholdable(error)) throw error;
    const [only] = operations;
    if (only && operations.length === 1) return [refused(only)];
    const middle = Math.ceil(operations.length / 2);
    const before = await pushApart(context, author, device, operations.slice(0, middle));
    const behind = await pushApart(context, author, device, operations.slice(middle));
    return [...before, ...behind];
  }
}

export function isUnholdable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && unholdable.test(String(error.code));
}

function refused({ id }: ReceivedOperation): PushResult {
  const message = 'the database cannot hold these fields';
  return {
    operationId: id,
    outcome: 'rejected',
    version: null,
    reason: 'invalid-fields',
    message,
  };
}
