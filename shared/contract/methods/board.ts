import { z } from 'zod';
import { shortTextSchema, timeSchema } from '../../domain/primitives.ts';
import {
  boardChangesSchema,
  boardCurveRequestSchema,
  boardCurveSchema,
  boardSnapshotSchema,
} from '../../sync/board.ts';
import { method } from '../method.ts';

const access = 'team.watch';

/**
 * How fresh the board is. `live`: every change comes within a second. `waiting`: the server was asked for everything.
 * `stale`: the server is away, and what is shown, if anything, is as of `asOf`.
 */
const boardLinkSchema = z.object({
  state: z.enum(['waiting', 'live', 'stale']),
  /** Until when the server has told everything, the server's time in ms UTC; null: nothing was told yet. */
  asOf: timeSchema.nullable(),
});
export type BoardLink = z.infer<typeof boardLinkSchema>;

/** What the desk knows of the board when a window begins to watch; null: nothing yet. */
const boardViewSchema = z.object({
  link: boardLinkSchema,
  board: boardSnapshotSchema.nullable(),
  /** How far the server's clock is ahead of the desk's, ms. */
  aheadMs: z.int(),
});
export type BoardView = z.infer<typeof boardViewSchema>;

/** What the system shows of an alert, in the words of the window. */
const boardAlertSchema = z.object({ title: shortTextSchema, text: shortTextSchema });
export type BoardAlert = z.infer<typeof boardAlertSchema>;

/** The live board: told by the server while somebody watches, and kept with its age while the server is away. */
export const boardMethods = {
  /** Begins or ends the watching of this window. Asked again, it answers with everything again. */
  'board.watch': method(access, z.object({ on: z.boolean() }), boardViewSchema),
  /** Today's curve, of the centre: `server-unreachable` while it is away. */
  'board.curve': method(access, boardCurveRequestSchema, boardCurveSchema),
  /** Something on the board is over a limit while the window is not in front: the system is to tell it. */
  'board.alert': method(access, boardAlertSchema, z.object({})),
} as const;

/** Only told while the window watches, in the order of their numbers. */
export const boardEvents = {
  'board.link': boardLinkSchema,
  /** Everything anew. */
  'board.snapshot': boardSnapshotSchema,
  /** What has become of what has changed since the number before. */
  'board.changed': boardChangesSchema,
  /** The system tells it where the window is not in front. */
  'board.alerted': boardAlertSchema,
} as const;
