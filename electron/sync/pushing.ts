import type { Operation, PushResult } from '#shared/sync/messages.ts';
import { RefusedError } from './transport.ts';

/** A batch stays below this, so that no proxy on the way finds it too large, bytes of JSON. */
const maxBatchBytes = 768 * 1024;

/** As many of the first operations as fit into one batch, at least one. */
export function batchOf(operations: Operation[]): Operation[] {
  let bytes = 0;
  const fitting = operations.findIndex((operation, index) => {
    bytes += Buffer.byteLength(JSON.stringify(operation));
    return index > 0 && bytes > maxBatchBytes;
  });
  return fitting === -1 ? operations : operations.slice(0, fitting);
}

const poisoned = new Set([400, 403, 413, 422]);

/**
 * Pushes a batch. One that the server refuses as a whole is halved until the operation that it
 * cannot take stands alone: that one is refused here, and the others get through.
 */
export async function pushHalving(
  operations: Operation[],
  push: (operations: Operation[]) => Promise<void>,
  refuse: (result: PushResult) => void,
): Promise<void> {
  try {
    await push(operations);
  } catch (error) {
    if (!(error instanceof RefusedError) || !poisoned.has(error.problem.status)) throw error;
    const [only] = operations;
    if (only && operations.length === 1) {
      refuse(refusal(only, error));
      return;
    }
    const middle = Math.ceil(operations.length / 2);
    await pushHalving(operations.slice(0, middle), push, refuse);
    await pushHalving(operations.slice(middle), push, refuse);
  }
}

function refusal({ id }: Operation, { problem, message }: RefusedError): PushResult {
  return {
    operationId: id,
    outcome: 'rejected',
    version: null,
    reason: problem.status === 403 ? 'forbidden' : 'invalid-fields',
    message: message.slice(0, 500),
  };
}
