import { isDeepStrictEqual } from 'node:util';
import { v5 } from 'uuid';
import { completeConfiguration, type SettingKey } from '#shared/domain/configuration.ts';
import { newId } from '#shared/domain/ids.ts';
import { partOf, settingProblem, settledValue } from '#shared/domain/settings/parts.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { mergeFields } from '#shared/sync/merge.ts';
import type { SettingChange, SettingState } from '#shared/sync/settings.ts';
import { appendAudit } from '../store/audit.ts';
import { newsChannel, notify } from '../store/notices.ts';
import { insertRecords, updateRecords } from '../store/records.ts';
import { findKept, keepVersion, lockSetting, readSetting } from '../store/settings.ts';
import type { Db, Tx } from '../store/store.ts';

/** Who sets it, as history and audit name them. */
export interface Setter {
  id: string;
  name: string;
  device: string;
}

/** Ids of settings follow from their keys: two nodes that set one for the first time mean the same record. */
const namespace = '0f0a3c0e-6a35-4f0f-9f52-5d8f6f1f6c11';

/** A part as it is now, with what is usual where nobody has set it. */
export async function readState(db: Db | Tx, key: SettingKey): Promise<SettingState> {
  const held = await readSetting(db, key);
  const stored = held?.fields.value;
  const value =
    key === 'configuration'
      ? (completeConfiguration(stored) ?? defaultConfiguration)
      : partOf(key, stored);
  return { key, value: { ...value }, version: held?.version ?? 0 };
}

/**
 * Set a part for everybody, and keep what it was. Who says the same once more, for the answer did not come, is answered
 * as before. Fails with `invalid-input` (naming the place), and with `conflict` where somebody else has set it meanwhile.
 */
export async function saveSetting(
  { db, clock, now }: { db: Db; clock: Clock; now: () => number },
  key: SettingKey,
  { value, version }: SettingChange,
  by: Setter,
): Promise<Result<SettingState>> {
  return db.transaction().execute(async (tx) => {
    await lockSetting(tx, key);
    const held = await readSetting(tx, key);
    const current = held?.version ?? 0;
    const done = version < current ? await doneBefore(tx, key, { value, version }, by) : null;
    if (done) return ok(done);
    const before = held?.fields.value;
    const settled = settledValue(key, value, before);
    const problem = settingProblem(key, settled, before);
    if (problem) return fail('invalid-input', `${problem.path}: ${problem.message}`);
    if (current !== version) return fail('conflict', 'somebody else has changed it');
    const at = now();
    const next = version + 1;
    const fields = { key, value: numbered(key, settled, next) };
    if (held) {
      await keepFirst(tx, key, held, at);
      const merged = mergeFields(held, { fields, clock: clock.tick(Object.values(held.clocks)) });
      await updateRecords(tx, [{ ...held, ...merged, version: next }], at);
    } else {
      const id = v5(`setting ${key}`, namespace);
      await insertRecords(tx, [{ entity: 'setting', id, fields }], clock.tick(), at);
    }
    const who = { at, byId: by.id, byName: by.name };
    await keepVersion(tx, { key, version: next, value: fields.value, ...who });
    await audit(tx, key, next, by, at);
    await notify(tx, newsChannel);
    return ok({ key, value: fields.value, version: next });
  });
}

/** What this very change has made already; null: nothing yet. */
async function doneBefore(
  tx: Tx,
  key: SettingKey,
  { value, version }: SettingChange,
  by: Setter,
): Promise<SettingState | null> {
  const next = version + 1;
  const made = await findKept(tx, key, next);
  if (made?.byId !== by.id) return null;
  const before = await findKept(tx, key, version);
  const wanted = numbered(key, settledValue(key, value, before?.value), next);
  return isDeepStrictEqual(made.value, wanted) ? { key, value: made.value, version: next } : null;
}

/** What a new installation started with has no setter; it is kept with the first change. */
async function keepFirst(
  tx: Tx,
  key: SettingKey,
  held: { version: number; fields: Record<string, unknown> },
  at: number,
): Promise<void> {
  const value = held.fields.value;
  if (typeof value !== 'object' || value === null) return;
  const nobody = { byId: '00000000-0000-0000-0000-000000000000', byName: '' };
  await keepVersion(tx, { key, version: held.version, value: { ...value }, at, ...nobody });
}

/** Records that were made with a form keep its version; the server counts it. */
function numbered(
  key: SettingKey,
  value: Record<string, unknown>,
  version: number,
): Record<string, unknown> {
  return key === 'customerForm' ? { ...value, version } : value;
}

async function audit(
  tx: Tx,
  key: SettingKey,
  version: number,
  by: Setter,
  at: number,
): Promise<void> {
  await appendAudit(tx, {
    id: newId(),
    at,
    action: 'configuration.changed',
    userId: by.id,
    userName: by.name,
    device: by.device,
    agentId: null,
    agentName: '',
    callRef: null,
    mode: null,
    reason: null,
    detail: `${key} ${version}`,
  });
}
