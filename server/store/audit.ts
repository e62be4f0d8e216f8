import { type RawBuilder, sql } from 'kysely';
import type { AuditEntry, AuditSubject } from '#shared/domain/audit.ts';
import type { Db, Tx } from './store.ts';

/** Writes an entry down; one whose id is there already is the same one, told twice. */
export async function appendAudit(db: Db | Tx, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      id: entry.id,
      at: entry.at,
      action: entry.action,
      user_id: entry.userId,
      user_name: entry.userName,
      device: entry.device,
      agent_id: entry.agentId,
      agent_name: entry.agentName,
      call_ref: entry.callRef,
      mode: entry.mode,
      reason: entry.reason,
      detail: entry.detail ?? null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

const subjects: Record<AuditSubject, RawBuilder<boolean>> = {
  calls: sql`action not like 'data.%' and action not like 'integration.%' and action not like 'configuration.%' and action not like 'team.%'`,
  data: sql`action like 'data.%'`,
  integrations: sql`action like 'integration.%'`,
  configuration: sql`action like 'configuration.%'`,
  team: sql`action like 'team.%'`,
};

/**
 * Newest first; `before` (ms UTC, exclusive) pages on. Entries of the same ms as the last one come with it, also beyond
 * `limit`: the next page begins behind that ms.
 */
export async function readAudit(
  db: Db,
  {
    before,
    limit,
    about = 'calls',
  }: { before: number | null; limit: number; about?: AuditSubject },
): Promise<AuditEntry[]> {
  const all = db.selectFrom('audit').selectAll().where(subjects[about]);
  const rows = await (before === null ? all : all.where('at', '<', before))
    .orderBy('at', 'desc')
    .fetch(limit, 'with ties')
    .execute();
  // By id only here: in the query it would part entries of the same ms.
  rows.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    action: row.action as AuditEntry['action'],
    userId: row.user_id,
    userName: row.user_name,
    device: row.device,
    agentId: row.agent_id,
    agentName: row.agent_name,
    callRef: row.call_ref,
    mode: row.mode as AuditEntry['mode'],
    reason: row.reason,
    ...(row.detail === null ? {} : { detail: row.detail }),
  }));
}
