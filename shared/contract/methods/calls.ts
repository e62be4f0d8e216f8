import { z } from 'zod';
import { idSchema } from '../../domain/primitives.ts';
import { method } from '../method.ts';
import {
  backlogEntrySchema,
  deskCallSchema,
  directoryEntrySchema,
  recentCallSchema,
  wrapUpDraftSchema,
} from '../models/calls.ts';
import { agentViewSchema } from '../models/desk.ts';
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
    z.object({
      number: z.string().min(1).max(100),
      customerId: idSchema.nullable(),
      /** Number to show; one of the configuration's. Null: the centre's usual one. */
      callerId: z.string().max(32).nullable(),
      /** The agent was asked and means it (number-needs-consent). */
      consent: z.boolean(),
    }),
    deskCallSchema,
  ),
  /** Blind transfer to an extension, a queue's id or a number. */
  'calls.transfer': method(
    'calls.take',
    ofCall.extend({ target: z.string().min(1).max(100), consent: z.boolean() }),
    nothing,
  ),
  /** Holds the call and dials somebody to ask; from there `calls.join`, `calls.confer` or back by resuming the first. */
  'calls.consult': method(
    'calls.take',
    ofCall.extend({ target: z.string().min(1).max(100), consent: z.boolean() }),
    deskCallSchema,
  ),
  /** Completes a warm transfer: the far sides of both calls are joined, this desk leaves. */
  'calls.join': method('calls.take', ofCall.extend({ otherId: idSchema }), nothing),
  /** Three (or more) talk; fewer than two calls end the conference, the calls stay. */
  'calls.confer': method('calls.take', z.object({ callIds: z.array(idSchema).max(8) }), nothing),
  /** Pause for card numbers, and resume; the gap is kept with the call. */
  'calls.record': method('calls.take', ofCall.extend({ on: z.boolean() }), nothing),
  'calls.recents': method(
    'calls.take',
    z.object({ limit: z.int().min(1).max(100) }),
    z.array(recentCallSchema),
  ),
  /** Agents with their state, queues and numbers of the centre; `text` narrows by name, number and pinyin initials. */
  'directory.list': method(
    'calls.take',
    z.object({ text: z.string().max(100), limit: z.int().min(1).max(200) }),
    z.array(directoryEntrySchema),
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
