import type { Log, MediaPort } from '#electron/core/providers.ts';
import { ok, type Result } from '#shared/result.ts';
import type { Leg } from './leg.ts';

/**
 * The calls whose far sides hear each other. The media page mixes them; it is told anew whenever a call of it leaves
 * (ended, held), gets another peer connection, or the page was loaded anew.
 */
export class Conference {
  #media: MediaPort;
  #log: Log;
  #members = new Set<Leg>();
  /** What the present page mixes, as told last; null where that is not known. */
  #told: string[] | null = [];

  constructor(media: MediaPort, log: Log) {
    this.#media = media;
    this.#log = log;
  }

  get members(): Leg[] {
    return [...this.#members];
  }

  /** These legs and no others; fewer than two are none. Codes: those of the media page. */
  async set(legs: Leg[]): Promise<Result<null>> {
    const members = new Set(legs.length < 2 ? [] : legs);
    const left = this.members.filter((leg) => !members.has(leg));
    this.#members = members;
    for (const leg of left) leg.setConference(false);
    const told = await this.#tell();
    if (members !== this.#members) return told;
    if (!told.ok) {
      this.#dissolve();
      // A page that only was too slow to say so mixes all the same.
      this.#tell().catch(() => undefined);
    }
    for (const leg of this.#members) leg.setConference(true);
    return told;
  }

  /** Before this change is told to anybody. */
  legChanged(leg: Leg): void {
    if (!this.#members.has(leg)) return;
    if (leg.state !== 'talking') {
      this.#members.delete(leg);
      leg.conference = false;
      if (this.#members.size < 2) this.#dissolve();
    }
    this.#tell().catch(() => undefined);
  }

  /** A freshly loaded page mixes nothing. */
  pageLoaded(): void {
    this.#told = [];
  }

  #dissolve(): void {
    const members = this.members;
    this.#members.clear();
    for (const leg of members) leg.setConference(false);
  }

  async #tell(): Promise<Result<null>> {
    const live = this.members.filter((leg) => !leg.media.stale).map((leg) => leg.media.session);
    const sessions = live.length < 2 ? [] : live;
    if (sessions.join() === this.#told?.join()) return ok(null);
    this.#told = sessions;
    const mixed = await this.#media.run('mix', { sessions });
    if (mixed.ok) return ok(null);
    if (this.#told === sessions) this.#told = null;
    this.#log.warn('phone conference not mixed', { code: mixed.error.code });
    return mixed;
  }
}
