import type { UserAgent } from 'sip.js';
import type { IncomingResponse, OutgoingRequestDelegate } from 'sip.js/lib/core/index.js';

export interface Answered {
  accepted(response: IncomingResponse): void;
  refused(response: IncomingResponse): void;
}

/** The requests to the registrar of one user agent: one Call-ID, rising CSeq (RFC 3261 §10.2). */
export class RegisterRequests {
  #userAgent: UserAgent;
  #callId: string | null = null;
  #fromTag: string | null = null;
  #cseq = 0;

  constructor(userAgent: UserAgent) {
    this.#userAgent = userAgent;
  }

  /** The user part of this desk's contact. */
  get ownUser(): string {
    return this.#userAgent.contact.uri.user ?? '';
  }

  /** Binds this desk for `expiresS` seconds; 0 takes it away. */
  bind(expiresS: number, on: Answered): void {
    const contact = this.#userAgent.contact.toString({ register: true });
    this.#send([`Contact: ${contact};expires=${expiresS}`, `Expires: ${expiresS}`], on);
  }

  /** Asks for the contacts that are bound (RFC 3261 §10.2.3: a REGISTER without Contact). */
  query(on: Answered): void {
    this.#send([], on);
  }

  /** Asks whether anybody is there; every answer says so. */
  options(on: Answered): void {
    const { uri } = this.#userAgent.configuration;
    const core = this.#userAgent.userAgentCore;
    const message = core.makeOutgoingRequestMessage('OPTIONS', this.#registrar(), uri, uri, {}, []);
    core.request(
      message,
      answered(on, () => undefined),
    );
  }

  #send(headers: string[], on: Answered): void {
    const { uri } = this.#userAgent.configuration;
    const core = this.#userAgent.userAgentCore;
    this.#cseq += 1;
    const message = core.makeOutgoingRequestMessage(
      'REGISTER',
      this.#registrar(),
      uri,
      uri,
      {
        cseq: this.#cseq,
        ...(this.#callId ? { callId: this.#callId } : {}),
        ...(this.#fromTag ? { fromTag: this.#fromTag } : {}),
      },
      [...headers, 'Allow: ACK,BYE,CANCEL,INFO,INVITE,MESSAGE,NOTIFY,OPTIONS,REFER'],
    );
    this.#callId = message.callId;
    this.#fromTag = message.fromTag;
    // A challenge raises the message's own CSeq (RFC 3261 §22.1): go on from there.
    const keepCseq = (): void => {
      this.#cseq = Math.max(this.#cseq, message.cseq);
    };
    core.register(message, answered(on, keepCseq));
  }

  #registrar() {
    const registrar = this.#userAgent.configuration.uri.clone();
    registrar.user = undefined;
    return registrar;
  }
}

function answered(on: Answered, first: () => void): OutgoingRequestDelegate {
  const refused = (response: IncomingResponse): void => {
    first();
    on.refused(response);
  };
  return {
    onAccept: (response) => {
      first();
      on.accepted(response);
    },
    onReject: refused,
    onRedirect: refused,
  };
}
