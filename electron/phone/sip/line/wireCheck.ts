import { makeBranch } from './branch.ts';
import { isReadable, type Rule } from './grammar.ts';
import { inviteFault } from './inviteCheck.ts';
import { type Fault, fault, refusal } from './wireAnswer.ts';
import {
  allOf,
  firstOf,
  readWire,
  textOf,
  type WireHeader,
  type WireMessage,
} from './wireMessage.ts';
import { readableFrom } from './wireText.ts';

/** What becomes of a message off the socket. */
export type Verdict =
  | { kind: 'taken'; text: string }
  /** Answered here; the SIP library never hears of it. */
  | { kind: 'refused'; why: string; answer: string }
  | { kind: 'dropped'; why: string };

const requestLine = /^(?<method>[^\s]+) (?<uri>.+) (?<version>SIP\/[^\s]+)$/su;
const statusLine = /^SIP\/2\.0 (?<status>[1-6]\d\d) (?<reason>.*)$/su;
const cseqForm = /^(?<number>\d+)\s+(?<method>\S+)$/u;
const sipUri = /^sip:/iu;
const anyScheme = /^[a-z][a-z0-9+.-]*:/iu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const controls = /[\u0000-\u001f\u007f]/u;
const needed = ['via', 'from', 'to', 'call-id', 'cseq'];
const single = [...needed.slice(1), 'max-forwards', 'content-length', 'content-type', 'replaces'];
const mostHeadCharacters = 262_144;
/** Of what the grammar reads, which takes about 10 µs a character: a long message must not stop the desk. */
const mostReadCharacters = 16_384;
const mostUriCharacters = 4_096;
const cseqEnd = 2 ** 31;
/** Methods that the library takes up. */
const takenMethods = 'ACK, BYE, CANCEL, INFO, INVITE, MESSAGE, NOTIFY, OPTIONS, REFER';
/** Known by name and yet for others than a phone. */
const otherMethods = 'PRACK, PUBLISH, REGISTER, SUBSCRIBE, UPDATE';
const taken = new Set(takenMethods.split(', '));
const other = new Set(otherMethods.split(', '));
/** Headers that the library reads of every message, and drops the whole message where it cannot. */
const grammarOf: [header: string, rule: Rule][] = [
  ['via', 'Via'],
  ['to', 'To'],
  ['call-id', 'Call_ID'],
  ['contact', 'Contact'],
  ['content-type', 'Content_Type'],
  ['cseq', 'CSeq'],
  ['record-route', 'Record_Route'],
  ['refer-to', 'Refer_To'],
  ['replaces', 'Replaces'],
];

/**
 * Looks at a message before the SIP library does (RFC 3261 §8.2, §16.3, §18.3): what is malformed, contradicts itself or
 * asks for what this desk has not is answered as the RFC asks, or dropped where no answer may be given: to ACK, to
 * answers, and where nobody would know whom to answer. `supported` are the option tags that `Require` may name.
 */
export function checkWire(data: Buffer, supported: ReadonlySet<string>): Verdict {
  const message = readWire(data);
  mendAddresses(message);
  const status = statusLine.exec(message.startLine);
  if (status || message.startLine.startsWith('SIP/')) return checkAnswer(message, status !== null);
  const request = requestLine.exec(message.startLine)?.groups;
  const method = request?.method ?? message.startLine.split(/\s/u, 1)[0] ?? '';
  const found = requestFault(message, request, supported);
  if (!found) {
    makeBranch(message);
    return { kind: 'taken', text: textOf(message, bodyLength(message)) };
  }
  if (
    method === 'ACK' ||
    allOf(message, 'via').length === 0 ||
    !/\bSIP\//u.test(message.startLine)
  ) {
    return { kind: 'dropped', why: found.why };
  }
  return { kind: 'refused', why: found.why, answer: refusal(message, found) };
}

/** An answer that is not whole is no answer (RFC 3261 §18.1.2); one that it cannot read, the library drops itself. */
function checkAnswer(message: WireMessage, isStatus: boolean): Verdict {
  const why = isStatus ? (shapeFault(message) ?? valueFault(message))?.why : 'no status line';
  if (why) return { kind: 'dropped', why };
  return { kind: 'taken', text: textOf(message, bodyLength(message)) };
}

function requestFault(
  message: WireMessage,
  request: Record<string, string> | undefined,
  supported: ReadonlySet<string>,
): Fault | null {
  if (!request) return fault(400, 'Request-Line');
  const { method = '', uri = '', version = '' } = request;
  if (version !== 'SIP/2.0') return fault(505, 'version');
  return (
    shapeFault(message) ??
    methodFault(message, method) ??
    valueFault(message) ??
    uriFault(uri) ??
    unknownMethod(method) ??
    grammarFault(message) ??
    requireFault(message, method, supported) ??
    (method === 'INVITE' ? inviteFault(message) : null)
  );
}

/** What any message must have, once (RFC 3261 §8.1.1, §20). */
function shapeFault(message: WireMessage): Fault | null {
  const { startLine, headers, isWhole, strangeLines } = message;
  if (!isWhole) return fault(400, 'end of header fields');
  if (strangeLines > 0) return fault(400, 'header line');
  if (controls.test(startLine)) return fault(400, 'control character');
  if (headers.some(({ value }) => hasBareLineEnd(value))) return fault(400, 'line end');
  if (charactersOf(headers) > mostHeadCharacters) return fault(513, 'size');
  const missing = needed.find((name) => firstOf(message, name) === undefined);
  if (missing) return fault(400, `missing ${missing}`);
  const twice = single.find((name) => allOf(message, name).length > 1);
  return twice ? fault(400, `two ${twice}`) : null;
}

function charactersOf(headers: WireHeader[]): number {
  return headers.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
}

function hasBareLineEnd(value: string): boolean {
  return /[\r\n]/u.test(value.replace(/\r\n[ \t]/gu, ''));
}

/** Method and CSeq agree (RFC 3261 §8.1.1.5); an unknown method is told apart from a wrong one (RFC 4475 §3.1.2.18). */
function methodFault(message: WireMessage, method: string): Fault | null {
  const named = cseqForm.exec(firstOf(message, 'cseq') ?? '')?.groups?.method;
  if (named === undefined) return fault(400, 'CSeq');
  if (named === method) return null;
  return taken.has(method) || other.has(method)
    ? fault(400, 'method of CSeq')
    : fault(501, 'method', [`Allow: ${takenMethods}`]);
}

/** RFC 3261 §8.2.1, §21.5.2. */
function unknownMethod(method: string): Fault | null {
  if (taken.has(method)) return null;
  return fault(other.has(method) ? 405 : 501, 'method', [`Allow: ${takenMethods}`]);
}

function valueFault(message: WireMessage): Fault | null {
  const sequence = Number(cseqForm.exec(firstOf(message, 'cseq') ?? '')?.groups?.number);
  // Not below 2^31 (§8.1.1.5); NaN neither.
  if (!(sequence < cseqEnd)) return fault(400, 'CSeq');
  const hops = firstOf(message, 'max-forwards');
  if (hops !== undefined && !isNumberTo(hops, 255)) return fault(400, 'Max-Forwards');
  const length = firstOf(message, 'content-length');
  if (length === undefined) return null;
  return isNumberTo(length, message.body.length) ? null : fault(400, 'Content-Length');
}

function isNumberTo(text: string, most: number): boolean {
  return /^\d{1,9}$/u.test(text) && Number(text) <= most;
}

/** The address this is for (RFC 3261 §8.2.2.1, §7.1: no brackets, no white space, no headers). */
function uriFault(uri: string): Fault | null {
  if (uri.length > mostUriCharacters) return fault(414, 'Request-URI');
  if (!anyScheme.test(uri)) return fault(400, 'Request-URI');
  if (!sipUri.test(uri)) return fault(416, 'scheme');
  if (/[\s<>?]/u.test(uri) || !isReadable('SIP_URI', uri)) {
    return fault(400, 'Request-URI');
  }
  return null;
}

/** Also mends the From, so that a caller with a strange name still rings. */
function grammarFault(message: WireMessage): Fault | null {
  const read = message.headers.filter(({ name }) => grammarOf.some(([header]) => header === name));
  if (charactersOf(read) + message.startLine.length > mostReadCharacters) return fault(513, 'size');
  const from = message.headers.find(({ name }) => name === 'from');
  const readable = from ? readableFrom(from.value) : null;
  if (!from || readable === null) return fault(400, 'From');
  from.value = readable;
  const unreadable = grammarOf.find(([name, rule]) =>
    allOf(message, name).some((value) => !isReadable(rule, value)),
  );
  return unreadable ? fault(400, unreadable[0]) : null;
}

/** An IPv6 address as the grammar of RFC 3261 has it by mistake: three colons for two (RFC 5118 §4.10). */
function mendAddresses(message: WireMessage): void {
  const mended = (text: string): string =>
    text.includes(':::') ? text.replace(/(\[[0-9a-f:]*::):([\d.]+\])/giu, '$1$2') : text;
  message.startLine = mended(message.startLine);
  for (const header of message.headers) header.value = mended(header.value);
}

/** Extensions that the far side insists on (RFC 3261 §8.2.2.3); not for CANCEL, and ACK gets no answer anyway. */
function requireFault(
  message: WireMessage,
  method: string,
  supported: ReadonlySet<string>,
): Fault | null {
  if (method === 'CANCEL' || method === 'ACK') return null;
  const wanted = allOf(message, 'require')
    .flatMap((value) => value.split(','))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && !supported.has(tag.toLowerCase()));
  if (wanted.length === 0) return null;
  return fault(420, 'Require', [`Unsupported: ${wanted.join(', ').replace(/\s+/gu, ' ')}`]);
}

/** Bytes of the body: what stands beyond them is none of it (RFC 3261 §18.3). */
function bodyLength(message: WireMessage): number {
  return Number(firstOf(message, 'content-length') ?? message.body.length);
}
