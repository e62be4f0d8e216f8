import type { Referral } from 'sip.js';
import { between } from '../random.ts';
import type { CallerIdentity } from '../sip/address.ts';
import { parseReplaces } from '../sip/replaces.ts';
import { AgentLeg } from './agentLeg.ts';
import type { Call } from './call.ts';
import type { RingResult } from './deskLegs.ts';
import type { Dialling } from './dialling.ts';
import type { Destination } from './dialPlan.ts';
import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { EchoTest, Person, TestTone } from './simulatedEnds.ts';
import type { WaitingRoom } from './waitingRoom.ts';

/**
 * REFER (RFC 3515). Blind: the desk is taken out of the call and told 200 as soon as the target can be rung; what
 * cannot be reached is told, and the call stays. Attended (Replaces in Refer-To): the two other sides are joined.
 */
export class Transfers {
  #exchange: Exchange;
  #dialling: Dialling;
  #waitingRoom: WaitingRoom;
  /** Desks whose call rings at its new place, and what to do once that is sure. */
  #pending = new Map<AgentLeg, () => void>();

  constructor(exchange: Exchange, dialling: Dialling, waitingRoom: WaitingRoom) {
    this.#exchange = exchange;
    this.#dialling = dialling;
    this.#waitingRoom = waitingRoom;
    exchange.listen({
      refer: (leg, call, referral) => this.#handle(leg, call, referral),
      // After its 202 a desk may leave before the target rings (RFC 5589 section 6.1).
      leaving: (_call, leg) => {
        const go = this.#pending.get(leg);
        go?.();
        return go !== undefined;
      },
    });
  }

  #handle(leg: AgentLeg, call: Call, referral: Referral): void {
    let target: string;
    let replaces: string | undefined;
    try {
      target = referral.referTo.uri.user ?? '';
      replaces = referral.replaces;
    } catch {
      referral.reject({ statusCode: 400 }).catch(() => undefined);
      return;
    }
    if (call.state !== 'talking') {
      referral.reject({ statusCode: 403 }).catch(() => undefined);
      return;
    }
    referral.accept().catch(() => undefined);
    leg.notifyReferProgress('100 Trying', false);
    if (replaces !== undefined) this.#join(leg, call, decodeURIComponent(replaces));
    else this.#blind(leg, call, target);
  }

  #join(leg: AgentLeg, call: Call, replaces: string): void {
    const name = parseReplaces(replaces);
    const consultLeg =
      name &&
      [...(this.#exchange.agents.find(leg.extension)?.legs ?? [])].find(
        (other) => other !== leg && other.isNamed(name),
      );
    const consultCall = consultLeg && this.#exchange.callOf(consultLeg);
    const target = consultLeg && consultCall?.otherThan(consultLeg);
    if (consultCall?.state !== 'talking' || !target) {
      leg.notifyReferProgress('481 Call/Transaction Does Not Exist', true);
      return;
    }
    this.#exchange.unseat(target);
    this.#exchange.finish(consultCall, 'merged');
    this.#exchange.unseat(leg, target);
    this.#exchange.connect(call);
    if (target instanceof AgentLeg) this.#exchange.chronicle.merged(target, call);
    this.#done(leg, call, { to: consultCall.number, kind: 'attended' });
    for (const end of call.ends) {
      if (end instanceof AgentLeg) end.tellParty(this.#partyBeside(call, end), call.ref);
    }
  }

  /** With whom this desk talks. */
  #partyBeside(call: Call, leg: AgentLeg): CallerIdentity {
    const other = call.otherThan(leg);
    if (other instanceof AgentLeg) {
      const name = this.#exchange.agents.find(other.extension)?.account.name ?? '';
      return { number: other.extension, name };
    }
    return call.direction === 'inbound' ? call.caller : { number: call.number, name: '' };
  }

  #blind(leg: AgentLeg, call: Call, dialled: string): void {
    const destination = this.#dialling.destination(dialled);
    const far = call.otherThan(leg);
    const refusal = far ? this.#refusal(destination, far) : '481 Call/Transaction Does Not Exist';
    if (refusal) {
      leg.notifyReferProgress(refusal, true);
      return;
    }
    if (destination.kind === 'agent') {
      this.#ringAgent(call, leg, destination.extension);
      return;
    }
    this.#exchange.unseat(leg);
    this.#done(leg, call, { to: dialled, kind: 'blind' });
    this.#lead(call, leg, destination);
  }

  #refusal(destination: Destination, far: Endpoint): string | undefined {
    switch (destination.kind) {
      case 'agent': {
        const agent = this.#exchange.agents.find(destination.extension);
        const statusCode = this.#dialling.reachability(agent);
        return statusCode === 200 ? undefined : statusLine(statusCode);
      }
      case 'queue':
        return far instanceof Person ? undefined : '403 Forbidden';
      case 'busy':
        return '486 Busy Here';
      case 'unreachable':
      case 'no-answer':
        return '480 Temporarily Unavailable';
      case 'unknown':
        return '404 Not Found';
      default:
        return undefined;
    }
  }

  #lead(call: Call, leg: AgentLeg, destination: Destination): void {
    switch (destination.kind) {
      case 'queue':
        call.transferredBy = leg.extension;
        this.#requeue(call, destination.queueId);
        return;
      case 'outside':
        this.#meet(call, this.#dialling.outsider(destination.number));
        return;
      case 'echo':
        this.#meet(call, new EchoTest());
        return;
      case 'tone':
        this.#meet(call, new TestTone());
        return;
      default:
        return;
    }
  }

  /** Takes the empty place of the call. */
  #meet(call: Call, end: Endpoint): void {
    this.#exchange.seat(call, call.near ? 'far' : 'near', end);
    this.#exchange.connect(call);
  }

  /** The desk keeps the caller until the colleague's desk rings; refused before, the call stays where it is. */
  #ringAgent(call: Call, from: AgentLeg, extension: string): void {
    const agent = this.#exchange.agents.find(extension);
    if (!agent) return;
    const by = call.transferredBy;
    call.transferredBy = from.extension;
    const go = () => {
      if (!this.#pending.delete(from)) return;
      this.#exchange.unseat(from);
      call.state = 'ringing';
      this.#done(from, call, { to: extension, kind: 'blind' });
    };
    this.#pending.set(from, go);
    const rung = (result: RingResult) => {
      if (result.kind === 'answered') go();
      if (this.#pending.delete(from)) {
        call.transferredBy = by;
        from.notifyReferProgress(statusLine(statusOf(result)), true);
      } else this.#rung(call, { from: from.extension, to: extension }, result);
    };
    this.#exchange.ring(agent, call, rung, { onRinging: go });
  }

  #rung(call: Call, way: { from: string; to: string }, result: RingResult): void {
    if (result.kind === 'answered') {
      if (call.state === 'ended') {
        result.leg.hangUp();
        return;
      }
      this.#meet(call, result.leg);
      this.#exchange.answered(call, way.to);
    } else if (call.state !== 'ended') this.#return(call, way);
  }

  /** Nobody took the caller over: back to the queue, or to the one who passed them on, or nothing is left to do. */
  #return(call: Call, { from, to }: { from: string; to: string }): void {
    if (call.queueId && (call.far ?? call.near) instanceof Person) {
      this.#requeue(call, call.queueId);
      return;
    }
    const agent = this.#exchange.agents.find(from);
    if (!agent?.connection?.isReachable) {
      this.#exchange.finish(call, 'pbx');
      return;
    }
    const { clock, events } = this.#exchange.context;
    events.emit('callReturned', { callRef: call.ref, atMs: clock.now(), extension: from });
    call.transferredBy = to;
    this.#exchange.ring(agent, call, (result) => {
      if (result.kind === 'answered') this.#rung(call, { from: to, to: from }, result);
      else this.#exchange.finish(call, 'pbx');
    });
  }

  #requeue(call: Call, queueId: string): void {
    const { random, settings } = this.#exchange.context;
    const patienceMs = between(random, settings.timing.patienceMs);
    this.#waitingRoom.enter(call, { queueId, patienceMs });
  }

  #done(leg: AgentLeg, call: Call, to: { to: string; kind: 'blind' | 'attended' }): void {
    const { clock, events, settings } = this.#exchange.context;
    leg.notifyReferProgress('200 OK', true);
    this.#exchange.chronicle.transferred(leg, to.to);
    clock.after(settings.timing.transferByeMs, () => leg.hangUp());
    events.emit('callTransferred', {
      callRef: call.ref,
      atMs: clock.now(),
      from: leg.extension,
      ...to,
    });
  }
}

const reasons: Record<number, string> = {
  404: 'Not Found',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  487: 'Request Terminated',
  603: 'Decline',
};

function statusLine(statusCode: number): string {
  return `${statusCode} ${reasons[statusCode] ?? 'Failed'}`;
}

function statusOf(result: RingResult): number {
  return result.kind === 'refused' ? result.statusCode : 480;
}
