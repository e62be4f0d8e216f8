import { sql } from 'kysely';
import type { SettingKey } from '#shared/domain/configuration.ts';
import { maxSettingVersions, type SettingVersion } from '#shared/sync/settings.ts';
import { clocksOf } from './clockSets.ts';
import { type LockedRecord, lockName } from './records.ts';
import type { Db, Tx } from './store.ts';

/** The record of a part; null where nobody has set it. */
export async function readSetting(
  db: Db | Tx,
  key: SettingKey,
): Promise<Omit<LockedRecord, 'former'> | null> {
  const { rows } = await sql<Omit<LockedRecord, 'former'>>`
    select entity, id, version, fields, ${clocksOf('record')} as clocks from record
     where entity = 'setting' and fields ->> 'key' = ${key} limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Nobody else changes this part until the transaction ends. */
export async function lockSetting(tx: Tx, key: SettingKey): Promise<void> {
  await lockName(tx, 'setting', key);
}

export interface KeptVersion extends SettingVersion {
  key: SettingKey;
  value: Record<string, unknown>;
}

/** Keeps a value for good; one that is kept already stays as it is. */
export async function keepVersion(tx: Tx, kept: KeptVersion): Promise<void> {
  const { key, version, value, at, byId, byName } = kept;
  await sql`
    insert into setting_version (key, version, value, at, by_id, by_name)
    values (${key}, ${version}, ${JSON.stringify(value)}::jsonb, ${at}, ${byId}, ${byName})
    on conflict (key, version) do nothing`.execute(tx);
}

/** Newest first. */
export async function listVersions(db: Db, key: SettingKey): Promise<SettingVersion[]> {
  const { rows } = await sql<SettingVersion>`
    select version, at::float8 as at, by_id as "byId", by_name as "byName" from setting_version
     where key = ${key} order by version desc limit ${maxSettingVersions}`.execute(db);
  return rows;
}

/** A value as it was set, and by whom; null where there is no such version. */
export async function findKept(
  db: Db | Tx,
  key: SettingKey,
  version: number,
): Promise<Pick<KeptVersion, 'value' | 'byId'> | null> {
  const { rows } = await sql<Pick<KeptVersion, 'value' | 'byId'>>`
    select value, by_id as "byId" from setting_version
     where key = ${key} and version = ${version}`.execute(db);
  return rows[0] ?? null;
}
