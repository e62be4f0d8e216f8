import { z } from 'zod';
import { listenModes } from '#shared/domain/listening.ts';
import type { Listener, LiveCall, Member } from '../connector.ts';

/** What is read of the practice PBX's state (server/practice/practiceState.ts). */
export const practiceStateSchema = z.object({
  agents: z.array(
    z.object({
      extension: z.string(),
      registered: z.boolean(),
      paused: z.boolean(),
      pauseReason: z.string(),
      queues: z.array(z.string()),
    }),
  ),
  listeners: z.array(
    z.object({
      id: z.string(),
      supervisor: z.string(),
      agent: z.string(),
      callRef: z.string(),
      mode: z.enum(listenModes),
      state: z.enum(['ringing', 'on']),
    }),
  ),
  calls: z.array(
    z.object({
      callRef: z.string(),
      recording: z.object({ state: z.enum(['on', 'paused', 'off']) }),
      legs: z.array(z.object({ extension: z.string(), answered: z.boolean() })),
    }),
  ),
});
export type KnownState = z.infer<typeof practiceStateSchema>;

export function membersOf({ agents }: KnownState, at: number): Member[] {
  return agents
    .filter(({ queues }) => queues.length > 0)
    .map(({ extension, paused, pauseReason }) => ({
      extension,
      paused,
      reason: paused ? pauseReason || null : null,
      at,
    }));
}

/** One part for each desk of a call; the times are those at which it was first seen so. */
export function callsOf({ calls }: KnownState, at: number): LiveCall[] {
  return calls.flatMap(({ callRef, recording, legs }) =>
    legs.map(({ extension, answered }) => ({
      callRef,
      extension,
      startedAt: at,
      answeredAt: answered ? at : null,
      recording: answered ? recording.state : ('off' as const),
    })),
  );
}

export function listenersOf({ listeners }: KnownState): Listener[] {
  return listeners
    .filter(({ state }) => state === 'on')
    .map(({ state: _, ...listener }) => ({ ...listener, asked: true }));
}
