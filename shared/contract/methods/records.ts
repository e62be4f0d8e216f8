import { z } from 'zod';
import { idSchema, timeSchema } from '../../domain/primitives.ts';
import { method } from '../method.ts';
import { syncStatusSchema, teamViewSchema } from '../models/desk.ts';
import { journalEntrySchema, taskViewSchema } from '../models/records.ts';

const nothing = z.object({});

/** Drafts live on this desk only and survive a crash; the key names the form, such as `wrapUp:<call id>`. */
const draftKey = z.string().min(1).max(200);
export const maxDraftLength = 500_000;

export const recordMethods = {
  'tasks.list': method(
    'customers.read',
    z.object({ whose: z.enum(['mine', 'all']), limit: z.int().min(1).max(500) }),
    z.array(taskViewSchema),
  ),
  'tasks.finish': method('tasks.write', z.object({ taskId: idSchema }), taskViewSchema),
  'journal.list': method(
    'customers.read',
    z.object({ whose: z.enum(['mine', 'all']), limit: z.int().min(1).max(200) }),
    z.array(journalEntrySchema),
  ),
  /** One call, however old; `not-found` where this desk does not have it. */
  'journal.get': method('customers.read', z.object({ callId: idSchema }), journalEntrySchema),
  'team.view': method('team.watch', nothing, teamViewSchema),
  'drafts.put': method(
    'signed-in',
    z.object({ key: draftKey, json: z.string().max(maxDraftLength) }),
    z.object({ savedAt: timeSchema }),
  ),
  'drafts.get': method(
    'signed-in',
    z.object({ key: draftKey }),
    z.object({ json: z.string().nullable() }),
  ),
  'drafts.remove': method('signed-in', z.object({ key: draftKey }), nothing),
  'sync.retry': method('signed-in', nothing, syncStatusSchema),
  /** Compares the records of this desk with the server's, in the background, and mends what differs. */
  'sync.compare': method('signed-in', nothing, syncStatusSchema),
} as const;
