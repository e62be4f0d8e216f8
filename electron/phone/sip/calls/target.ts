import { type URI, UserAgent } from 'sip.js';

/** Digits with optional leading `+`, `*` and `#` of service codes, or an extension by name. */
const dialable = /^(\+?[0-9*#]{1,40}|[A-Za-z0-9][\w.-]{0,39})$/u;
const number = /^\+?[0-9*#]{1,32}$/u;

/** The address of a number, an extension or a queue at this PBX; undefined where it is none of them. */
export function targetUri(domain: string, target: string): URI | undefined {
  return dialable.test(target) ? at(domain, target) : undefined;
}

/** P-Preferred-Identity (RFC 3325 §9.2) for a number to show; undefined where it is no number. */
export function preferredIdentity(domain: string, callerId: string): string | undefined {
  const uri = number.test(callerId) ? at(domain, callerId) : undefined;
  return uri && `P-Preferred-Identity: <${uri.toString()}>`;
}

function at(domain: string, user: string): URI | undefined {
  return UserAgent.makeURI(`sip:${user.replaceAll('#', '%23')}@${domain}`);
}
