import type { AuditEntry } from '#shared/domain/audit.ts';
import { newId } from '#shared/domain/ids.ts';
import { appendAudit } from '../store/audit.ts';
import type { Tx } from '../store/store.ts';

/** Who manages integrations: a user at a desk, or a program with a key (`userId` null, named by its key). */
export interface Manager {
  userId: string | null;
  name: string;
  device: string;
}

export type ManagedAction = Extract<AuditEntry['action'], `integration.${string}`>;

/** Write down what was done to a key or a webhook, in the transaction that does it: what cannot be written is not done. */
export async function noteManaged(
  tx: Tx,
  {
    by,
    action,
    detail,
    atMs,
  }: { by: Manager; action: ManagedAction; detail: string; atMs: number },
): Promise<void> {
  await appendAudit(tx, {
    id: newId(),
    at: atMs,
    action,
    userId: by.userId,
    userName: by.name,
    device: by.device,
    agentId: null,
    agentName: '',
    callRef: null,
    mode: null,
    reason: null,
    detail,
  });
}

/** As the audit names a key: `Web shop (sb_4f7k2m9q)`, and behind it the names of what was changed. */
export function keyInAudit(key: { name: string; prefix: string }, change: object = {}): string {
  return withChanged(`${key.name} (${key.prefix})`, change);
}

/**
 * As the audit names a webhook: by its description and the origin of its address. The rest of an address often holds
 * what nobody else shall know.
 */
export function webhookInAudit(
  { url, description }: { url: string; description: string },
  change: object = {},
): string {
  const { origin } = new URL(url);
  return withChanged(description === '' ? origin : `${description} (${origin})`, change);
}

function withChanged(what: string, change: object): string {
  const names = Object.keys(change);
  return names.length === 0 ? what : `${what}: ${names.join(', ')}`;
}
