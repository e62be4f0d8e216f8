import { isDeepStrictEqual } from 'node:util';
import { v5 } from 'uuid';
import type { z } from 'zod';
import { entitiesWrittenBy } from '#shared/domain/apiScopes.ts';
import { newId } from '#shared/domain/ids.ts';
import { type EntityName, entities } from '#shared/sync/entities.ts';
import type { ApiKey } from '#shared/sync/integrations.ts';
import { narrowed, stampsHeld } from '#shared/sync/merge.ts';
import type { PushResult } from '#shared/sync/messages.ts';
import { deviceOf } from '../../integrations/apiKeys.ts';
import type { ReceivedOperation } from '../../store/operations.ts';
import {
  claimExternalId,
  keepExternalId,
  releaseExternalId,
} from '../../store/programs/externalIds.ts';
import { existing, readResource, type StoredResource } from '../../store/programs/resources.ts';
import { pushApart } from '../../sync/pushApart.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { isMerging, mergePatch } from './mergePatch.ts';
import type { Creation, Fields, Resource, WriteContext } from './resource.ts';
import { withEmptyMembers } from './schemas.ts';

/** Ids under which a request is carried out, the same ones at every try. */
export interface RequestIds {
  operationId: string;
  recordId: string;
}

export type ApiWriting = Pick<ServerContext, 'store' | 'clock' | 'options'>;
type Context = ApiWriting;

/** How often a merge is done anew because somebody else wrote between its reading and its writing. */
const maxTries = 5;

/**
 * Make a record by the way that desks' operations go (sync/push.ts). Throws 400 for references to
 * nothing, 409 `already-exists` where another record has the external id.
 */
export async function createRecord(
  context: Context,
  key: ApiKey,
  { resource, creation, body }: { resource: Resource; creation: Creation; body: Fields },
  ids: RequestIds,
): Promise<StoredResource> {
  const { externalId, ...given } = withoutAbsent(body);
  const by: WriteContext = { db: context.store.db, key, nowMs: context.options.now() };
  await assertReferences(by, resource, given);
  const completed = creation.complete(given, by);
  const derived = await resource.derive?.(completed, completed, by);
  const fields = { ...completed, ...derived };
  const { entity } = resource;
  const name = typeof externalId === 'string' ? externalId : null;
  const id = name === null ? ids.recordId : await idNamed(by, entity, name, ids.recordId);
  const record = { entity, id, fields };
  const result = await apply(context, by, ids.operationId, { ...record, onlyIfVersion: 0 });
  if (result.outcome === 'rejected') {
    if (name !== null) await releaseUnlessThere(by, { entity, externalId: name, recordId: id });
    throw refused(result);
  }
  for (const [index, companion] of (creation.companions?.(id, fields, by) ?? []).entries()) {
    const companionId = v5(`record ${index}`, ids.operationId);
    const operationId = v5(`operation ${index}`, ids.operationId);
    const made = { ...companion, id: companionId, onlyIfVersion: 0 };
    const followed = await apply(context, by, operationId, made);
    if (followed.outcome === 'rejected') throw refused(followed);
  }
  return there(by, entity, id);
}

/** Change a record as a merge patch says. Throws 404, 400, and 412 `conflict` where it is not of `onlyIfVersion`. */
export async function changeRecord(
  context: Context,
  key: ApiKey,
  { resource, id, patch }: { resource: Resource; id: string; patch: Fields },
  onlyIfVersion: number | null,
): Promise<StoredResource> {
  const { externalId, ...asked } = withoutAbsent(patch);
  const by: WriteContext = { db: context.store.db, key, nowMs: context.options.now() };
  const { entity } = resource;
  await assertReferences(by, resource, asked);
  if (typeof externalId !== 'string') {
    await changeFields(context, by, { resource, id, asked }, onlyIfVersion);
    if (externalId === null) await keepExternalId(by.db, { entity, recordId: id, externalId });
    return there(by, entity, id);
  }
  const claim = { entity, externalId, recordId: id };
  const { externalId: earlier } = await there(by, entity, id);
  const holder = await claimExternalId(by.db, claim);
  if (holder !== id) throw nameTaken(holder);
  try {
    await changeFields(context, by, { resource, id, asked }, onlyIfVersion);
  } catch (error) {
    if (earlier !== externalId) await releaseExternalId(by.db, claim);
    throw error;
  }
  await keepExternalId(by.db, claim);
  return there(by, entity, id);
}

async function changeFields(
  context: Context,
  by: WriteContext,
  { resource, id, asked }: { resource: Resource; id: string; asked: Fields },
  onlyIfVersion: number | null,
): Promise<void> {
  const { entity } = resource;
  for (let attempt = 1; ; attempt += 1) {
    const held = await there(by, entity, id);
    if (onlyIfVersion !== null && onlyIfVersion !== held.version) throw otherVersion();
    const fields = await changedFields(by, resource, held, asked);
    if (Object.keys(fields).length === 0) return;
    const depends = onlyIfVersion !== null || isMerging(asked);
    const version = depends ? { onlyIfVersion: held.version } : {};
    const change = { entity, id, fields, held, ...version };
    const result = await apply(context, by, newId(), change);
    if (result.outcome !== 'rejected') return;
    if (result.reason !== 'conflict') throw refused(result);
    if (onlyIfVersion !== null) throw otherVersion();
    if (attempt === maxTries) throw refused(result);
  }
}

/** The fields that the patch would make different, and those that follow from them. */
async function changedFields(
  by: WriteContext,
  resource: Resource,
  record: StoredResource,
  asked: Fields,
): Promise<Fields> {
  const { fields: held } = record;
  const schemas: Record<string, z.core.$ZodType> = entities[resource.entity].fields.shape;
  const merged = Object.entries(asked).map(([name, value]) => [
    name,
    withEmptyMembers(schemas[name], mergePatch(held[name], value)),
  ]);
  const different = merged.filter(([name, value]) => !isDeepStrictEqual(held[String(name)], value));
  const changed: Fields = Object.fromEntries(different);
  if (different.length === 0) return changed;
  const derived = await resource.derive?.(changed, { ...held, ...changed }, by);
  return narrowed(resource.entity, { ...changed, ...derived }, record);
}

interface Change {
  entity: EntityName;
  id: string;
  fields: Fields;
  /** The record that it changes, as it was read. */
  held?: StoredResource;
  onlyIfVersion?: number;
}

/**
 * One operation by the way that desks' operations go. It sorts after what it replaces, also where a desk or another
 * node wrote that by a clock that is a little ahead.
 */
export async function apply(
  { store, clock, options }: Context,
  { key, nowMs }: WriteContext,
  operationId: string,
  { entity, id, fields, held, onlyIfVersion }: Change,
): Promise<PushResult> {
  const author = { id: key.id, writes: entitiesWrittenBy(key.scopes) };
  const operation: ReceivedOperation = {
    id: operationId,
    entity,
    entityId: id,
    fields,
    clock: clock.tick(stampsHeld(held?.clocks ?? {}, fields)),
    baseVersion: held?.version ?? null,
    authorId: key.id,
    at: nowMs,
    ...(onlyIfVersion === undefined ? {} : { onlyIfVersion }),
  };
  const context = { db: store.db, clock, now: options.now };
  const [result] = await pushApart(context, author, deviceOf(key), [operation]);
  if (!result) throw new Error('a pushed operation has no result');
  return result;
}

function withoutAbsent(body: Fields): Fields {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

export async function assertReferences(
  { db }: WriteContext,
  { refers }: Pick<Resource, 'refers'>,
  fields: Fields,
): Promise<void> {
  for (const [name, entity] of Object.entries(refers)) {
    const id = fields[name];
    if (typeof id !== 'string') continue;
    if ((await existing(db, entity, [id])).size > 0) continue;
    throw new ProblemError(400, 'invalid-input', `${name}: there is no such ${entity}`);
  }
}

/** The id under which the record with this name is made. A name whose record was never made is taken over. */
async function idNamed(
  { db }: WriteContext,
  entity: EntityName,
  externalId: string,
  recordId: string,
): Promise<string> {
  const holder = await claimExternalId(db, { entity, externalId, recordId });
  if (holder === recordId) return recordId;
  if ((await existing(db, entity, [holder])).size > 0) throw nameTaken(holder);
  return holder;
}

async function releaseUnlessThere(
  { db }: WriteContext,
  claim: Parameters<typeof releaseExternalId>[1] & { entity: EntityName },
): Promise<void> {
  if ((await existing(db, claim.entity, [claim.recordId])).size > 0) return;
  await releaseExternalId(db, claim);
}

/** The record as it is. Throws 404. */
export async function there(
  { db }: WriteContext,
  entity: EntityName,
  id: string,
): Promise<StoredResource> {
  const stored = await readResource(db, entity, id);
  if (!stored) throw new ProblemError(404, 'not-found', 'no such record');
  return stored;
}

function nameTaken(id: string): ProblemError {
  return new ProblemError(409, 'already-exists', `externalId: the record ${id} has this name`);
}

function otherVersion(): ProblemError {
  return new ProblemError(412, 'conflict', 'the record is of another version');
}

function refused({ reason, message }: PushResult): ProblemError {
  const detail = message ?? 'refused';
  if (reason === 'conflict') return new ProblemError(409, 'conflict', detail);
  if (reason === 'forbidden' || reason === 'not-yours') {
    return new ProblemError(403, 'forbidden', detail);
  }
  return new ProblemError(400, 'invalid-input', detail);
}
