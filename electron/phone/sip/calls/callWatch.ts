import type { MediaStats } from '#shared/contract/media.ts';
import { Sampler } from '../quality/sampler.ts';
import { quietly } from '../quietly.ts';
import { askAfter } from './askAfter.ts';
import { lostEnd } from './endings.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';
import type { ConnectionState } from './sessionDescriptionHandler.ts';
import { beginWatch, watch } from './watchdog.ts';

export interface CallWatchOptions {
  host: LegHost;
  /** Between two looks, ms. */
  everyMs: number;
  /** The PBX did not answer: its socket and the registration are to be proven. */
  doubt: () => void;
}

interface Watching {
  sampler: Sampler;
  state: ReturnType<typeof beginWatch>;
  isLooking: boolean;
  /** Packets of the peer connection as they stood at the last look. */
  counted: { session: string; packets: number } | null;
}

/** Looks at every call that is up, once a second: how it sounds, and whether it is still one. */
export class CallWatch {
  #options: CallWatchOptions;
  #watched = new Map<Leg, Watching>();
  #cancel: (() => void) | null = null;

  constructor(options: CallWatchOptions) {
    this.#options = options;
  }

  /** Follows a leg while it is up. */
  legChanged(leg: Leg): void {
    if (leg.isEnded) this.#watched.delete(leg);
    else if (leg.isUp && !this.#watched.has(leg)) this.#begin(leg);
    if (this.#watched.size === 0) this.stop();
  }

  /** The addresses of this machine changed: paths that were good may lead nowhere now. */
  pathChanged(): void {
    const at = this.#options.host.clock.now();
    for (const watching of this.#watched.values()) watching.state.pathChangedAt = at;
  }

  /** Asks after every call now. */
  askAll(): void {
    for (const leg of this.#watched.keys()) this.#ask(leg);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #begin(leg: Leg): void {
    this.#watched.set(leg, {
      sampler: new Sampler(),
      state: beginWatch(this.#options.host.clock.now()),
      isLooking: false,
      counted: null,
    });
    if (!this.#cancel) this.#next();
  }

  #next(): void {
    const { clock } = this.#options.host;
    this.#cancel = clock.after(this.#options.everyMs, () => {
      this.#next();
      for (const [leg, watching] of this.#watched) {
        if (!watching.isLooking) quietly(this.#options.host.log, () => this.#look(leg, watching));
      }
    });
  }

  async #look(leg: Leg, watching: Watching): Promise<void> {
    const { host } = this.#options;
    const { session } = leg.media;
    watching.isLooking = true;
    const stats = leg.media.stale ? null : await this.#stats(session);
    watching.isLooking = false;
    if (!leg.isUp || !this.#watched.has(leg)) return;
    const listens = leg.state === 'talking' && leg.media.farSideSends;
    this.#measure(leg, watching, stats);
    const looked = watch(watching.state, {
      at: host.clock.now(),
      listens,
      hears: hasMore(watching, session, stats),
      connection: stats && connectionOf(stats),
      reachable: host.isRegistered(),
    });
    watching.state = looked.now;
    if (looked.act === 'ask') this.#ask(leg);
    if (looked.act === 'repair') host.repair(leg);
    if (looked.act === 'end') leg.hangUp(lostEnd('neither the PBX nor the far side gave a sign'));
  }

  async #stats(session: string): Promise<MediaStats | null> {
    const { media } = this.#options.host;
    if (!media.present()) return null;
    const stats = await media.run('stats', { session });
    return stats.ok ? stats.value : null;
  }

  #measure(leg: Leg, { sampler }: Watching, stats: MediaStats | null): void {
    const measurable =
      stats?.connection !== 'new' &&
      stats?.connection !== 'connecting' &&
      leg.state === 'talking' &&
      !leg.changing &&
      leg.media.farSideSends;
    const { clock } = this.#options.host;
    const measured =
      measurable && stats ? sampler.take(leg.media.session, stats, clock.now()) : sampler.pause();
    if (measured) leg.measured(measured.quality, measured.audio);
  }

  #ask(leg: Leg): void {
    const { host, doubt } = this.#options;
    quietly(host.log, async () => {
      const word = await askAfter(host, leg);
      if (!leg.isUp) return;
      if (word === 'gone' && !leg.changing && !leg.transferring) {
        host.log.info('phone call unknown to the PBX', { state: leg.state });
        leg.hangUp(lostEnd('the PBX does not know this call any more'));
      }
      if (word === 'silent' && host.isRegistered()) doubt();
    });
  }
}

function hasMore(watching: Watching, session: string, stats: MediaStats | null): boolean {
  if (!stats) return false;
  const before = watching.counted;
  watching.counted = { session, packets: stats.packetsReceived };
  return before?.session !== session
    ? stats.packetsReceived > 0
    : stats.packetsReceived > before.packets;
}

const states = new Set(['new', 'connecting', 'connected', 'disconnected', 'failed', 'closed']);

function connectionOf(stats: MediaStats): ConnectionState | null {
  return states.has(stats.connection) ? (stats.connection as ConnectionState) : null;
}
