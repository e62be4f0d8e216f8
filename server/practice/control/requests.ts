import { z } from 'zod';
import { listenModes } from '#shared/domain/calls/listening.ts';

const mode = z.enum(listenModes);

export const placeCallSchema = z
  .object({
    number: z.string().regex(/^(anonymous|\+?\d{3,20})$/),
    name: z.string().optional(),
    queue: z.string().optional(),
    talkMs: z.number().int().min(0).optional(),
    patienceMs: z.number().int().min(0).optional(),
    scenario: z.string().optional(),
    language: z.enum(['zh', 'en']).optional(),
    agent: z.string().optional(),
    direct: z.boolean().optional(),
    count: z.number().int().min(1).max(100).optional(),
  })
  .refine((call) => call.queue !== undefined || (call.direct && call.agent !== undefined), {
    message: 'a queue, or direct with an agent',
  });

export const callersSchema = z.object({ enabled: z.boolean() });
export const recordingSchema = z.object({ state: z.enum(['on', 'paused']) });
export const takeOverSchema = z.object({ extension: z.string() });
export const pauseSchema = z.object({ reason: z.string().regex(/^[\w-]{1,40}$/) });
export const queuesSchema = z.object({ queues: z.array(z.string()).max(1_000) });
export const joinSchema = z.object({
  queue: z.string(),
  penalty: z.number().int().min(0).max(1_000_000).default(0),
});
export const leaveSchema = z.object({ queue: z.string() });
export const listenSchema = z.object({ supervisor: z.string(), agent: z.string(), mode });
export const modeSchema = z.object({ mode });
export const forgetSchema = z.object({ answers: z.boolean().default(true) });
export const reinviteSchema = z.object({ glare: z.boolean().default(false) });
