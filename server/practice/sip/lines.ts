import type { Message } from 'sip.js';
import type { WebSocket } from 'ws';
import type { AgentLeg } from '../calls/agentLeg.ts';
import type { Agent, Agents } from '../calls/agents.ts';
import type { Dialling } from '../calls/dialling.ts';
import type { Exchange } from '../calls/exchange.ts';
import { LegProbe } from '../calls/legProbe.ts';
import { practiceRealm } from './address.ts';
import { Connection, type ConnectionListener } from './connection.ts';
import { DigestGuard } from './digest.ts';
import { Registrar } from './registrar.ts';
import { SipSocket } from './sipSocket.ts';

const availabilityUser = 'availability';

/**
 * The desks' lines: sockets that come and go, and the connections with their calls, which outlive a lost socket by
 * the grace time and continue over the socket the desk registers with next.
 */
export class Lines {
  #exchange: Exchange;
  #agents: Agents;
  #dialling: Dialling;
  #registrar: Registrar;
  #connections = new Set<Connection>();
  #sockets = new Set<SipSocket>();
  #grace = new Map<Connection, () => void>();
  #probes = new WeakMap<AgentLeg, LegProbe>();
  #closed = false;

  constructor(exchange: Exchange, dialling: Dialling) {
    this.#exchange = exchange;
    this.#agents = exchange.agents;
    this.#dialling = dialling;
    this.#registrar = new Registrar({
      agents: exchange.agents,
      clock: exchange.context.clock,
      log: exchange.context.log,
      onRegistered: (agent, connection) => this.#resume(agent, connection),
    });
  }

  accept(webSocket: WebSocket): void {
    const { context } = this.#exchange;
    const socket = new SipSocket(webSocket, context.log);
    const connection = new Connection({
      guard: new DigestGuard({
        realm: practiceRealm,
        nonceLifeMs: context.settings.timing.nonceLifeMs,
        now: () => context.clock.now(),
        passwordOf: (username) => this.#agents.find(username)?.account.password,
      }),
      listener: this.#listener,
      log: context.log,
    });
    socket.belongsTo(connection);
    connection.attach(socket);
    this.#connections.add(connection);
    this.#sockets.add(socket);
    socket.onClose(() => this.#socketClosed(socket));
  }

  close(): void {
    this.#closed = true;
    this.#registrar.close();
    for (const cancel of this.#grace.values()) cancel();
    for (const connection of this.#connections) connection.dispose();
    for (const socket of this.#sockets) socket.terminate();
    this.#connections.clear();
  }

  readonly #listener: ConnectionListener = {
    onRegister: (connection, request) => this.#registrar.handle(connection, request),
    onInvite: (connection, invitation) => this.#dialling.handle(connection, invitation),
    onMessage: (connection, message) => this.#takeMessage(connection, message),
  };

  /** `ready` or `paused;reason=<word>` to sip:availability@… tells the queues about an agent. */
  #takeMessage(connection: Connection, message: Message): void {
    const agent = this.#agents.find(connection.extension ?? '');
    const reply = (statusCode: number) =>
      (statusCode < 300 ? message.accept({ statusCode }) : message.reject({ statusCode })).catch(
        () => undefined,
      );
    if (agent?.connection !== connection) reply(403);
    else if (message.request.ruri?.user !== availabilityUser) reply(404);
    else {
      const told = parseAvailability(message.request.body);
      reply(told ? 200 : 400);
      if (told) this.#agents.setAvailability(agent, told);
    }
  }

  #socketClosed(socket: SipSocket): void {
    this.#sockets.delete(socket);
    if (this.#closed) return;
    for (const connection of [...this.#connections]) {
      if (connection.socket === socket) this.#lost(connection);
    }
  }

  #lost(connection: Connection): void {
    connection.detach();
    this.#registrar.lost(connection);
    const legs = this.#exchange.legsOf(connection);
    for (const leg of legs) if (!leg.isAnswered) leg.lose();
    const talking = legs.filter((leg) => leg.isAnswered);
    if (talking.length === 0) {
      this.#drop(connection);
      return;
    }
    const heir = this.#agents.find(connection.extension ?? '')?.connection;
    if (heir?.isReachable && heir.socket) {
      // The desk registered over a newer socket before the old one was seen to be gone.
      this.#move(connection, heir.socket);
      return;
    }
    const { clock, settings } = this.#exchange.context;
    const cancel = clock.after(settings.timing.graceMs, () => this.#giveUp(connection));
    this.#grace.set(connection, cancel);
  }

  #giveUp(connection: Connection): void {
    this.#grace.delete(connection);
    for (const leg of this.#exchange.legsOf(connection)) leg.lose();
    this.#drop(connection);
  }

  #drop(connection: Connection): void {
    this.#connections.delete(connection);
    connection.dispose();
  }

  /** The calls of the account's earlier connections continue over the socket that has just registered. */
  #resume(agent: Agent, connection: Connection): void {
    const { socket } = connection;
    if (!socket || agent.connection === connection) return;
    const legs: AgentLeg[] = [];
    for (const earlier of this.#connections) {
      if (earlier === connection || earlier.extension !== agent.account.extension) continue;
      const own = this.#exchange.legsOf(earlier);
      if (own.length === 0 && !this.#grace.has(earlier)) continue;
      this.#move(earlier, socket);
      legs.push(...own.filter((leg) => leg.isAnswered));
    }
    for (const leg of legs) this.#askAfter(leg);
    const callRefs = legs.flatMap((leg) => this.#exchange.callOf(leg)?.ref ?? []);
    if (callRefs.length === 0) return;
    const { clock, events } = this.#exchange.context;
    const { extension } = agent.account;
    events.emit('agentReturned', { extension, atMs: clock.now(), callRefs });
  }

  /** A desk that was started anew knows nothing of its call: it takes it over now, or the call is lost. */
  #askAfter(leg: AgentLeg): void {
    const { clock, log, events, settings } = this.#exchange.context;
    const { probeMs, takeOverMs } = settings.timing;
    const onForgotten = () => {
      clock.after(takeOverMs, () => leg.lose());
      const { extension } = leg;
      const callRef = this.#exchange.callOf(leg)?.ref;
      if (callRef) events.emit('callForgotten', { callRef, atMs: clock.now(), extension });
    };
    // Of several questions the newest counts: the answers to the others may be lost with their socket.
    this.#probes.get(leg)?.stop();
    this.#probes.set(leg, new LegProbe({ leg, clock, log, answerMs: probeMs, onForgotten }));
  }

  #move(connection: Connection, socket: SipSocket): void {
    this.#grace.get(connection)?.();
    this.#grace.delete(connection);
    socket.adopt(connection);
    connection.attach(socket);
  }
}

/** The body of an availability message. */
export function parseAvailability(body: string): { ready: boolean; reason: string } | undefined {
  const text = body.trim();
  if (text === 'ready') return { ready: true, reason: '' };
  const reason = /^paused(?:;reason=([\w-]{1,40}))?$/.exec(text);
  return reason ? { ready: false, reason: reason[1] ?? 'paused' } : undefined;
}
