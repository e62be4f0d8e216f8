import { entities } from '#shared/sync/entities.ts';
import type { StoredResource } from '../../store/programs/resources.ts';
import type { Fields, Resource } from './resource.ts';

/** What is answered, kept as it is for whoever asks again with the same Idempotency-Key. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** A record as programs see it: the fields of its schema, and no others that a newer desk may have sent. */
export function viewOf({ entity }: Resource, stored: StoredResource): Fields {
  const { id, version, updatedAt, externalId, fields } = stored;
  const parsed = entities[entity].fields.safeParse(fields);
  const known = parsed.success ? parsed.data : knownFields(entity, fields);
  return { id, version, updatedAt, externalId, ...known };
}

/** Of a record that an older version wrote: what there is. */
function knownFields(entity: Resource['entity'], fields: Fields): Fields {
  const names = new Set(Object.keys(entities[entity].fields.shape));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)));
}

export function etagOf({ version }: { version: number }): string {
  return `"${version}"`;
}

export function created(resource: Resource, stored: StoredResource): ApiAnswer {
  const location = `/api/v1/${resource.path}/${stored.id}`;
  const headers = { etag: etagOf(stored), location };
  return { status: 201, headers, body: viewOf(resource, stored) };
}
