import { z } from 'zod';
import { type Change, changeSchema } from '#shared/sync/messages.ts';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((part) => typeof part === 'string');
}

/** As `pullResponseSchema` says it. A first sync checks millions of records: their fields are looked at in one go. */
export const pulledChangesSchema = z.array(
  changeSchema.extend({
    fields: z.custom<Record<string, unknown>>(isObject),
    clocks: z.custom<Record<string, string>>(isTexts),
  }),
);

/** The changes of a page from their JSON, checked. Throws where that is not what a server says. */
export function readChanges(json: Uint8Array): Change[] {
  const parsed = pulledChangesSchema.safeParse(JSON.parse(new TextDecoder().decode(json)));
  if (!parsed.success) throw new Error(`page not understood: ${parsed.error.message}`);
  return parsed.data;
}
