import type { EntityName, GivenFieldsOf } from '../sync/entities.ts';

/** One record as the store keeps it, before clocks and versions. */
export type SampleRecord = {
  [E in EntityName]: { entity: E; id: string; fields: GivenFieldsOf<E> };
}[EntityName];
