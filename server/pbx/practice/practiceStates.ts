import { z } from 'zod';
import { listenModes } from '#shared/domain/calls/listening.ts';
import type { Listener, LiveCall, Member, Membership } from '../connector.ts';

/** What is read of the practice PBX's state (server/practice/practiceState.ts). */
export const practiceStateSchema = z.object({
  /** Number of the newest event that is part of it. */
  sequence: z.number(),
  agents: z.array(
    z.object({
      extension: z.string(),
      registered: z.boolean(),
      paused: z.boolean(),
      pauseReason: z.string(),
      queues: z.array(z.string()),
      penalties: z.record(z.string(), z.number()),
    }),
  ),
  queues: z.array(z.object({ id: z.string() })),
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

export function membershipsOf({ agents }: KnownState): Map<string, Membership[]> {
  return new Map(
    agents
      .filter(({ queues }) => queues.length > 0)
      .map(({ extension, queues, penalties }) => [
        extension,
        queues.toSorted().map((queueId) => ({ queueId, penalty: penalties[queueId] ?? 0 })),
      ]),
  );
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

const movedSchema = z.object({ callRef: z.string(), to: z.string() });
const listenerSchema = z.object({ id: z.string(), state: z.string() });

/** A desk that was rung has come: what was asked for, in one word. Null for every other event. */
export function arrivalOf({ name, data }: { name: string; data: string }): string | null {
  if (name !== 'callMoved' && name !== 'listenerChanged') return null;
  const told: unknown = JSON.parse(data);
  const moved = movedSchema.safeParse(told);
  if (name === 'callMoved') return moved.success ? takenOver(moved.data) : null;
  const listener = listenerSchema.safeParse(told);
  return listener.success && listener.data.state === 'on' ? letIn(listener.data) : null;
}

export function takenOver({ callRef, to }: { callRef: string; to: string }): string {
  return `${callRef} to ${to}`;
}

export function letIn({ id }: { id: string }): string {
  return `listener ${id}`;
}
