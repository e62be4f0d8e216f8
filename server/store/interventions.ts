import { sql } from 'kysely';
import type { Effect } from '#shared/sync/intervention.ts';
import type { AskedOfDesk } from './interventionTables.ts';
import type { Db, Tx } from './store.ts';

const keptMs = 86_400_000;

export interface Order {
  id: string;
  at: number;
  userId: string;
  asked: AskedOfDesk;
}

export async function insertOrder(tx: Tx, { id, at, userId, asked }: Order): Promise<void> {
  await tx
    .deleteFrom('intervention')
    .where('at', '<', at - keptMs)
    .execute();
  await sql`
    insert into intervention (id, at, user_id, asked)
    values (${id}, ${at}, ${userId}, ${JSON.stringify(asked)}::jsonb)`.execute(tx);
}

/**
 * A desk of this user takes the order; null where there is none, or it was given up. `first`: no other desk of the
 * user has taken it before.
 */
export async function takeOrder(
  tx: Tx,
  { id, userId, effect }: { id: string; userId: string; effect: Effect },
): Promise<{ order: Order; first: boolean } | null> {
  const row = await tx
    .selectFrom('intervention')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  if (!row || row.effect === 'lapsed') return null;
  if (row.effect === null) {
    await tx.updateTable('intervention').set({ effect }).where('id', '=', id).execute();
  }
  const { at, asked } = row;
  return { order: { id, at, userId, asked }, first: row.effect === null };
}

/** Give an order up. What a desk has said before that counts: null where none has. */
export async function lapseOrder(db: Db, id: string): Promise<Effect | null> {
  const lapsed = await db
    .updateTable('intervention')
    .set({ effect: 'lapsed' })
    .where('id', '=', id)
    .where('effect', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (lapsed) return null;
  const row = await db
    .selectFrom('intervention')
    .select('effect')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.effect === 'now' || row?.effect === 'afterWork' ? row.effect : null;
}

export interface QueueMember {
  userId: string;
  queueId: string;
  isMember: boolean;
  penalty: number;
}

export interface MembershipChange {
  members: readonly QueueMember[];
  at: number;
  byId: string;
}

export async function keepMembers(tx: Tx, { members, at, byId }: MembershipChange): Promise<void> {
  if (members.length === 0) return;
  await tx
    .insertInto('queue_member')
    .values(
      members.map(({ userId, queueId, isMember, penalty }) => ({
        ...{ user_id: userId, queue_id: queueId, is_member: isMember, penalty },
        ...{ changed_at: at, changed_by: byId },
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'queue_id']).doUpdateSet((row) => ({
        is_member: row.ref('excluded.is_member'),
        penalty: row.ref('excluded.penalty'),
        changed_at: row.ref('excluded.changed_at'),
        changed_by: row.ref('excluded.changed_by'),
      })),
    )
    .execute();
}

/** What supervisors have set, of one user or of all. */
export async function readMembers(db: Db, userId: string | null = null): Promise<QueueMember[]> {
  const all = db.selectFrom('queue_member').selectAll();
  const rows = await (userId === null ? all : all.where('user_id', '=', userId))
    .orderBy('user_id')
    .orderBy('queue_id')
    .execute();
  return rows.map((row) => ({
    userId: row.user_id,
    queueId: row.queue_id,
    isMember: row.is_member,
    penalty: row.penalty,
  }));
}
