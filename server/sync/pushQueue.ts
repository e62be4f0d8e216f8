import type { PushResult } from '#shared/sync/messages.ts';
import type { ReceivedOperation } from '../store/operations.ts';
import { type Push, type PushContext, pushTogether } from './push.ts';
import { isUnholdable, pushApart } from './pushApart.ts';
import type { Author } from './rules.ts';

export type PushQueue = (
  author: Author,
  device: string,
  operations: ReceivedOperation[],
) => Promise<PushResult[]>;

/** Transactions side by side: while one waits for the disk, the next is decided. */
const usualLanes = 2;
/** No more in one transaction, so that nobody waits long for others. */
const mostOperations = 400;

interface Waiting {
  push: Push;
  resolve(results: PushResult[]): void;
  reject(error: unknown): void;
}

/**
 * Pushes that come while others are written wait, and are written together in one transaction: a commit costs the same
 * for one as for many. Each is answered after that commit. Where a transaction fails, its pushes are tried one by one,
 * so that none suffers for another.
 */
export function createPushQueue(context: PushContext, lanes = usualLanes): PushQueue {
  const waiting: Waiting[] = [];
  let running = 0;

  function next(): Waiting[] {
    let operations = 0;
    const beyond = waiting.findIndex(({ push }, index) => {
      operations += push.operations.length;
      return index > 0 && operations > mostOperations;
    });
    return waiting.splice(0, beyond === -1 ? waiting.length : beyond);
  }

  function run(): void {
    if (running >= lanes || waiting.length === 0) return;
    running += 1;
    write(next()).finally(() => {
      running -= 1;
      run();
    });
  }

  async function write(group: Waiting[]): Promise<void> {
    try {
      const results = await pushTogether(
        context,
        group.map((one) => one.push),
      );
      group.forEach((one, index) => {
        one.resolve(results[index] ?? []);
      });
    } catch (error) {
      const [only] = group;
      if (only && group.length === 1 && !isUnholdable(error)) only.reject(error);
      else await Promise.all(group.map(writeAlone));
    }
  }

  async function writeAlone({ push: { author, device, operations }, ...one }: Waiting) {
    await pushApart(context, author, device, operations).then(one.resolve, one.reject);
  }

  return (author, device, operations) =>
    new Promise((resolve, reject) => {
      waiting.push({ push: { author, device, operations }, resolve, reject });
      run();
    });
}
