import { type Core, NameAddrHeader } from 'sip.js';
import type { Agent, Agents } from '../calls/agents.ts';
import type { Clock } from '../clock.ts';
import type { PracticeLog } from '../log.ts';
import type { Connection } from './connection.ts';

const defaultExpiresS = 300;
const mostExpiresS = 3600;

/** The registrar (RFC 3261 section 10.3): one contact per account, the newest wins. */
export class Registrar {
  #agents: Agents;
  #clock: Clock;
  #log: PracticeLog;
  #onRegistered: (agent: Agent, connection: Connection) => void;
  #expiry = new Map<string, { cancel: () => void; endsAtMs: number }>();

  constructor(options: {
    agents: Agents;
    clock: Clock;
    log: PracticeLog;
    onRegistered: (agent: Agent, connection: Connection) => void;
  }) {
    this.#agents = options.agents;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#onRegistered = options.onRegistered;
  }

  handle(connection: Connection, request: Core.IncomingRegisterRequest): void {
    const { message } = request;
    const verdict = connection.guard.check('REGISTER', message.getHeader('Authorization'));
    if (verdict.kind === 'challenge') {
      request.reject({ statusCode: 401, extraHeaders: [verdict.header] });
      return;
    }
    const agent = this.#agents.find(verdict.username);
    const isOthers = (connection.extension ?? verdict.username) !== verdict.username;
    const isForged = message.to.uri.user !== verdict.username;
    if (verdict.kind === 'refused' || !agent || isForged || isOthers) {
      this.#log('warn', 'registration refused', { extension: verdict.username });
      request.reject({ statusCode: 403 });
      return;
    }
    this.#bind(agent, connection, request);
  }

  /** The socket of a registered desk is gone, and its contact with it. */
  lost(connection: Connection): void {
    const agent = this.#agentOf(connection);
    if (agent) this.#remove(agent, 'socket-lost');
  }

  close(): void {
    for (const { cancel } of this.#expiry.values()) cancel();
    this.#expiry.clear();
  }

  #bind(agent: Agent, connection: Connection, request: Core.IncomingRegisterRequest): void {
    const { message } = request;
    const raw = message.getHeader('Contact')?.trim();
    if (raw === undefined) {
      this.#accept(agent, request);
      return;
    }
    const contact: unknown = raw === '*' ? undefined : message.parseHeader('Contact');
    const expiresS = expiresOf(contact, message.getHeader('Expires'));
    if (raw === '*' || expiresS === 0) {
      // A desk that takes its leave after a newer one came must not take that one's contact along.
      if (agent.connection === connection) this.#remove(agent, 'asked');
      this.#accept(agent, request);
      return;
    }
    if (!(contact instanceof NameAddrHeader)) {
      request.reject({ statusCode: 400 });
      return;
    }
    connection.extension = agent.account.extension;
    connection.contact = contact.uri;
    this.#startExpiry(agent, expiresS);
    this.#accept(agent, request, contact.uri.toString());
    this.#onRegistered(agent, connection);
    this.#agents.registered(agent, connection);
  }

  /** Every 200 lists the bindings with the time they have left (RFC 3261 section 10.3 step 8). */
  #accept(agent: Agent, request: Core.IncomingRegisterRequest, newest?: string): void {
    const endsAtMs = this.#expiry.get(agent.account.extension)?.endsAtMs ?? 0;
    const leftS = Math.max(0, Math.ceil((endsAtMs - this.#clock.now()) / 1000));
    const bound = newest ?? agent.connection?.contact?.toString();
    request.accept({
      statusCode: 200,
      extraHeaders: [
        ...(bound ? [`Contact: <${bound}>;expires=${leftS}`] : []),
        `Date: ${new Date(this.#clock.now()).toUTCString()}`,
      ],
    });
  }

  #startExpiry(agent: Agent, expiresS: number): void {
    const { extension } = agent.account;
    this.#expiry.get(extension)?.cancel();
    this.#expiry.set(extension, {
      cancel: this.#clock.after(expiresS * 1000, () => this.#remove(agent, 'expired')),
      endsAtMs: this.#clock.now() + expiresS * 1000,
    });
  }

  #remove(agent: Agent, cause: 'asked' | 'expired' | 'socket-lost'): void {
    this.#expiry.get(agent.account.extension)?.cancel();
    this.#expiry.delete(agent.account.extension);
    this.#agents.unregistered(agent, cause);
  }

  #agentOf(connection: Connection): Agent | undefined {
    const agent = connection.extension ? this.#agents.find(connection.extension) : undefined;
    return agent?.connection === connection ? agent : undefined;
  }
}

/** Seconds; what the contact says goes before the Expires header (RFC 3261 section 10.3 step 7). */
function expiresOf(contact: unknown, header: string | undefined): number {
  const own = contact instanceof NameAddrHeader ? contact.getParam('expires') : undefined;
  const wanted = Number(own ?? header ?? defaultExpiresS);
  if (!Number.isInteger(wanted) || wanted < 0) return defaultExpiresS;
  return Math.min(wanted, mostExpiresS);
}
