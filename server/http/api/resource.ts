import type { z } from 'zod';
import type { ApiScope } from '#shared/domain/apiScopes.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import type { ApiKey } from '#shared/sync/integrations.ts';
import type { ResourceFilter } from '../../store/programs/resources.ts';
import type { Db } from '../../store/store.ts';

export type Fields = Record<string, unknown>;

/** Who writes, when, and what to look things up in. */
export interface WriteContext {
  db: Db;
  key: ApiKey;
  /** ms UTC. */
  nowMs: number;
}

/** A record that comes with another one, such as the first event of a ticket. */
export interface Companion {
  entity: EntityName;
  fields: Fields;
}

/** What programs may do with one entity. */
export interface Resource {
  entity: EntityName;
  /** Below `/api/v1/`. */
  path: string;
  /** In the document: one of them, many of them. */
  one: string;
  many: string;
  read: ApiScope;
  filters: readonly ResourceFilter[];
  /** Entities that fields refer to; what they name has to be there. */
  refers: Record<string, EntityName>;
  create: Creation | null;
  change: { scope: ApiScope; schema: z.ZodObject } | null;
  /** Fields that follow from others, both of new records and of changed ones. */
  derive?(changed: Fields, whole: Fields, context: WriteContext): Promise<Fields>;
}

export interface Creation {
  scope: ApiScope;
  schema: z.ZodObject;
  /** What the program left out. */
  complete(given: Fields, context: WriteContext): Fields;
  companions?(id: string, fields: Fields, context: WriteContext): Companion[];
}
