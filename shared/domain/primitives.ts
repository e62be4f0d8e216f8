import { z } from 'zod';

/** UUID of any version; we make v7 where the thing is made. */
export const idSchema = z.uuid();
export type Id = string;

/** Milliseconds UTC since 1970. */
export const timeSchema = z.int().nonnegative();

/** A date without time, `YYYY-MM-DD`, and only dates that exist. */
export const dateSchema = z.iso.date();

/** Amount in minor units (cents, fen) with its ISO 4217 code. */
export const moneySchema = z.object({ minor: z.int(), currency: z.string().length(3) });
export type Money = z.infer<typeof moneySchema>;

/** Longest text an agent may store in one field; longer ones are refused with a message, never cut. */
export const maxTextLength = 100_000;
export const textSchema = z.string().max(maxTextLength);
/** Longest line: a name, a number, a subject, a tag. */
export const maxLineLength = 500;
export const shortTextSchema = z.string().max(maxLineLength);
/** Most tags of one thing. */
export const maxTags = 50;

/** Text that a database can hold: no U+0000 and no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
export const storableTextSchema = shortTextSchema.refine(isStorable, 'contains what is not text');
