import { type URI, UserAgent } from 'sip.js';

/** Digits with optional leading `+`, `*` and `#` of service codes, or an extension by name. */
const dialable = /^(\+?[0-9*#]{1,40}|[A-Za-z0-9][\w.-]{0,39})$/u;
const number = /^\+?[0-9*#]{1,32}$/u;

/** The address of a number, an extension or a queue at this PBX; undefined where it is none of them. */
export function targetUri(userAgent: UserAgent, target: string): URI | undefined {
  return dialable.test(target) ? at(userAgent, target) : undefined;
}

/** P-Preferred-Identity (RFC 3325 §9.2) for a number to show; undefined where it is no number. */
export function preferredIdentity(userAgent: UserAgent, callerId: string): string | undefined {
  const uri = number.test(callerId) ? at(userAgent, callerId) : undefined;
  return uri && `P-Preferred-Identity: <${uri.toString()}>`;
}

function at(userAgent: UserAgent, user: string): URI | undefined {
  const { host } = userAgent.configuration.uri;
  return UserAgent.makeURI(`sip:${user.replaceAll('#', '%23')}@${host}`);
}
