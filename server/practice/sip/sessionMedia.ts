import type { BodyAndContentType, SessionDescriptionHandler } from 'sip.js';
import type { MediaLeg } from '../media/mediaLeg.ts';

const contentType = 'application/sdp';

/** Carries the offers and answers of a SIP session to its media leg (RFC 3264). */
export class SessionMedia implements SessionDescriptionHandler {
  #leg: MediaLeg;
  #awaits: 'offer' | 'answer' = 'offer';
  #mustAnswer = false;

  constructor(leg: MediaLeg) {
    this.#leg = leg;
  }

  hasDescription(type: string): boolean {
    return type.split(';')[0]?.trim().toLowerCase() === contentType;
  }

  async getDescription(): Promise<BodyAndContentType> {
    if (this.#mustAnswer) {
      const body = await this.#leg.createAnswer();
      this.#mustAnswer = false;
      return { body, contentType };
    }
    const body = await this.#leg.createOffer();
    this.#awaits = 'answer';
    return { body, contentType };
  }

  async setDescription(sdp: string): Promise<void> {
    const type = this.#awaits;
    await this.#leg.setRemote(type, sdp);
    this.#awaits = 'offer';
    this.#mustAnswer = type === 'offer';
  }

  async rollbackDescription(): Promise<void> {
    this.#awaits = 'offer';
    this.#mustAnswer = false;
    await this.#leg.rollback();
  }

  /** The practice PBX never dials digits. */
  sendDtmf(): boolean {
    return false;
  }

  close(): void {
    this.#leg.close();
  }
}
