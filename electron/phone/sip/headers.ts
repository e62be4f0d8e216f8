import { Grammar, type NameAddrHeader } from 'sip.js';
import { readableFrom } from './line/wireText.ts';

export const mostNumberCharacters = 500;
export const mostNameCharacters = 200;
const mostReferenceCharacters = 200;

/** What the phone wants of an incoming message; sip.js' request fits. */
export interface Headers {
  getHeader(name: string): string | undefined;
  getHeaders(name: string): string[];
}

export interface CallerHeaders {
  number: string;
  name: string | null;
  callRef: string;
  queueId: string | null;
  waitedMs: number | null;
  transferredBy: string | null;
  autoAnswer: boolean;
  /** Extension of the agent who is listened to; null for a customer's call. */
  listening: string | null;
}

/**
 * Control characters, line and paragraph separators, bidirectional marks, embeddings and isolates, zero-width
 * characters and all else that Unicode shows as nothing, lone surrogates: nothing of it belongs in a name on the screen.
 */
const unseen =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|\p{Surrogate}/gu;
/** No name needs more marks on one letter; a tower of them would cover what stands above and below. */
const towers = /(\p{M}{3})\p{M}+/gu;
/** Marks before the first letter would sit on what stands before the name. */
const leadingMarks = /^[\p{M}\s]+/u;
/** More is never looked at: a name of 64 KB costs no more than a long one. */
const mostLookedAt = 4_096;

/** What came from outside, as harmless text: one line, left to right as it is written, at most this many characters. */
export function visible(text: string, mostCharacters: number): string {
  const clean = cut(text, mostLookedAt)
    .replace(/\s+/gu, ' ')
    .replace(unseen, '')
    .normalize('NFC')
    .replace(towers, '$1')
    .replace(leadingMarks, '')
    .trim();
  return clean.length <= mostCharacters ? clean : cut(clean, mostCharacters);
}

/** Cuts at UTF-16 units, as the caps are counted, but never through a surrogate pair. */
function cut(text: string, mostCharacters: number): string {
  return text.slice(0, mostCharacters).replace(/\p{Surrogate}$/u, '');
}

/**
 * Who is calling and for which queue, from the INVITE: P-Asserted-Identity before From (RFC 3325 §9.1),
 * X-Queue, X-Call-Ref (else `callId`), X-Waited (ms), who passed the call on (X-Transferred-By, else Referred-By,
 * RFC 3892), whether it is to be taken without ringing, and X-Listen. What cannot be read is empty or null.
 */
export function callerHeaders(headers: Headers, callId: string): CallerHeaders {
  const asserted = identityOf(headers.getHeader('P-Asserted-Identity'));
  const from = identityOf(headers.getHeader('From'));
  const identity = asserted ?? from;
  return {
    number: identity?.number ?? '',
    name: identity?.name ?? from?.name ?? null,
    callRef: orNull(headers.getHeader('X-Call-Ref')) ?? visible(callId, mostReferenceCharacters),
    queueId: orNull(headers.getHeader('X-Queue')),
    waitedMs: waitedMs(headers.getHeader('X-Waited')),
    transferredBy:
      orNull(headers.getHeader('X-Transferred-By')) ??
      (identityOf(headers.getHeader('Referred-By'))?.number || null),
    autoAnswer: autoAnswers(headers),
    listening: orNull(headers.getHeader('X-Listen')),
  };
}

/**
 * Who is connected now, from a re-INVITE with P-Asserted-Identity (RFC 3325 §9.1) or with Privacy in its place, and the
 * journey and queue where it names them. The same object where nothing of it differs.
 */
export function connectedParty(headers: Headers, before: CallerHeaders): CallerHeaders {
  const identity = identityOf(headers.getHeader('P-Asserted-Identity')) ?? withheld(headers);
  const number = identity?.number || before.number;
  const now = {
    number,
    name: identity?.name ?? (number === before.number ? before.name : null),
    callRef: orNull(headers.getHeader('X-Call-Ref')) ?? before.callRef,
    queueId: orNull(headers.getHeader('X-Queue')) ?? before.queueId,
  };
  const same =
    now.number === before.number &&
    now.name === before.name &&
    now.callRef === before.callRef &&
    now.queueId === before.queueId;
  return same ? before : { ...before, ...now };
}

/** A party whose number may not be told (RFC 3323 §4.2, RFC 3325 §9.3), as such a caller's From names one. */
function withheld(headers: Headers): { number: string; name: null } | null {
  const isPrivate = /\b(?:id|user|header)\b/iu.test(headers.getHeader('Privacy') ?? '');
  return isPrivate ? { number: 'anonymous', name: null } : null;
}

/** RFC 5373 §5, and the two forms that PBXs sent before it. */
function autoAnswers(headers: Headers): boolean {
  return (
    /^\s*auto\b/iu.test(headers.getHeader('Answer-Mode') ?? '') ||
    headers.getHeaders('Call-Info').some((value) => /;\s*answer-after\s*=\s*0\b/iu.test(value)) ||
    headers
      .getHeaders('Alert-Info')
      .some((value) => /\binfo\s*=\s*"?alert-autoanswer\b/iu.test(value))
  );
}

function orNull(value: string | undefined): string | null {
  return visible(value ?? '', mostReferenceCharacters) || null;
}

function identityOf(value: string | undefined): { number: string; name: string | null } | null {
  if (!value) return null;
  const text = value.length <= mostLookedAt ? value.replace(unseen, '') : '';
  const header = parsed(text) ?? parsed(readableFrom(value) ?? '');
  if (!header) return null;
  const name = visible(unquoted(header.displayName ?? ''), mostNameCharacters);
  return { number: visible(userOf(header), mostNumberCharacters), name: name || null };
}

/** What the grammar leaves of a quoted name: its quoted pairs (RFC 3261 §25.1). */
function unquoted(name: string): string {
  return name.replace(/\\(.)/gu, '$1');
}

function parsed(value: string): NameAddrHeader | null {
  try {
    return Grammar.nameAddrHeaderParse(value) ?? telHeader(value);
  } catch {
    return null;
  }
}

/** A `tel:` identity (RFC 3966), which sip.js' grammar does not know. */
function telHeader(value: string): NameAddrHeader | null {
  const match = /^\s*(?<name>"(?:[^"\\]|\\.)*"|[^<"]*)\s*<tel:(?<number>[^;>]*)[^>]*>/u.exec(value);
  if (!match?.groups) return null;
  const { name = '', number = '' } = match.groups;
  const quoted = name.trim().startsWith('"') ? name.trim() : '""';
  return Grammar.nameAddrHeaderParse(`${quoted} <sip:${number}@tel.invalid>`) ?? null;
}

/** The user part, with percent escapes resolved where they make sense. */
function userOf(header: NameAddrHeader): string {
  const user = header.uri.user ?? '';
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

function waitedMs(value: string | undefined): number | null {
  if (!value || !/^\s*\d{1,10}\s*$/u.test(value)) return null;
  return Number(value);
}
