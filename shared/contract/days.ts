import { z } from 'zod';
import { dateSchema } from '../domain/primitives.ts';

/** From the beginning of `from` to the end of `to`, days of the desk's time zone; null: without an end. */
export const daysSchema = z.object({ from: dateSchema.nullable(), to: dateSchema.nullable() });
export type Days = z.infer<typeof daysSchema>;
