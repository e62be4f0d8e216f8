import { sql } from 'kysely';
import { within } from '../../operations/within.ts';
import type { Db } from '../store.ts';

const patienceMs = 5_000;

/** Does the database answer, and soon? */
export async function answers(db: Db): Promise<boolean> {
  try {
    return await within(sql`select 1`.execute(db), patienceMs);
  } catch {
    return false;
  }
}
