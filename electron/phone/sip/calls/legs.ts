import type { Invitation, Session } from 'sip.js';
import type { Clock, Log, MediaPort } from '#electron/core/providers.ts';
import type { MediaEvent } from '#shared/contract/media.ts';
import { fail, type Result } from '#shared/result.ts';
import type { PhoneEvent, PhoneLeg } from '../../phone.ts';
import type { Line } from '../line/line.ts';
import { quietly } from '../quietly.ts';
import { completedBy, type LegEnd, lostEnd } from './endings.ts';
import { refresh } from './hold.ts';
import { receive, reject } from './incoming.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';
import { place } from './outgoing.ts';
import { repair } from './recovery.ts';
import { Ringer } from './ringer.ts';
import { LegMedia } from './sessionDescriptionHandler.ts';

export interface LegsOptions {
  media: MediaPort;
  clock: Clock;
  log: Log;
  random: () => number;
  gatherMs: number;
  emit: (event: PhoneEvent) => void;
}

type Connection = Extract<MediaEvent, { type: 'connection' }>;

/** The calls of this desk on one line, with their media sessions. One call at a time. */
export class Legs {
  #options: LegsOptions;
  #line: Line;
  #host: LegHost;
  #legs = new Map<string, Leg>();
  #handlers = new WeakMap<Session, LegMedia>();
  #media = new Map<string, LegMedia>();
  #ringer: Ringer;
  #afterRegistration: (() => void)[] = [];
  #pageLoads = 0;
  #isPlacing = false;

  constructor(options: LegsOptions, line: Line) {
    this.#options = options;
    this.#line = line;
    this.#ringer = new Ringer(options.media, options.log);
    this.#host = this.#makeHost();
  }

  get host(): LegHost {
    return this.#host;
  }

  get(id: string): Leg | undefined {
    return this.#legs.get(id);
  }

  views(): PhoneLeg[] {
    return [...this.#legs.values()].map((leg) => leg.view());
  }

  /** The handler that the SIP library asks for. */
  describe(session: Session): LegMedia {
    const media = this.#handlers.get(session);
    if (!media) throw new Error('a SIP session without a leg');
    media.attach(session);
    return media;
  }

  /** An INVITE came; while another call is here, 486 sends it back to the queue. */
  offered(invitation: Invitation, wireAt: number): void {
    if (this.#isTaken()) {
      quietly(this.#options.log, () => invitation.reject({ statusCode: 486 }));
      return;
    }
    const leg = receive(this.#host, invitation);
    this.#legs.set(leg.id, leg);
    this.#options.emit({ type: 'offered', leg: leg.view(), wireAt });
    this.#ring();
  }

  async place(target: string): Promise<Result<Leg>> {
    if (this.#isTaken()) return fail('call-state', 'another call is on this desk');
    this.#isPlacing = true;
    try {
      return await place(this.#host, target, (leg) => {
        this.#legs.set(leg.id, leg);
        this.#options.emit({ type: 'changed', leg: leg.view() });
      });
    } finally {
      this.#isPlacing = false;
    }
  }

  /** Calls that are not up live on their socket alone; those that are up go on over the next one. */
  socketLost(): void {
    for (const leg of [...this.#legs.values()]) {
      if (!leg.isUp) leg.hangUp(lostEnd('the connection to the PBX was lost'));
      else leg.moved = true;
    }
  }

  registered(): void {
    for (const action of this.#afterRegistration.splice(0)) action();
    for (const leg of this.#legs.values()) {
      if (!leg.isUp) continue;
      if (leg.media.isBroken) this.#repair(leg);
      else if (leg.moved) refresh(this.#host, leg);
      leg.moved = false;
    }
  }

  pageLoaded(): void {
    this.#pageLoads += 1;
    this.#ringer.pageLoaded();
    for (const leg of this.#legs.values()) {
      if (leg.isUp) this.#repair(leg);
    }
  }

  connection(event: Connection): void {
    this.#media.get(event.session)?.heard(event.state);
  }

  /** Ends every call from here. */
  endAll(): void {
    for (const leg of [...this.#legs.values()]) {
      if (leg.state === 'ringing') reject(this.#host, leg, 'busy');
      else leg.hangUp(endByAgent(leg));
    }
  }

  #repair(leg: Leg): void {
    leg.setMediaState('lost');
    quietly(this.#options.log, () => repair(this.#host, leg));
  }

  #ring(): void {
    this.#ringer.set([...this.#legs.values()].some((leg) => leg.state === 'ringing'));
  }

  #isTaken(): boolean {
    return this.#isPlacing || this.#legs.size > 0;
  }

  #onLegChanged(leg: Leg): void {
    if (leg.isEnded) this.#legs.delete(leg.id);
    this.#ring();
    this.#options.emit({ type: 'changed', leg: leg.view() });
  }

  #makeHost(): LegHost {
    const { clock, log, random, media, gatherMs } = this.#options;
    const { userAgent, transport, registration } = this.#line;
    return {
      clock,
      log,
      random,
      media,
      gatherMs,
      userAgent,
      pageLoad: () => this.#pageLoads,
      isConnected: () => transport.isConnected(),
      isRegistered: () => registration.isRegistered && transport.isConnected(),
      newMedia: (held) => {
        const made = new LegMedia(this.#host, held, () => this.#media.delete(made.session));
        this.#media.set(made.session, made);
        return made;
      },
      describeWith: (session, made) => this.#handlers.set(session, made),
      whenRegistered: (action) => {
        if (this.#host.isRegistered()) action();
        else this.#afterRegistration.push(action);
      },
      changed: (leg) => this.#onLegChanged(leg),
      repair: (leg) => this.#repair(leg),
    };
  }
}

/** What it means that the agent ends this call now. */
export function endByAgent(leg: Leg): LegEnd {
  if (leg.isUp) return completedBy('agent');
  return { by: 'agent', how: leg.direction === 'in' ? 'rejected' : 'cancelled', failure: null };
}
