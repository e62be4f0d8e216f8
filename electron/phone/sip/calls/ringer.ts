import type { Clock, Log, MediaPort } from '#electron/core/providers.ts';

export type Ring = 'off' | 'ringing' | 'waiting';

const againMs = 1_000;
const mostTries = 30;

/** Rings in the media page exactly as long as a call rings here. */
export class Ringer {
  #media: MediaPort;
  #clock: Clock;
  #log: Log;
  #ring: Ring = 'off';

  constructor(of: { media: MediaPort; clock: Clock; log: Log }) {
    this.#media = of.media;
    this.#clock = of.clock;
    this.#log = of.log;
  }

  /** `waiting`: the short tone of a call that waits beside another. */
  set(ring: Ring): void {
    if (ring === this.#ring) return;
    this.#ring = ring;
    this.#tell(1);
  }

  /** A freshly loaded page is silent. */
  pageLoaded(): void {
    if (this.#ring !== 'off') this.#tell(1);
  }

  #tell(tries: number): void {
    const ring = this.#ring;
    this.#media.run('ring', commandOf(ring)).then((rung) => {
      if (rung.ok) return;
      this.#log.info('phone ring tone not changed', { ring, code: rung.error.code });
      // A page that is there but did not hear that it is over would ring for ever.
      if (ring !== 'off' || rung.error.code === 'media-page-absent' || tries === mostTries) return;
      this.#clock.after(againMs, () => {
        if (this.#ring === 'off') this.#tell(tries + 1);
      });
    });
  }
}

function commandOf(ring: Ring): { on: boolean; waiting?: boolean } {
  if (ring === 'waiting') return { on: true, waiting: true };
  return { on: ring === 'ringing' };
}
