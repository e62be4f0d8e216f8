import type { AuditAction } from '#shared/domain/audit.ts';
import { newId } from '#shared/domain/ids.ts';
import { appendAudit } from '../store/audit.ts';
import type { Tx } from '../store/store.ts';

/** Who manages an account: a user at a desk. */
export interface UserManager {
  id: string;
  name: string;
  device: string;
}

const maxDetail = 500;

/** Write down what was done to an account, in the transaction that does it. */
export async function noteUser(
  tx: Tx,
  noted: {
    by: UserManager;
    user: { id: string; name: string };
    action: Extract<AuditAction, `team.user.${string}` | `team.password.${string}`>;
    atMs: number;
    detail?: string;
  },
): Promise<void> {
  const { by, user, action, atMs, detail } = noted;
  await appendAudit(tx, {
    id: newId(),
    at: atMs,
    action,
    userId: by.id,
    userName: by.name,
    device: by.device,
    agentId: user.id,
    agentName: user.name,
    callRef: null,
    mode: null,
    reason: null,
    ...(detail === undefined ? {} : { detail: detail.slice(0, maxDetail).toWellFormed() }),
  });
}
