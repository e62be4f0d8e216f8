import type { AgentLeg } from './agentLeg.ts';
import type { Agent } from './agents.ts';
import type { Call } from './call.ts';
import type { RingResult } from './deskLegs.ts';
import type { Exchange } from './exchange.ts';
import { autoAnswerHeaders } from './offerHeaders.ts';

interface Waiting {
  call: Call;
  queueId: string;
  /** The only agent this caller may be offered to, if there is one. */
  onlyExtension: string | undefined;
  /** Extensions of agents who did not take this caller a moment ago. */
  spared: Set<string>;
  isOffered: boolean;
  onTaken: (leg: AgentLeg) => void;
  cancelPatience: () => void;
}

/** The queues: who waits, and who is offered to whom. First come, first served; longest idle rings first. */
export class WaitingRoom {
  #exchange: Exchange;
  #waiting: Waiting[] = [];
  #pumpIsDue = false;
  #closed = false;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** The caller waits for at most `patienceMs`, then hangs up. */
  enter(
    call: Call,
    options: {
      queueId: string;
      /** Undefined: waits as long as it takes. */
      patienceMs?: number;
      onlyExtension?: string | undefined;
      /** What to do with the leg that took the caller; default: both talk at once. */
      onTaken?: (leg: AgentLeg) => void;
    },
  ): void {
    call.state = 'waiting';
    call.queueId = options.queueId;
    this.#exchange.chronicle.entered(call, options.queueId);
    this.#waiting.push({
      call,
      queueId: options.queueId,
      onlyExtension: options.onlyExtension,
      spared: new Set(),
      isOffered: false,
      onTaken: options.onTaken ?? ((leg) => this.#meet(call, leg)),
      cancelPatience:
        options.patienceMs === undefined
          ? () => undefined
          : this.#exchange.context.clock.after(options.patienceMs, () =>
              this.#exchange.finish(call, 'abandoned'),
            ),
    });
    this.consider();
  }

  /** To be called when a call is over or taken. */
  leave(call: Call): void {
    const entry = this.#waiting.find((waiting) => waiting.call === call);
    entry?.cancelPatience();
    this.#waiting = this.#waiting.filter((waiting) => waiting.call !== call);
  }

  get count(): number {
    return this.#waiting.length;
  }

  countIn(queueId: string): number {
    return this.#waiting.filter((entry) => entry.queueId === queueId).length;
  }

  /** Looks, once this turn is over, whether a waiting caller can be offered to somebody. */
  consider(): void {
    if (this.#pumpIsDue || this.#closed) return;
    this.#pumpIsDue = true;
    queueMicrotask(() => {
      this.#pumpIsDue = false;
      if (!this.#closed) this.#pump();
    });
  }

  close(): void {
    this.#closed = true;
    for (const entry of this.#waiting) entry.cancelPatience();
    this.#waiting = [];
  }

  #pump(): void {
    for (const entry of [...this.#waiting]) {
      if (entry.isOffered) continue;
      const agent = this.#agentFor(entry);
      if (agent) this.#offer(entry, agent);
    }
  }

  #agentFor(entry: Waiting): Agent | undefined {
    return this.#exchange.agents
      .availableIn(entry.queueId)
      .filter(({ account }) => (entry.onlyExtension ?? account.extension) === account.extension)
      .find(({ account }) => !entry.spared.has(account.extension));
  }

  #offer(entry: Waiting, agent: Agent): void {
    entry.isOffered = true;
    entry.call.state = 'ringing';
    const { queues } = this.#exchange.context.settings;
    // Only what the queue itself offers is taken without ringing: a colleague may be asked first.
    const isQuick = queues.find(({ id }) => id === entry.queueId)?.autoAnswer === true;
    this.#exchange.ring(agent, entry.call, (result) => this.#offered(entry, agent, result), {
      headers: isQuick ? autoAnswerHeaders : [],
      queueId: entry.queueId,
    });
  }

  #offered(entry: Waiting, agent: Agent, result: RingResult): void {
    const { call } = entry;
    const { extension } = agent.account;
    entry.isOffered = false;
    if (result.kind === 'answered') {
      this.leave(call);
      if (call.state === 'ended') {
        result.leg.hangUp();
        return;
      }
      this.#exchange.chronicle.taken(call);
      entry.onTaken(result.leg);
      return;
    }
    if (call.state === 'ended') return;
    call.state = 'waiting';
    this.#spare(entry, extension);
    this.#tellDeclined(call, agent, result);
    this.consider();
  }

  #meet(call: Call, leg: AgentLeg): void {
    this.#exchange.seat(call, call.near ? 'far' : 'near', leg);
    this.#exchange.connect(call);
    this.#exchange.answered(call, leg.extension);
  }

  #spare(entry: Waiting, extension: string): void {
    const { clock, settings } = this.#exchange.context;
    entry.spared.add(extension);
    clock.after(settings.timing.retryMs, () => {
      entry.spared.delete(extension);
      this.consider();
    });
  }

  #tellDeclined(call: Call, agent: Agent, result: RingResult): void {
    const { clock, events } = this.#exchange.context;
    const declined = {
      callRef: call.ref,
      atMs: clock.now(),
      extension: agent.account.extension,
    };
    if (result.kind !== 'refused') {
      events.emit('callDeclined', { ...declined, cause: 'unanswered' });
    } else if (!agent.connection) {
      events.emit('callDeclined', { ...declined, cause: 'lost' });
    } else {
      events.emit('callDeclined', {
        ...declined,
        cause: 'refused',
        statusCode: result.statusCode,
      });
    }
  }
}
