import { fail, ok, type Result } from '#shared/result.ts';
import { lockName } from '../records.ts';
import type { Tx } from '../store.ts';
import { idempotencyMs } from './idempotentRequests.ts';

/** A POST that is known again when it is sent once more. What it made is kept so that only who asked can read it. */
export interface Repeatable {
  /** Hashes of the session or key, and of the Idempotency-Key. */
  asker: string;
  keyHash: string;
  /** Of method, address and body. */
  fingerprint: string;
  seal(text: string): string;
  open(sealed: string): string;
}

/**
 * Makes something in this transaction, or finds what the same request has made before; null: every request stands for
 * itself. What is kept is JSON. Fails with `idempotency-mismatch` where the key came with another request, and with
 * what `make` fails with, which may be tried again.
 */
export async function makeOnce<T>(
  tx: Tx,
  repeatable: Repeatable | null,
  nowMs: number,
  make: () => Promise<Result<T>>,
): Promise<Result<T>> {
  if (repeatable === null) return make();
  const { asker, keyHash, fingerprint } = repeatable;
  // Whoever sends it a second time while the first is under way waits for what comes of that.
  await lockName(tx, 'made', `${asker} ${keyHash}`);
  await tx
    .deleteFrom('made_request')
    .where('created_at', '<=', nowMs - idempotencyMs)
    .execute();
  const held = await tx
    .selectFrom('made_request')
    .select(['fingerprint', 'sealed'])
    .where('asker', '=', asker)
    .where('key_hash', '=', keyHash)
    .executeTakeFirst();
  if (held && held.fingerprint !== fingerprint) {
    return fail('idempotency-mismatch', 'this Idempotency-Key came with another request before');
  }
  if (held) return ok(JSON.parse(repeatable.open(held.sealed)) as T);
  const made = await make();
  if (!made.ok) return made;
  const sealed = repeatable.seal(JSON.stringify(made.value));
  await tx
    .insertInto('made_request')
    .values({ asker, key_hash: keyHash, fingerprint, sealed, created_at: nowMs })
    .execute();
  return made;
}
