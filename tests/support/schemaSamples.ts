import fc from 'fast-check';
import type { JsonSchema } from './apiDocument.ts';

const longest = 40;

/**
 * Values that the schema takes, or nearly: where it says more than this knows, the server refuses them.
 * UUIDs are taken from `ids` where there are any.
 */
export function samplesOf(schema: JsonSchema, ids: readonly string[] = []): fc.Arbitrary<unknown> {
  const inside = (one: JsonSchema) => samplesOf(one, ids);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return fc.oneof(...branches.map(inside));
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type) => inside({ ...schema, type })));
  }
  switch (schema.type) {
    case 'string':
      return textsOf(schema, ids);
    case 'integer':
      return fc.integer(bounds(schema));
    case 'number':
      return fc.double({ ...bounds(schema), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return arraysOf(schema, inside);
    case 'object':
      return objectsOf(schema, inside);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

type Inside = (schema: JsonSchema) => fc.Arbitrary<unknown>;

function textsOf(
  { format, pattern, minLength = 0, maxLength }: JsonSchema,
  ids: readonly string[],
): fc.Arbitrary<string> {
  if (format === 'uuid') return ids.length > 0 ? fc.constantFrom(...ids) : fc.uuid();
  if (format === 'date') return fc.constantFrom('2026-01-02', '1999-12-31', '2024-02-29');
  // Nobody is there: a server that calls it must find that out by itself.
  if (format === 'uri')
    return fc.constantFrom('https://hooks.invalid/a', 'https://hooks.invalid/b');
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  const most = Math.min(maxLength ?? longest, Math.max(longest, minLength));
  return fc.string({ unit: 'grapheme', minLength, maxLength: most });
}

function bounds({ minimum, maximum, exclusiveMinimum }: JsonSchema) {
  const min = minimum ?? (exclusiveMinimum === undefined ? -(2 ** 31) : exclusiveMinimum + 1);
  return {
    min: Math.max(min, Number.MIN_SAFE_INTEGER),
    max: Math.min(maximum ?? 2 ** 41, Number.MAX_SAFE_INTEGER),
  };
}

function arraysOf(
  { items, prefixItems, minItems = 0, maxItems }: JsonSchema,
  inside: Inside,
): fc.Arbitrary<unknown[]> {
  if (prefixItems) return fc.tuple(...prefixItems.map(inside));
  const most = Math.max(minItems, Math.min(maxItems ?? 3, 3));
  return fc.array(inside(items ?? {}), { minLength: minItems, maxLength: most });
}

function objectsOf(schema: JsonSchema, inside: Inside): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties, propertyNames } = schema;
  if (properties) {
    const model = Object.fromEntries(
      Object.entries(properties).map(([name, one]) => [name, inside(one)]),
    );
    return fc.record(model, { requiredKeys: required, noNullPrototype: true });
  }
  const values = typeof additionalProperties === 'object' ? additionalProperties : {};
  const names = inside(propertyNames ?? { type: 'string', maxLength: 12 }).map(String);
  return fc.dictionary(names, inside(values), { maxKeys: 3, noNullPrototype: true });
}
