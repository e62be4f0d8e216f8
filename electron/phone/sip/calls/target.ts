import { type URI, UserAgent } from 'sip.js';
import { isLineName, isPlainNumber, longestTarget } from '#shared/domain/calls/dialable.ts';

/** The address of a number, an extension or a queue at this PBX; undefined where it is none of them. */
export function targetUri(domain: string, target: string): URI | undefined {
  const isTarget = isPlainNumber(target, longestTarget) || isLineName(target);
  return isTarget ? at(domain, target) : undefined;
}

/** P-Preferred-Identity (RFC 3325 §9.2) for a number to show; undefined where it is no number. */
export function preferredIdentity(domain: string, callerId: string): string | undefined {
  const uri = isPlainNumber(callerId) ? at(domain, callerId) : undefined;
  return uri && `P-Preferred-Identity: <${uri.toString()}>`;
}

function at(domain: string, user: string): URI | undefined {
  return UserAgent.makeURI(`sip:${user.replaceAll('#', '%23')}@${domain}`);
}
