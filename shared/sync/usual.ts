import { z } from 'zod';
import { type EntityName, entities, type FieldsOf, type GivenFieldsOf } from './entities.ts';

/** Fields that a record of before does not have. */
export type UsualFieldsOf<E extends EntityName> = {
  [K in keyof FieldsOf<E> & keyof GivenFieldsOf<E> as undefined extends GivenFieldsOf<E>[K]
    ? K
    : never]: FieldsOf<E>[K];
};

/** What those fields are where nobody has given them. */
export function usualFieldsOf<E extends EntityName>(entity: E): UsualFieldsOf<E> {
  const usual: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(entities[entity].fields.shape)) {
    if (schema instanceof z.ZodDefault) usual[name] = schema.parse(undefined);
  }
  return usual as UsualFieldsOf<E>;
}
