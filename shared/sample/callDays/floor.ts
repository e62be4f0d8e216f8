import type { AgentStateName } from '../../domain/agents/agentState.ts';
import type { AgentPlan } from './centre.ts';
import type { Shift } from './shifts.ts';

/** An agent on duty. */
export interface Seat {
  agent: AgentPlan;
  to: number;
  /** Those that are still to be taken. */
  breaks: Shift['breaks'];
  state: AgentStateName;
  since: number;
}

type TellState = (
  agentId: string,
  state: AgentStateName,
  reason: string | null,
  at: number,
) => void;

/** Who is there and does what. */
export class Floor {
  readonly #tell: TellState;
  readonly #byQueue = new Map<string, Seat[]>();

  constructor(tell: TellState) {
    this.#tell = tell;
  }

  signIn({ agent, to, breaks }: Shift, at: number): Seat {
    const seat: Seat = { agent, to, breaks: [...breaks], state: 'signedOut', since: at };
    for (const id of agent.queueIds) this.#of(id).push(seat);
    return seat;
  }

  signOut(seat: Seat, at: number): void {
    this.put(seat, 'signedOut', at);
    for (const id of seat.agent.queueIds) {
      const seats = this.#of(id);
      seats.splice(seats.indexOf(seat), 1);
    }
  }

  put(seat: Seat, state: AgentStateName, at: number, reason: string | null = null): void {
    if (seat.state === state) return;
    seat.state = state;
    seat.since = at;
    this.#tell(seat.agent.id, state, reason, at);
  }

  /** Who has been ready longest of those who work for the queue. */
  readyFor(queueId: string): Seat | null {
    let found: Seat | null = null;
    for (const seat of this.#of(queueId)) {
      if (seat.state === 'ready' && (found === null || seat.since < found.since)) found = seat;
    }
    return found;
  }

  hasTwoReady(queueId: string): boolean {
    let ready = 0;
    for (const seat of this.#of(queueId)) {
      if (seat.state === 'ready' && ++ready === 2) return true;
    }
    return false;
  }

  #of(queueId: string): Seat[] {
    let seats = this.#byQueue.get(queueId);
    if (!seats) {
      seats = [];
      this.#byQueue.set(queueId, seats);
    }
    return seats;
  }
}
