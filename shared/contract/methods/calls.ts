import { z } from 'zod';
import { idSchema } from '../../domain/primitives.ts';
import { method } from '../method.ts';
import {
  agentViewSchema,
  backlogEntrySchema,
  deskCallSchema,
  wrapUpDraftSchema,
} from '../models.ts';
import { restingSchema } from './session.ts';

const ofCall = z.object({ callId: idSchema });
const nothing = z.object({});

export const callMethods = {
  'agent.rest': method('calls.take', restingSchema, agentViewSchema),
  'calls.answer': method('calls.take', ofCall, nothing),
  'calls.reject': method(
    'calls.take',
    ofCall.extend({ how: z.enum(['busy', 'decline']) }),
    nothing,
  ),
  'calls.hangUp': method('calls.take', ofCall, nothing),
  'calls.mute': method('calls.take', ofCall.extend({ on: z.boolean() }), nothing),
  'calls.hold': method('calls.take', ofCall.extend({ on: z.boolean() }), nothing),
  'calls.sendDigits': method(
    'calls.take',
    ofCall.extend({ digits: z.string().regex(/^[0-9*#A-D]{1,32}$/) }),
    nothing,
  ),
  'calls.dial': method(
    'calls.take',
    z.object({ number: z.string().min(1).max(100), customerId: idSchema.nullable() }),
    deskCallSchema,
  ),
  /** Binds the call to one customer, or to none (`null`). Nothing is bound by itself on several matches. */
  'calls.chooseCustomer': method(
    'calls.take',
    ofCall.extend({ customerId: idSchema.nullable() }),
    deskCallSchema,
  ),
  /** The phone's media page asks to repair the audio of calls after a reload. */
  'phone.retry': method('signed-in', nothing, nothing),
  'wrapUps.finish': method(
    'wrapUps.write',
    ofCall.extend({ draft: wrapUpDraftSchema, rest: restingSchema }),
    nothing,
  ),
  'wrapUps.park': method('wrapUps.write', ofCall.extend({ draft: wrapUpDraftSchema }), nothing),
  /** Adds 60 s to the after-call work of the call. */
  'wrapUps.extend': method('wrapUps.write', ofCall, deskCallSchema),
  'wrapUps.backlog': method('wrapUps.write', nothing, z.array(backlogEntrySchema)),
} as const;
