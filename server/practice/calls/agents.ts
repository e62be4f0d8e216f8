import type { Clock } from '../clock.ts';
import type { PracticeEvents } from '../events.ts';
import type { PracticeAccount } from '../settings.ts';
import type { Connection } from '../sip/connection.ts';
import type { AgentLeg } from './agentLeg.ts';

/** What a desk is paused for before it has told anything. */
const initialPauseReason = 'registered';

export interface Agent {
  readonly account: PracticeAccount;
  /** The queues this agent is a member of, by id. */
  queues: readonly string[];
  /** By queue; of those who are free the lowest are asked first. Absent: 0. */
  penalties: ReadonlyMap<string, number>;
  /** The registered contact; undefined while nobody is registered. */
  connection: Connection | undefined;
  ready: boolean;
  /** Why not ready, in the desk's word; empty while ready. */
  pauseReason: string;
  /** Since when there is nothing to do; the longest idle gets the next caller. */
  idleSinceMs: number;
  /**
   * Calls off the moment of rest after a call; undefined outside of one. The timer ends it, not a look at the clock:
   * a timer may run a millisecond before its time, and no second one comes.
   */
  endRest: (() => void) | undefined;
  /** Ringing, talking and held legs. */
  readonly legs: Set<AgentLeg>;
}

/** The accounts of the PBX and what it knows of the people behind them. */
export class Agents {
  #agents: Map<string, Agent>;
  #clock: Clock;
  #events: PracticeEvents;
  #wrapUpMs: number;
  #onChange: () => void;

  constructor(options: {
    accounts: readonly PracticeAccount[];
    clock: Clock;
    events: PracticeEvents;
    wrapUpMs: number;
    /** Called when somebody may have become free. */
    onChange: () => void;
  }) {
    this.#clock = options.clock;
    this.#events = options.events;
    this.#wrapUpMs = options.wrapUpMs;
    this.#onChange = options.onChange;
    this.#agents = new Map(
      options.accounts.map((account) => [account.extension, newAgent(account)]),
    );
  }

  find(extension: string): Agent | undefined {
    return this.#agents.get(extension);
  }

  get all(): Agent[] {
    return [...this.#agents.values()];
  }

  /** The newest contact replaces the one before; a desk that registers anew starts paused. */
  registered(agent: Agent, connection: Connection): void {
    if (agent.connection === connection) return;
    agent.connection = connection;
    this.#events.emit('agentRegistered', this.#stamp(agent));
    this.setAvailability(agent, { ready: false, reason: initialPauseReason });
  }

  unregistered(agent: Agent, cause: 'asked' | 'expired' | 'socket-lost'): void {
    if (!agent.connection) return;
    agent.connection = undefined;
    agent.ready = false;
    agent.pauseReason = cause;
    this.#events.emit('agentUnregistered', { ...this.#stamp(agent), cause });
    this.#onChange();
  }

  /** `by`: who said so; the desk itself, or somebody at the control interface. */
  setAvailability(
    agent: Agent,
    told: { ready: boolean; reason: string },
    by: 'desk' | 'control' = 'desk',
  ): void {
    const changed = agent.ready !== told.ready || agent.pauseReason !== told.reason;
    if (told.ready && !agent.ready) agent.idleSinceMs = this.#clock.now();
    agent.ready = told.ready;
    agent.pauseReason = told.ready ? '' : told.reason;
    if (changed) {
      this.#events.emit('agentAvailabilityChanged', {
        ...this.#stamp(agent),
        available: told.ready,
        reason: agent.pauseReason,
        by,
      });
    }
    this.#onChange();
  }

  setQueues(
    agent: Agent,
    queues: readonly string[],
    penalties: ReadonlyMap<string, number> = agent.penalties,
  ): void {
    agent.queues = [...queues];
    agent.penalties = new Map([...penalties].filter(([queue]) => queues.includes(queue)));
    this.#events.emit('agentQueuesChanged', {
      ...this.#stamp(agent),
      queues: [...queues],
      penalties: Object.fromEntries(agent.penalties),
    });
    this.#onChange();
  }

  legStarted(leg: AgentLeg): void {
    this.find(leg.extension)?.legs.add(leg);
    this.#onChange();
  }

  /** An agent who talked gets a moment before the next offer; one who only let it ring does not. */
  legGone(leg: AgentLeg): void {
    const agent = this.find(leg.extension);
    if (!agent?.legs.delete(leg)) return;
    if (leg.isAnswered) {
      agent.idleSinceMs = this.#clock.now();
      this.#rest(agent);
    }
    this.#onChange();
  }

  #rest(agent: Agent): void {
    agent.endRest?.();
    if (this.#wrapUpMs === 0) return;
    agent.endRest = this.#clock.after(this.#wrapUpMs, () => {
      agent.endRest = undefined;
      this.#onChange();
    });
  }

  /** Registered, told to be ready, with nothing in hand. */
  isAvailable(agent: Agent): boolean {
    return (
      agent.ready &&
      agent.connection?.isReachable === true &&
      agent.legs.size === 0 &&
      agent.endRest === undefined
    );
  }

  /** The available agents of a queue, the lowest penalty first, then the longest idle. */
  availableIn(queueId: string): Agent[] {
    return this.all
      .filter((agent) => agent.queues.includes(queueId) && this.isAvailable(agent))
      .sort(
        (left, right) =>
          penaltyIn(left, queueId) - penaltyIn(right, queueId) ||
          left.idleSinceMs - right.idleSinceMs,
      );
  }

  #stamp(agent: Agent): { extension: string; atMs: number } {
    return { extension: agent.account.extension, atMs: this.#clock.now() };
  }
}

function penaltyIn({ penalties }: Agent, queueId: string): number {
  return penalties.get(queueId) ?? 0;
}

function newAgent(account: PracticeAccount): Agent {
  return {
    account,
    queues: account.queues,
    penalties: new Map(),
    connection: undefined,
    ready: false,
    pauseReason: 'unregistered',
    idleSinceMs: 0,
    endRest: undefined,
    legs: new Set(),
  };
}
