import { z } from 'zod';
import { configurationSchema } from '../domain/configuration.ts';
import { idSchema } from '../domain/primitives.ts';
import { partsSchema } from '../domain/settings/parts.ts';
import { entityNameSchema } from '../sync/entities.ts';
import { deviceListSchema } from './media.ts';
import { boardEvents, boardMethods } from './methods/board.ts';
import { callMethods } from './methods/calls.ts';
import { complaintMethods } from './methods/complaints.ts';
import { configurationMethods } from './methods/configuration.ts';
import { customerMethods } from './methods/customers.ts';
import { deviceMethods } from './methods/devices.ts';
import { feedbackMethods } from './methods/feedback.ts';
import { importingMethods } from './methods/importing.ts';
import { integrationMethods } from './methods/integrations.ts';
import { interventionMethods } from './methods/intervention.ts';
import { journalMethods } from './methods/journal.ts';
import { knowledgeMethods } from './methods/knowledge.ts';
import { outboxMethods } from './methods/outbox.ts';
import { qualityMethods } from './methods/quality.ts';
import { recordMethods } from './methods/records.ts';
import { reportMethods } from './methods/reports.ts';
import { searchMethods } from './methods/search.ts';
import { segmentMethods } from './methods/segments.ts';
import { sessionMethods } from './methods/session.ts';
import { taskMethods } from './methods/tasks.ts';
import { teamMethods } from './methods/team.ts';
import { notificationViewSchema, ticketListMethods } from './methods/ticketLists.ts';
import { ticketMethods } from './methods/tickets.ts';
import { userMethods } from './methods/users.ts';
import { wrapUpMethods } from './methods/wrapUps.ts';
import { deskCallSchema } from './models/calls.ts';
import {
  agentViewSchema,
  noticeSchema,
  phoneStatusSchema,
  sessionViewSchema,
  settingsSchema,
  supervisionViewSchema,
  syncStatusSchema,
} from './models/desk.ts';

/** The one map of everything the window may ask of the desk. Both shells carry exactly this. */
export const methods = {
  ...sessionMethods,
  ...callMethods,
  ...deviceMethods,
  ...recordMethods,
  ...customerMethods,
  ...outboxMethods,
  ...searchMethods,
  ...qualityMethods,
  ...teamMethods,
  ...ticketMethods,
  ...ticketListMethods,
  ...integrationMethods,
  ...importingMethods,
  ...knowledgeMethods,
  ...complaintMethods,
  ...feedbackMethods,
  ...taskMethods,
  ...wrapUpMethods,
  ...configurationMethods,
  ...segmentMethods,
  ...interventionMethods,
  ...journalMethods,
  ...reportMethods,
  ...boardMethods,
  ...userMethods,
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type InputOf<M extends MethodName> = z.infer<Methods[M]['input']>;
export type OutputOf<M extends MethodName> = z.infer<Methods[M]['output']>;

/** Events tell the whole new state of the thing, so that a lost one is mended by the next. */
export const events = {
  'session.changed': sessionViewSchema,
  'settings.changed': settingsSchema,
  'agent.changed': agentViewSchema,
  'call.changed': deskCallSchema,
  'call.removed': z.object({ callId: idSchema }),
  'phone.changed': phoneStatusSchema,
  'devices.changed': deviceListSchema,
  /** While the meter runs, some 20 a second; 0 to 1. */
  'devices.level': z.object({ input: z.number(), output: z.number() }),
  'sync.changed': syncStatusSchema,
  'configuration.changed': configurationSchema,
  'parts.changed': partsSchema,
  /** Something that does not wait until the user looks at what there is to tell. */
  'notification.urgent': notificationViewSchema,
  'notice.added': noticeSchema,
  'notice.removed': z.object({ id: z.string() }),
  /** Records changed, here or elsewhere: lists that show these entities read again. */
  'data.changed': z.object({ entities: z.array(entityNameSchema) }),
  /** Only told where the user may listen in. */
  'supervision.changed': supervisionViewSchema,
  ...boardEvents,
  /** Of a file that is fetched from the server, bytes. */
  'attachment.progress': z.object({
    attachmentId: idSchema,
    received: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
  }),
  /** The system or another program asks to dial (tel:, sip:, callto:); the window asks the agent first. */
  'dial.asked': z.object({ number: z.string() }),
  /** Another window took over this desk (browser shell). */
  'window.moved': z.object({}),
} as const;

export type EventName = keyof typeof events;
export type EventOf<E extends EventName> = z.infer<(typeof events)[E]>;
