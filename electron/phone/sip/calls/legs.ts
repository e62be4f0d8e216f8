import type { Invitation, Session } from 'sip.js';
import type { Clock, Log, MediaPort } from '#electron/core/providers.ts';
import type { MediaEvent } from '#shared/contract/media.ts';
import type { Result } from '#shared/result.ts';
import type { DialOptions, PhoneEvent, PhoneLeg, PhoneRules } from '../../phone.ts';
import type { Line } from '../line/line.ts';
import { quietly } from '../quietly.ts';
import { CallWatch } from './callWatch.ts';
import { Conference } from './conference.ts';
import { completedBy, type LegEnd, lostEnd } from './endings.ts';
import { Floor } from './floor.ts';
import { refresh } from './hold.ts';
import { receive, reject } from './incoming.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';
import { repair } from './recovery.ts';
import { Ringer } from './ringer.ts';
import { LegMedia } from './sessionDescriptionHandler.ts';

export interface LegsOptions {
  media: MediaPort;
  clock: Clock;
  log: Log;
  random: () => number;
  gatherMs: number;
  rules: () => PhoneRules;
  /** Between two looks at a call that is up, ms. */
  watchEveryMs: number;
  emit: (event: PhoneEvent) => void;
}

type Connection = Extract<MediaEvent, { type: 'connection' }>;

/** The calls of this desk on one line, with their media sessions. */
export class Legs {
  #options: LegsOptions;
  #line: Line;
  #host: LegHost;
  #legs = new Map<string, Leg>();
  #handlers = new WeakMap<Session, LegMedia>();
  #media = new Map<string, LegMedia>();
  #ringer: Ringer;
  #conference: Conference;
  #floor: Floor;
  #watch: CallWatch;
  #onSocketLost = new Set<() => void>();
  #afterRegistration: (() => void)[] = [];
  #pageLoads = 0;
  #closing = false;

  constructor(options: LegsOptions, line: Line) {
    this.#options = options;
    this.#line = line;
    this.#ringer = new Ringer(options);
    this.#conference = new Conference(options.media, options.log);
    this.#host = this.#makeHost();
    this.#watch = new CallWatch({
      host: this.#host,
      everyMs: options.watchEveryMs,
      doubt: () => line.registration.resume(),
    });
    this.#floor = new Floor(this.#host, () => [...this.#legs.values()], this.#conference);
  }

  /** What gives the floor to a call, or takes it away. */
  get floor(): Floor {
    return this.#floor;
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

  /** An INVITE came; one more than may wait is sent back to the queue by 486. */
  offered(invitation: Invitation, wireAt: number): void {
    const refusal = this.#refusal();
    if (refusal) {
      quietly(this.#options.log, () => invitation.reject({ statusCode: refusal }));
      return;
    }
    const leg = receive(this.#host, invitation);
    this.#legs.set(leg.id, leg);
    this.#options.emit({ type: 'offered', leg: leg.view(), wireAt });
    this.#ring();
  }

  /** A call that this desk makes; known as soon as it is on its way. */
  async place(target: string, options: DialOptions): Promise<Result<Leg>> {
    try {
      return await this.#floor.place(target, options, (leg) => this.#placed(leg));
    } finally {
      // An offer that came meanwhile waited beside a call that there may not be.
      this.#ring();
    }
  }

  /** Calls that are not up live on their socket alone; those that are up go on over the next one. */
  socketLost(): void {
    for (const leg of [...this.#legs.values()]) {
      if (!leg.isUp) leg.hangUp(lostEnd('the connection to the PBX was lost'));
      else leg.moved = true;
    }
    for (const listener of [...this.#onSocketLost]) listener();
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

  /** Nobody hears anything until a page is loaded again. */
  pageGone(): void {
    for (const leg of this.#legs.values()) {
      if (leg.isUp) leg.setMediaState('lost');
    }
  }

  pageLoaded(): void {
    this.#pageLoads += 1;
    this.#ringer.pageLoaded();
    this.#conference.pageLoaded();
    for (const leg of this.#legs.values()) {
      if (leg.isUp) this.#repair(leg);
    }
  }

  /** The addresses of this machine changed. */
  pathChanged(): void {
    this.#watch.pathChanged();
  }

  /** Asks the PBX after every call: it may have ended while nobody here listened. */
  askAll(): void {
    this.#watch.askAll();
  }

  connection(event: Connection): void {
    this.#media.get(event.session)?.heard(event.state);
  }

  /** Ends every call from here; none comes after. */
  endAll(): void {
    this.#closing = true;
    for (const leg of [...this.#legs.values()]) {
      if (leg.state === 'ringing') reject(this.#host, leg, 'busy');
      else leg.hangUp(endByAgent(leg));
    }
  }

  #placed(leg: Leg): void {
    this.#legs.set(leg.id, leg);
    this.#options.emit({ type: 'changed', leg: leg.view() });
    this.#ring();
  }

  #repair(leg: Leg): void {
    leg.setMediaState('lost');
    // A dialog that is being passed on is not exchanged; what becomes of the call decides.
    if (leg.transferring) return;
    quietly(this.#options.log, () => repair(this.#host, leg));
  }

  /** Status for an offer that cannot ring here; null for one that can. */
  #refusal(): number | null {
    if (this.#closing) return 480;
    const { waitingCalls } = this.#options.rules();
    return this.#ringing >= waitingCalls + (this.#floor.isTaken ? 0 : 1) ? 486 : null;
  }

  get #ringing(): number {
    return [...this.#legs.values()].filter((leg) => leg.state === 'ringing').length;
  }

  #ring(): void {
    if (this.#ringing === 0) this.#ringer.set('off');
    else this.#ringer.set(this.#floor.isTaken ? 'waiting' : 'ringing');
  }

  #onLegChanged(leg: Leg): void {
    if (leg.isEnded) this.#legs.delete(leg.id);
    this.#conference.legChanged(leg);
    this.#watch.legChanged(leg);
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
      onSocketLost: (listener) => {
        this.#onSocketLost.add(listener);
        return () => this.#onSocketLost.delete(listener);
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
