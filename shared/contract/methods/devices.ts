import { z } from 'zod';
import { deviceChoiceSchema, deviceListSchema } from '../media.ts';
import { method } from '../method.ts';
import { deskCallSchema } from '../models/calls.ts';

const nothing = z.object({});

/** Microphone, speaker, ringer and headset of this desk. */
export const deviceMethods = {
  'devices.list': method('signed-in', nothing, deviceListSchema),
  /** Kept for this desk, and in use at once, also in a call. */
  'devices.choose': method('signed-in', deviceChoiceSchema, nothing),
  'devices.meter': method('signed-in', z.object({ on: z.boolean() }), nothing),
  'devices.testSound': method(
    'signed-in',
    z.object({ on: z.enum(['speaker', 'ringer']) }),
    nothing,
  ),
  /** Dials the echo of the PBX. It is no contact: nothing of it is kept. */
  'devices.testCall': method('calls.take', nothing, deskCallSchema),
} as const;
