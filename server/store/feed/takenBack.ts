import { sql } from 'kysely';
import type { WrittenRecord } from '../records.ts';
import type { Tx } from '../store.ts';

/**
 * Entity of rows that are no records: the feed tells every desk by them that the record of their id is withdrawn,
 * whatever version a desk has of it. `fields.entity` names the record's own. Whatever is done to the record later stands
 * behind it in the feed.
 */
export const takenBack = 'takenBack';

/** Above every version that a record comes to. */
const lastVersion = 2_147_483_647;

export function takingBack(entity: string, id: string): WrittenRecord {
  return { entity: takenBack, id, version: lastVersion, fields: { entity }, clocks: {} };
}

/** Remove what was told before `toldBefore`, ms UTC: no desk keeps a record of before so long. Answers how many. */
export async function forgetTakenBack(tx: Tx, toldBefore: number): Promise<number> {
  const { rows } = await sql`
    delete from record
     where entity = ${takenBack} and created_at < ${toldBefore}::bigint
    returning 1`.execute(tx);
  return rows.length;
}
