import type { HelpView } from '#shared/contract/methods/intervention.ts';
import { newId } from '#shared/domain/ids.ts';
import type { HelpRequest } from '#shared/domain/intervention/helpRequest.ts';
import { refusalOfHelpChange } from '#shared/domain/intervention/helpSteps.ts';
import { helpersOf } from '#shared/domain/intervention/mayIntervene.ts';
import { DeskError } from '#shared/result.ts';
import type { Handlers } from '../../handler/handler.ts';
import type { CallService } from '../calls.ts';
import { done } from '../done.ts';
import type { InterventionParts } from './parts.ts';

type HelpMethod = Extract<keyof Handlers, `help.${string}`>;

export interface HelpService {
  handlers: Pick<Handlers, HelpMethod>;
  /** What goes on and calls for this user. */
  calling(): HelpView[];
  /** A call of this desk is over: the request that it was about is, too. */
  callEnded(callId: string): void;
}

/** Requests for help: asked with one key, answered by a supervisor, kept. */
export function createHelpRequests({
  user,
  cache,
  clock,
  calls,
}: InterventionParts & { calls: Pick<CallService, 'list'> }): HelpService {
  const reads = cache.intervention;

  function found(id: string): HelpView {
    const request = reads.help(id);
    if (!request) throw new DeskError('not-found', 'no such request');
    return request;
  }

  function change(held: HelpView, fields: Partial<HelpRequest>): HelpView {
    const refusal = refusalOfHelpChange(user, held, fields);
    if (refusal) throw new DeskError(refusal, 'not in this state');
    cache.change([{ entity: 'helpRequest', id: held.id, fields }], user.id);
    return found(held.id);
  }

  function close(held: HelpView): void {
    const state = held.state === 'open' ? 'withdrawn' : 'over';
    change(held, { state, closedAt: clock.now() });
  }

  /** The call that is talked, else any that is not over. */
  function callAtHand() {
    const live = calls.list().filter(({ state }) => state !== 'ended');
    return live.find(({ state }) => state === 'talking') ?? live[0] ?? null;
  }

  function isForMe(request: HelpView): boolean {
    const agent = { id: request.agentId, teamId: request.teamId };
    return helpersOf(agent, reads.people()).some(({ id }) => id === user.id);
  }

  return {
    handlers: {
      'help.ask'({ note }) {
        const own = reads.ownHelp();
        if (own) return own;
        const call = callAtHand();
        const id = newId();
        const fields: HelpRequest = {
          agentId: user.id,
          agentName: user.name,
          teamId: user.teamId,
          askedAt: clock.now(),
          note,
          callId: call?.id ?? null,
          callRef: call?.callRef ?? null,
          queueId: call?.queueId ?? null,
          customerName: call?.customerName ?? null,
          state: 'open',
          ...{ answer: null, answeredById: null, answeredByName: null, answeredAt: null },
          closedAt: null,
        };
        cache.change([{ entity: 'helpRequest', id, fields }], user.id);
        return found(id);
      },
      'help.withdraw'() {
        const own = reads.ownHelp();
        return done(own && close(own));
      },
      'help.mine': () => ({ request: reads.ownHelp() }),
      'help.open': () =>
        reads.helpGoingOn().map((request) => ({ ...request, mine: isForMe(request) })),
      'help.answer': ({ id, answer }) =>
        change(found(id), {
          state: 'answered',
          answer,
          answeredById: user.id,
          answeredByName: user.name,
          answeredAt: clock.now(),
        }),
      'help.finish': ({ id }) => change(found(id), { state: 'over', closedAt: clock.now() }),
      'help.history': ({ before, limit }) => reads.helpHistory(before, limit),
    },
    calling: () => reads.helpGoingOn().filter((one) => one.state === 'open' && isForMe(one)),
    callEnded(callId) {
      const own = reads.ownHelp();
      if (own?.callId === callId) close(own);
    },
  };
}
