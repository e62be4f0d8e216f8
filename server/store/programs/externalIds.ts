import type { Db } from '../store.ts';

/** Names that other programs gave to records, each once per entity. They are no fields: desks do not need them. */
export interface ExternalId {
  entity: string;
  externalId: string;
  recordId: string;
}

/** Give a name that is free; answers with the record that has it, which may be another one. */
export async function claimExternalId(db: Db, claim: ExternalId): Promise<string> {
  const { entity, externalId, recordId } = claim;
  await db
    .insertInto('external_id')
    .values({ entity, external_id: externalId, record_id: recordId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('external_id')
    .select('record_id')
    .where('entity', '=', entity)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  return row?.record_id ?? recordId;
}

/** Take all other names from the record. */
export async function keepExternalId(
  db: Db,
  { entity, recordId, externalId }: Omit<ExternalId, 'externalId'> & { externalId: string | null },
): Promise<void> {
  const others = db
    .deleteFrom('external_id')
    .where('entity', '=', entity)
    .where('record_id', '=', recordId);
  await (externalId === null ? others : others.where('external_id', '!=', externalId)).execute();
}

export async function releaseExternalId(db: Db, { entity, externalId, recordId }: ExternalId) {
  await db
    .deleteFrom('external_id')
    .where('entity', '=', entity)
    .where('external_id', '=', externalId)
    .where('record_id', '=', recordId)
    .execute();
}
