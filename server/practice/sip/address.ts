import { UserAgent } from 'sip.js';

/** The domain of every address this PBX writes; it resolves nowhere (RFC 2606). */
export const practiceDomain = 'practice.invalid';
export const practiceRealm = 'practice';

export const anonymousNumber = 'anonymous';
const anonymousUri = 'sip:anonymous@anonymous.invalid';

export interface CallerIdentity {
  /** Digits with or without +, or `anonymous`. */
  number: string;
  name: string;
}

/** Header values of a caller: From's URI and display name, and the further headers that carry the identity. */
export function callerHeaders(caller: CallerIdentity) {
  if (caller.number === anonymousNumber) {
    // RFC 3323 section 4.1.1.3: nothing in From may tell who calls.
    return { uri: parsedUri(anonymousUri), displayName: 'Anonymous', headers: ['Privacy: id'] };
  }
  const uri = parsedUri(`sip:${caller.number}@${practiceDomain}`);
  const displayName = headerText(caller.name);
  const quoted = displayName ? `"${displayName}" ` : '';
  const headers = [`P-Asserted-Identity: ${quoted}<sip:${caller.number}@${practiceDomain}>`];
  return { uri, displayName, headers };
}

/** Text that can stand in a header: no line end, no quote, no backslash. */
export function headerText(text: string): string {
  return text.replace(/["\\\p{Cc}]/gu, ' ').trim();
}

/** Throws on text that is no SIP URI: only for addresses this PBX makes itself. */
export function parsedUri(text: string) {
  const uri = UserAgent.makeURI(text);
  if (!uri) throw new Error(`not a SIP address: ${text}`);
  return uri;
}
