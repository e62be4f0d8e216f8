import type { Invitation } from 'sip.js';
import type { PracticeContext } from '../context.ts';
import type { CallerIdentity } from '../sip/address.ts';
import type { Connection } from '../sip/connection.ts';
import { AgentLeg, type LegListener, type LegOptions, type LegOutcome } from './agentLeg.ts';
import type { Agent, Agents } from './agents.ts';

/** How ringing a desk came out. */
export type RingResult =
  | { kind: 'answered'; leg: AgentLeg }
  | { kind: 'refused'; statusCode: number }
  | { kind: 'unanswered' }
  | { kind: 'cancelled' };

/** What a desk is rung with. */
export interface Offered {
  connection: Connection;
  caller: CallerIdentity;
  headers: string[];
  /** The desk rings (180). */
  onRinging?: () => void;
}

/** Makes the legs to the desks, and tells once for each how it came out. */
export class DeskLegs {
  #context: PracticeContext;
  #agents: Agents;
  #listener: LegListener;
  #outcomes = new Map<AgentLeg, (outcome: LegOutcome) => void>();

  constructor(context: PracticeContext, agents: Agents, listener: LegListener) {
    this.#context = context;
    this.#agents = agents;
    this.#listener = listener;
  }

  offer(agent: Agent, offered: Offered, done: (result: RingResult) => void): AgentLeg {
    const { clock, settings } = this.#context;
    const options = this.#options(agent, offered.connection);
    const leg = AgentLeg.offer(options, offered.caller, offered.headers, offered.onRinging);
    let timedOut = false;
    const cancelTimer = clock.after(settings.timing.ringTimeoutMs, () => {
      timedOut = true;
      leg.hangUp();
    });
    this.#outcomes.set(leg, (outcome) => {
      cancelTimer();
      if (outcome.kind === 'answered') done({ kind: 'answered', leg });
      else done(timedOut ? { kind: 'unanswered' } : outcome);
    });
    this.#agents.legStarted(leg);
    return leg;
  }

  dialled(
    agent: Agent,
    connection: Connection,
    invitation: Invitation,
    done: (outcome: LegOutcome) => void,
  ): AgentLeg {
    const leg = AgentLeg.dialled(this.#options(agent, connection), invitation);
    this.#outcomes.set(leg, done);
    this.#agents.legStarted(leg);
    return leg;
  }

  outcome(leg: AgentLeg, outcome: LegOutcome): void {
    const done = this.#outcomes.get(leg);
    this.#outcomes.delete(leg);
    done?.(outcome);
  }

  #options({ account }: Agent, connection: Connection): LegOptions {
    const { settings, log, clock } = this.#context;
    const { loopbackMedia, timing: times } = settings;
    const { extension } = account;
    return { extension, connection, listener: this.#listener, loopbackMedia, clock, times, log };
  }
}
