import { pick, type Random } from '#server/practice/random.ts';
import { sdp } from './messages/message.ts';

/** The call that is up while messages come; requests within it carry its tags. */
export interface Dialog {
  callId: string;
  ownTag: string;
  deskTag: string;
}

export interface Request {
  method: string;
  bytes: Buffer;
}

const inDialog = ['INVITE', 'BYE', 'INFO', 'REFER', 'NOTIFY', 'OPTIONS', 'MESSAGE', 'ACK', 'PRACK'];
const outside = ['MESSAGE', 'NOTIFY', 'SUBSCRIBE', 'REFER', 'BYE', 'CANCEL', 'OPTIONS', 'PUBLISH'];
const statuses = [
  100, 180, 183, 200, 202, 302, 401, 407, 408, 423, 481, 486, 491, 500, 503, 603, 699,
];
const pbx = 'pbx.invalid';

/** Makes well-formed messages to this desk; each has a number of its own. */
export class Templates {
  #contact: string;
  #random: Random;

  constructor(contact: string, random: Random) {
    this.#contact = contact;
    this.#random = random;
  }

  /** A new call, by `nameOf(number)` in Call-ID and X-Call-Ref. */
  invite(number: number): Request {
    const id = nameOf(number);
    return this.#request('INVITE', {
      callId: id,
      ownTag: `f${number}`,
      sequence: 1,
      branch: id,
      more: [`X-Call-Ref: ${id}`, 'X-Queue: service', 'Content-Type: application/sdp'],
      body: sdp('192.0.2.9'),
    });
  }

  cancel(number: number): Request {
    const id = nameOf(number);
    return this.#request('CANCEL', { callId: id, ownTag: `f${number}`, sequence: 1, branch: id });
  }

  ack(dialog: Dialog): Request {
    return this.within(dialog, 'ACK', 1, 'first');
  }

  within(dialog: Dialog, method: string, sequence: number, branch: string): Request {
    const hasBody = method === 'INVITE' || method === 'INFO';
    const more: Record<string, string[]> = {
      INVITE: ['Content-Type: application/sdp'],
      INFO: ['Content-Type: application/dtmf-relay'],
      REFER: [`Refer-To: <sip:600@${pbx}>`],
      NOTIFY: ['Event: refer', 'Subscription-State: active;expires=60'],
      PRACK: ['RAck: 1 1 INVITE'],
    };
    return this.#request(method, {
      ...dialog,
      sequence,
      branch: `d-${branch}`,
      more: more[method] ?? [],
      body: hasBody ? sdp('192.0.2.9') : '',
    });
  }

  /** Any message: a new call most often, something within the call that is up, something of no call, an answer. */
  any(number: number, dialog: Dialog | null): Request {
    const choice = this.#random();
    if (choice < 0.45) return this.invite(number);
    if (choice < 0.75 && dialog) {
      const method = pick(this.#random, inDialog) ?? 'INFO';
      return this.within(dialog, method, 2 + number, String(number));
    }
    if (choice < 0.9) return this.#outside(number);
    return this.#answer(number);
  }

  #outside(number: number): Request {
    const method = pick(this.#random, outside) ?? 'MESSAGE';
    const id = nameOf(number);
    return this.#request(method, { callId: id, ownTag: 'o', sequence: 1, branch: id });
  }

  /** An answer to a request that was never made. */
  #answer(number: number): Request {
    const status = pick(this.#random, statuses) ?? 200;
    const method = pick(this.#random, ['INVITE', 'REGISTER', 'MESSAGE', 'BYE']) ?? 'INVITE';
    const lines = [
      `SIP/2.0 ${status} Whatever`,
      `Via: SIP/2.0/WS ${this.#contact.split('@')[1]?.split(';')[0]};branch=z9hG4bK${number}`,
      `From: <sip:2041@${pbx}>;tag=a${number}`,
      `To: <sip:2041@${pbx}>;tag=b${number}`,
      `Call-ID: ${nameOf(number)}`,
      `CSeq: 1 ${method}`,
      `Contact: <sip:x@${pbx}>`,
      'Max-Forwards: 70',
      'Content-Length: 0',
    ];
    return { method: `answer to ${method}`, bytes: Buffer.from([...lines, '', ''].join('\r\n')) };
  }

  #request(
    method: string,
    of: Partial<Dialog> & {
      sequence: number;
      branch: string;
      more?: string[];
      body?: string;
    },
  ): Request {
    const { body = '', more = [] } = of;
    const lines = [
      `${method} ${this.#contact} SIP/2.0`,
      `Via: SIP/2.0/WS ${pbx};branch=z9hG4bK-${of.branch}`,
      'Max-Forwards: 70',
      `From: "Wang" <sip:4001@${pbx}>;tag=${of.ownTag ?? 'f'}`,
      `To: <sip:2041@${pbx}>${of.deskTag ? `;tag=${of.deskTag}` : ''}`,
      `Call-ID: ${of.callId}`,
      `CSeq: ${of.sequence} ${method}`,
      `Contact: <sip:pbx@${pbx}>`,
      ...more,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    return { method, bytes: Buffer.from([...lines, '', body].join('\r\n')) };
  }
}

/** A name that a flipped byte does not turn into another's. */
export function nameOf(number: number): string {
  return `m-${number}-${((number * 2_654_435_761) >>> 0).toString(36)}`;
}

/** The number in such a name, or null. */
export function numberOf(name: string): number | null {
  const number = Number(/^m-(\d{1,9})-/u.exec(name)?.[1] ?? Number.NaN);
  return nameOf(number) === name ? number : null;
}
