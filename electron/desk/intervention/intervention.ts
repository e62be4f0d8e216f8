import { z } from 'zod';
import type { AgentEvent, Resting } from '#shared/domain/agents/agentState.ts';
import { mayIntervene } from '#shared/domain/intervention/mayIntervene.ts';
import { DeskError } from '#shared/result.ts';
import {
  agentQueuesSchema,
  type Effect,
  type InterventionMessage,
  setStateAnswerSchema,
  signOutAnswerSchema,
} from '#shared/sync/intervention.ts';
import type { EventHub } from '../../core/events.ts';
import type { Log } from '../../core/providers.ts';
import type { Handlers } from '../../handler/handler.ts';
import { unwrap } from '../../session/session.ts';
import type { IntegrationsPort } from '../../sync/integrationsClient.ts';
import type { Sync } from '../../sync/sync.ts';
import type { AgentService } from '../agent.ts';
import type { CallService } from '../calls.ts';
import { followAttention } from './attention.ts';
import { createHelpRequests } from './helpRequests.ts';
import { messageHandlers } from './messages.ts';
import type { InterventionParts } from './parts.ts';

type Method = Extract<
  keyof Handlers,
  `intervention.${string}` | `messages.${string}` | `help.${string}`
>;

export interface InterventionOptions extends InterventionParts {
  sync: Pick<Sync, 'heard'>;
  server: IntegrationsPort;
  agent: Pick<AgentService, 'foresee' | 'rest' | 'view'>;
  calls: Pick<CallService, 'list'>;
  events: EventHub;
  log: Log;
  /** A supervisor has signed this user out: the desk is left, now that no call is on. */
  leave(byName: string): void;
}

export interface InterventionService {
  handlers: Pick<Handlers, Method>;
  stop(): void;
}

const nothing = z.object({});

/** What a supervisor does about this agent, and what this user, being one, does about others. */
export function beginIntervention(options: InterventionOptions): InterventionService {
  const { user, cache, sync, server, agent, calls, events, log, leave } = options;
  const help = createHelpRequests(options);
  /** Who signed this user out during a call. */
  let leaving: string | null = null;

  const isInCall = () => calls.list().some(({ state }) => state !== 'ended');

  function effectOf(rest: Resting): Effect | null {
    const event: AgentEvent =
      rest.state === 'ready'
        ? { type: 'readyChosen' }
        : { type: 'breakChosen', reason: rest.reason };
    const after = agent.foresee(event);
    if (!after) return null;
    return after.state === rest.state ? 'now' : 'afterWork';
  }

  /** Said before it is done: what the centre has given up meanwhile is not done behind its back. */
  async function takeRest(id: string, rest: Resting): Promise<void> {
    const effect = effectOf(rest);
    if (effect === null) return;
    const path = `/api/interventions/${id}/taken`;
    const taken = await server.ask({ method: 'POST', path, body: { effect } }, nothing);
    if (!taken.ok) {
      log.info('a state was not set by a supervisor', { code: taken.error.code });
      return;
    }
    agent.rest(rest);
  }

  function hear({ id, byName, wish }: InterventionMessage): void {
    if (wish.kind === 'rest') {
      takeRest(id, wish.rest).catch((error: unknown) => {
        log.warn('a state could not be set by a supervisor', { error: String(error) });
      });
      return;
    }
    leaving = byName;
    leaveOnceFree();
  }

  function leaveOnceFree(): void {
    if (leaving === null || isInCall()) return;
    const byName = leaving;
    leaving = null;
    leave(byName);
  }

  function assertMay(userId: string): void {
    const target = cache.record('user', userId);
    if (!target) throw new DeskError('not-found', 'no such user');
    if (!mayIntervene(user, { id: userId, ...target })) {
      throw new DeskError('forbidden', 'this user is not in reach');
    }
  }

  const pathOf = (userId: string, what: string) => `/api/team/${userId}/${what}`;
  async function ask<S extends z.ZodType>(
    method: 'GET' | 'POST' | 'PUT',
    [userId, what]: [userId: string, what: string],
    schema: S,
    body?: unknown,
  ): Promise<z.output<S>> {
    assertMay(userId);
    return unwrap(await server.ask({ method, path: pathOf(userId, what), body }, schema));
  }

  const stopAttention = followAttention({ ...options, help });
  const stopHearing = sync.heard((message) => {
    if (message.type === 'intervention') hear(message);
  });
  const stopEvents = events.listen((name) => {
    if (name !== 'call.changed' && name !== 'call.removed') return;
    for (const call of calls.list()) if (call.state === 'ended') help.callEnded(call.id);
    leaveOnceFree();
  });

  return {
    handlers: {
      ...messageHandlers(options),
      ...help.handlers,
      'intervention.setState': ({ userId, rest }) =>
        ask('POST', [userId, 'state'], setStateAnswerSchema, { rest }),
      'intervention.signOut': ({ userId }) =>
        ask('POST', [userId, 'signOut'], signOutAnswerSchema, {}),
      'intervention.queues': ({ userId }) => ask('GET', [userId, 'queues'], agentQueuesSchema),
      'intervention.setQueues': ({ userId, queues }) =>
        ask('PUT', [userId, 'queues'], agentQueuesSchema, { queues }),
    },
    stop() {
      stopHearing();
      stopEvents();
      stopAttention();
    },
  };
}
