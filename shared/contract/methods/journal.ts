import { z } from 'zod';
import { idSchema, shortTextSchema } from '../../domain/primitives.ts';
import {
  journalCursorSchema,
  journalRequestSchema,
  journalRowSchema,
  journeyRequestSchema,
  journeySchema,
  recordingSchema,
} from '../../sync/journal.ts';
import { method } from '../method.ts';

/** `desk`: the centre could not be asked, these are the calls that this desk holds. */
const journalOrigins = ['centre', 'desk'] as const;

/** A row with its number as people write it. */
const journalLineSchema = journalRowSchema.extend({ numberDisplay: shortTextSchema });
export type JournalLine = z.infer<typeof journalLineSchema>;

const ofRecording = z.object({ callRef: shortTextSchema.min(1) });

/** All calls of the centre, page by page; agents see their own. */
export const journalMethods = {
  'journal.page': method(
    'customers.read',
    journalRequestSchema,
    z.object({
      rows: z.array(journalLineSchema),
      next: journalCursorSchema.nullable(),
      origin: z.enum(journalOrigins),
    }),
  ),
  'journal.journey': method(
    'customers.read',
    journeyRequestSchema,
    journeySchema.extend({
      parts: z.array(journalLineSchema),
      origin: z.enum(journalOrigins),
    }),
  ),
  /** What a player shows before it plays. `not-found`: there is no recording. */
  'recordings.info': method('recordings.play', ofRecording, recordingSchema),
  /**
   * The sound itself, to be fetched by `files.next`. `playId` names one listening, made by the window: each is written
   * down once.
   */
  'recordings.open': method(
    'recordings.play',
    ofRecording.extend({ playId: idSchema }),
    z.object({ downloadId: idSchema, fileName: z.string() }),
  ),
} as const;
