import type { Log, MediaPort } from '#electron/core/providers.ts';

/** Rings in the media page exactly as long as a call rings here. */
export class Ringer {
  #media: MediaPort;
  #log: Log;
  #isOn = false;

  constructor(media: MediaPort, log: Log) {
    this.#media = media;
    this.#log = log;
  }

  set(on: boolean): void {
    if (on === this.#isOn) return;
    this.#isOn = on;
    this.#media.run('ring', { on }).then((rung) => {
      if (!rung.ok) this.#log.info('phone ring tone not heard', { code: rung.error.code });
    });
  }

  /** A freshly loaded page is silent. */
  pageLoaded(): void {
    const was = this.#isOn;
    this.#isOn = false;
    this.set(was);
  }
}
