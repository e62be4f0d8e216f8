import { z } from 'zod';
import { idSchema, isStorable, timeSchema } from '#shared/domain/primitives.ts';
import { type EntityName, entities } from '#shared/sync/entities.ts';
import { fieldTexts } from './fieldTexts.ts';

type Shape = Record<string, z.core.$ZodType>;

const externalIdSchema = z.string().min(1).max(200).refine(isStorable, 'contains what is not text');

/** Fields with what the document says of them; a law test holds that there is a text for each. */
export function described<S extends Shape>(shape: S): S {
  const fields = Object.entries(shape).map(([name, schema]) => {
    const text = fieldTexts[name];
    return [name, text && schema instanceof z.ZodType ? schema.describe(text) : schema];
  });
  return Object.fromEntries(fields) as S;
}

/** Body of a POST: what is not in it is refused, so that a slip of the pen is noticed. */
export function bodyOf<S extends Shape>(shape: S, example: object) {
  const externalId = externalIdSchema.nullable().default(null);
  return z.strictObject(described({ ...shape, externalId })).meta({ examples: [example] });
}

/** A record as it is answered with. */
export function viewSchemaOf(entity: EntityName): z.ZodObject {
  const own = {
    id: idSchema,
    version: z.int().positive(),
    updatedAt: timeSchema,
    externalId: externalIdSchema.nullable(),
  };
  return z.object(described({ ...own, ...(entities[entity].fields.shape as Shape) }));
}

export function listSchemaOf(entity: EntityName): z.ZodObject {
  return z.object({
    items: z.array(viewSchemaOf(entity)),
    cursor: z
      .string()
      .nullable()
      .describe('Goes on behind the last item, now or later; null while there is nothing at all.'),
    more: z.boolean().describe('Whether there is a next page already.'),
  });
}

/**
 * A JSON merge patch (RFC 7396) of these fields: what is left out stays, objects are merged, null
 * takes a member of an object away.
 */
export function changeSchemaFor(entity: EntityName, names: readonly string[]): z.ZodObject {
  const whole = entities[entity].fields.shape as Shape;
  const shape = names.map((name) => [name, z.optional(patchOf(whole[name]))]);
  const fields = Object.fromEntries(shape) as Record<string, z.ZodType>;
  return z.strictObject(
    described({ ...fields, externalId: externalIdSchema.nullable().optional() }),
  );
}

function patchOf(schema: z.core.$ZodType | undefined): z.core.$ZodType {
  // Its default is for records of before; in a patch it would overwrite what nobody named.
  if (schema instanceof z.ZodDefault) return patchOf(schema.removeDefault());
  if (schema instanceof z.ZodRecord) {
    return z.record(schema.keyType as z.ZodString, z.nullable(patchOf(schema.valueType)));
  }
  if (schema instanceof z.ZodObject) return schema.partial();
  if (!schema) throw new Error('a field to change has no schema');
  return schema;
}

/** Members that a merge patch took away and that have to be there, if empty, are null again. */
export function withEmptyMembers(schema: z.core.$ZodType | undefined, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  if (schema instanceof z.ZodRecord) {
    const completed = members.map(([name, member]) => [
      name,
      withEmptyMembers(schema.valueType, member),
    ]);
    return Object.fromEntries(completed);
  }
  if (!(schema instanceof z.ZodObject)) return value;
  const empty = Object.entries(schema.shape as Shape)
    .filter(([, member]) => member instanceof z.ZodNullable)
    .map(([name]) => [name, null]);
  return Object.fromEntries([...empty, ...members]);
}
