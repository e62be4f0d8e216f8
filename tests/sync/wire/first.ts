import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * What a desk and a server of the first version said to each other, as it went over the wire, and the schemas by which
 * each held what it heard. Never edited: it stands for the desks and servers that are out there.
 */
export interface Exchange {
  method: string;
  path: string;
  // biome-ignore lint/suspicious/noExplicitAny: read from a file, whatever it was then
  request: any;
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  response: any;
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

export const first = read<{
  exchanges: Exchange[];
  live: { type: string }[];
  hello: { deviceId: string };
  /** The answer at an address that the first version did not have. */
  unknown: { status: number; response: unknown };
}>('./first.json');

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

const schemas = read<{
  messages: Record<string, JsonSchema>;
  liveMessageSchema: JsonSchema;
  entities: Record<string, JsonSchema>;
}>('./firstSchemas.json');

export type FirstMessage =
  | 'pushRequestSchema'
  | 'pushResponseSchema'
  | 'pullRequestSchema'
  | 'pullResponseSchema'
  | 'liveHelloSchema'
  | 'signInRequestSchema'
  | 'signInResponseSchema'
  | 'problemSchema';

/** Why the first version would not understand this; null where it does. */
export function notUnderstood(message: FirstMessage, value: unknown): string | null {
  const schema = schemas.messages[message];
  if (!schema) throw new Error(`no schema for ${message}`);
  return complaint(z.fromJSONSchema(schema), value);
}

export function liveNotUnderstood(value: unknown): string | null {
  return complaint(z.fromJSONSchema(schemas.liveMessageSchema), value);
}

const firstEntities = new Map(
  Object.entries(schemas.entities).map(([name, schema]) => [name, z.fromJSONSchema(schema)]),
);

/** Why the first version could not show this record; null where it can, or does not know the entity. */
export function notShown(entity: string, fields: unknown): string | null {
  const schema = firstEntities.get(entity);
  return schema ? complaint(schema, fields) : null;
}

function complaint(schema: z.ZodType, value: unknown): string | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? null : z.prettifyError(parsed.error);
}
