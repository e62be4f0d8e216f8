import type { Invitation } from 'sip.js';
import { between } from '../random.ts';
import type { Connection } from '../sip/connection.ts';
import { type DialogName, parseReplaces } from '../sip/replaces.ts';
import type { AgentLeg } from './agentLeg.ts';
import type { Agent } from './agents.ts';
import type { Call } from './call.ts';
import type { RingResult } from './deskLegs.ts';
import { type Destination, destinationOf } from './dialPlan.ts';
import type { Exchange } from './exchange.ts';
import { asksTooShort } from './legTimer.ts';
import { EchoTest, type Person, TestTone } from './simulatedEnds.ts';
import type { WaitingRoom } from './waitingRoom.ts';

/** Whoever has a number of mainland China is taken to speak Chinese. */
export function languageOf(number: string): 'zh' | 'en' {
  return /^(\+?86|0|1[3-9]\d{9}$)/.test(number) ? 'zh' : 'en';
}

function unescaped(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

/** The calls the desks make: to each other, to the test extensions, to people outside. */
export class Dialling {
  #exchange: Exchange;
  #known: { extensions: ReadonlySet<string>; queueIds: ReadonlySet<string> };

  #waitingRoom: WaitingRoom;

  constructor(exchange: Exchange, waitingRoom: WaitingRoom) {
    this.#exchange = exchange;
    this.#waitingRoom = waitingRoom;
    const { accounts, queues } = exchange.context.settings;
    this.#known = {
      extensions: new Set(accounts.map((account) => account.extension)),
      queueIds: new Set(queues.map((queue) => queue.id)),
    };
  }

  destination(dialled: string): Destination {
    return destinationOf(unescaped(dialled), this.#known);
  }

  /** 403 to a desk that is not registered, 481 to a Replaces that names no call of this account. */
  handle(connection: Connection, invitation: Invitation): void {
    const agent = this.#exchange.agents.find(connection.extension ?? '');
    if (agent?.connection !== connection) {
      invitation.reject({ statusCode: 403 }).catch(() => undefined);
      return;
    }
    const { timing } = this.#exchange.context.settings;
    if (asksTooShort(invitation.request, timing)) {
      const extraHeaders = [`Min-SE: ${timing.minSessionExpiresS}`];
      invitation.reject({ statusCode: 422, extraHeaders }).catch(() => undefined);
      return;
    }
    const replaces = invitation.request.getHeader('Replaces');
    if (replaces !== undefined) this.#takeOver(agent, connection, invitation, replaces);
    else this.#dial(agent, connection, invitation);
  }

  /** Someone outside, ready to be talked with. */
  outsider(number: string): Person {
    const { settings, random, voices } = this.#exchange.context;
    const language = languageOf(number);
    const scenarios = voices.scenarios(language);
    return this.#exchange.person({
      language,
      scenario: scenarios[Math.floor(random() * scenarios.length)],
      talkMs: between(random, settings.timing.talkMs),
    });
  }

  #dial(agent: Agent, connection: Connection, invitation: Invitation): void {
    const { events, clock } = this.#exchange.context;
    const { extension, name } = agent.account;
    const number = invitation.request.ruri?.user ?? '';
    const call = this.#exchange.open({
      direction: 'outbound',
      caller: { number: extension, name },
      number,
    });
    const leg = this.#exchange.dialled(agent, connection, invitation, (outcome) => {
      if (outcome.kind === 'answered') {
        this.#exchange.connect(call);
        this.#exchange.answered(call, extension);
      } else this.#exchange.finish(call, outcome.kind === 'cancelled' ? 'pbx' : 'agent', leg);
    });
    this.#exchange.seat(call, 'near', leg);
    this.#exchange.chronicle.dialled(leg, call);
    const destination = this.destination(number);
    if (destination.kind === 'outside') call.callerId = this.#shownNumber(invitation);
    const callerId = call.callerId ?? null;
    const dialled = { callRef: call.ref, atMs: clock.now(), extension, number, callerId };
    events.emit('callDialled', dialled);
    this.#lead(call, leg, destination);
  }

  #lead(call: Call, leg: AgentLeg, destination: Destination): void {
    call.state = 'ringing';
    switch (destination.kind) {
      case 'echo':
        this.#exchange.seat(call, 'far', new EchoTest());
        leg.answer();
        return;
      case 'tone':
        this.#exchange.seat(call, 'far', new TestTone());
        leg.answer();
        return;
      case 'no-answer':
        leg.ring();
        return;
      case 'outside':
        this.#ringOutside(call, leg, destination.number);
        return;
      case 'agent':
        this.#ringColleague(call, leg, destination.extension);
        return;
      case 'queue':
        this.#askQueue(call, leg, destination.queueId);
        return;
      case 'busy':
        this.#refuse(call, leg, 486);
        return;
      case 'unreachable':
        this.#refuse(call, leg, 480);
        return;
      default:
        this.#refuse(call, leg, 404);
    }
  }

  #ringOutside(call: Call, leg: AgentLeg, number: string): void {
    const { clock, random, settings } = this.#exchange.context;
    leg.ring();
    this.#exchange.seat(call, 'far', this.outsider(number));
    clock.after(between(random, settings.timing.outsideRingMs), () => leg.answer());
  }

  #ringColleague(call: Call, leg: AgentLeg, extension: string): void {
    const colleague = this.#exchange.agents.find(extension);
    const statusCode = this.reachability(colleague);
    if (!colleague || statusCode !== 200 || extension === leg.extension) {
      this.#refuse(call, leg, statusCode === 200 ? 486 : statusCode);
      return;
    }
    leg.ring();
    this.#exchange.ring(colleague, call, (result) => this.#colleagueRung(call, leg, result));
  }

  /** 200 if the desk can be rung, otherwise why not. */
  reachability(agent: Agent | undefined): 200 | 480 | 486 {
    if (!agent?.connection?.isReachable) return 480;
    return agent.legs.size > 0 && !agent.account.callWaiting ? 486 : 200;
  }

  /** A desk asks a queue: whoever of its members is free takes the call. */
  #askQueue(call: Call, leg: AgentLeg, queueId: string): void {
    leg.ring();
    this.#waitingRoom.enter(call, {
      queueId,
      onTaken: (taken) => {
        this.#exchange.seat(call, 'far', taken);
        leg.answer();
      },
    });
  }

  /** The number that the called side sees: the one the desk prefers among those it may show (RFC 3325 section 9.2). */
  #shownNumber(invitation: Invitation): string | undefined {
    const { ownNumbers } = this.#exchange.context.settings;
    const preferred = invitation.request.getHeader('P-Preferred-Identity') ?? '';
    const wanted = /(?:sip|tel):([^@;>]+)/i.exec(preferred)?.[1];
    return ownNumbers.find((number) => number === unescaped(wanted ?? '')) ?? ownNumbers[0];
  }

  #colleagueRung(call: Call, leg: AgentLeg, result: RingResult): void {
    if (result.kind === 'answered') {
      if (leg.isOver) {
        result.leg.hangUp();
        return;
      }
      this.#exchange.seat(call, 'far', result.leg);
      leg.answer();
    } else if (!leg.isOver) {
      this.#refuse(call, leg, result.kind === 'refused' ? result.statusCode : 480);
    }
  }

  #refuse(call: Call, leg: AgentLeg, statusCode: number): void {
    this.#exchange.unseat(leg);
    this.#exchange.chronicle.left(leg, 'customer');
    leg.reject(statusCode);
    this.#exchange.finish(call, 'pbx');
  }

  #takeOver(agent: Agent, connection: Connection, invitation: Invitation, replaces: string): void {
    const name = parseReplaces(replaces);
    const old = name && this.#legNamed(agent, name);
    if (!old) {
      invitation.reject({ statusCode: 481 }).catch(() => undefined);
      return;
    }
    const leg = this.#exchange.dialled(agent, connection, invitation, (outcome) => {
      if (outcome.kind === 'answered') this.#tookOver(old, leg);
    });
    leg.answer();
  }

  #legNamed(agent: Agent, name: DialogName): AgentLeg | undefined {
    return [...agent.legs].find((leg) => leg.isAnswered && !leg.isOver && leg.isNamed(name));
  }

  /** The new leg takes the old one's place, then the old dialog is ended (RFC 3891 section 3). */
  #tookOver(old: AgentLeg, leg: AgentLeg): void {
    const call = this.#exchange.callOf(old);
    if (!call) {
      leg.hangUp();
      return;
    }
    this.#exchange.unseat(old, leg);
    old.hangUp();
    this.#exchange.context.events.emit('callTakenOver', {
      callRef: call.ref,
      atMs: this.#exchange.context.clock.now(),
      extension: leg.extension,
    });
  }
}
