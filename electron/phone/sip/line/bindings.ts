import type { IncomingResponse } from 'sip.js/lib/core/index.js';

/** What the registrar holds of an account (RFC 3261 §10.3 step 8). */
export interface Bindings {
  /** Seconds that are left of this desk's own contact; null where it is not there. */
  ownS: number | null;
  /** Contacts of other devices. */
  others: number;
}

/**
 * Reads the contacts of a 200 to REGISTER. A PBX may write another host into an address, but leaves its user part,
 * which is random for each start of the phone.
 */
export function bindingsOf(
  response: Pick<IncomingResponse, 'message'>,
  ownUser: string,
  wantedS: number,
): Bindings {
  const contacts = response.message.getHeaders('Contact').filter((text) => text.trim() !== '');
  const own = contacts.filter((text) => userOf(text) === ownUser);
  const granted = own.map((text) => expiresOf(text) ?? headerExpires(response) ?? wantedS);
  const left = granted.filter((seconds) => seconds > 0);
  return {
    ownS: left.length === 0 ? null : Math.max(...left),
    others: contacts.length - own.length,
  };
}

/** Seconds granted by the answer to a REGISTER: by its own contact, else by Expires, else what was asked. */
export function grantedExpiresS(
  response: Pick<IncomingResponse, 'message'>,
  ownUser: string,
  wantedS: number,
): number {
  const { ownS } = bindingsOf(response, ownUser, wantedS);
  const [first] = response.message.getHeaders('Contact');
  const granted = ownS ?? expiresOf(first ?? '') ?? headerExpires(response) ?? wantedS;
  return granted > 0 ? Math.min(granted, wantedS) : wantedS;
}

function userOf(contact: string): string | null {
  return /sips?:([^@>;\s]+)@/iu.exec(contact)?.[1] ?? null;
}

function expiresOf(contact: string): number | null {
  const seconds = /;\s*expires\s*=\s*(\d{1,9})/iu.exec(contact)?.[1];
  return seconds === undefined ? null : Number(seconds);
}

function headerExpires(response: Pick<IncomingResponse, 'message'>): number | null {
  const seconds = Number.parseInt(response.message.getHeader('Expires') ?? '', 10);
  return Number.isInteger(seconds) && seconds > 0 ? seconds : null;
}
