import { createHash } from 'node:crypto';
import { firstOf, type WireMessage } from './wireMessage.ts';

const branchOf = /;\s*branch\s*=\s*(?<branch>[^\s;,]*)/iu;
const cookie = 'z9hG4bK';
const madeForNone = `${cookie}.none.`;
const madeForBare = `${cookie}.bare.`;

/**
 * Gives a request whose topmost Via names no transaction one that does: the library knows requests again by the branch
 * alone. What a request of RFC 2543 is known by goes into it (RFC 3261 §17.2.3), also for a branch that is nothing but
 * the cookie (RFC 4475 §3.2.1). `withoutMadeBranch` takes it out of the answers.
 */
export function makeBranch(message: WireMessage): void {
  const via = message.headers.find(({ name }) => name === 'via');
  if (!via) return;
  const [top = ''] = via.value.split(',', 1);
  const found = branchOf.exec(top);
  const branch = found?.groups?.branch;
  if (branch !== undefined && branch !== '' && branch !== cookie) return;
  const unique = nameOf(message, via.value);
  const better = found
    ? top.replace(branchOf, `;branch=${madeForBare}${unique}`)
    : `${top.trimEnd()};branch=${madeForNone}${unique}`;
  via.value = better + via.value.slice(top.length);
}

/** The answer as it goes out: with the Via that came (RFC 3261 §8.2.6.2). */
export function withoutMadeBranch(text: string): string {
  if (!text.startsWith('SIP/2.0') || !text.includes(cookie)) return text;
  return text
    .replaceAll(/;branch=z9hG4bK\.none\.[0-9a-f]{16}/gu, '')
    .replaceAll(/z9hG4bK\.bare\.[0-9a-f]{16}/gu, cookie);
}

/** The same for INVITE, its ACK and its CANCEL: method and tag of To stay out. */
function nameOf(message: WireMessage, via: string): string {
  const [, uri = ''] = message.startLine.split(' ');
  const sequence = firstOf(message, 'cseq')?.split(/\s/u, 1)[0] ?? '';
  const of = [
    uri,
    via,
    firstOf(message, 'from') ?? '',
    firstOf(message, 'call-id') ?? '',
    sequence,
  ];
  return createHash('sha256').update(of.join('\n')).digest('hex').slice(0, 16);
}
