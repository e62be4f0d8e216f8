import { contactsIn } from './grammar.ts';
import { type Fault, fault } from './wireAnswer.ts';
import { allOf, firstOf, type WireMessage } from './wireMessage.ts';

/** RFC 3261 §25.1: rfc1123-date, GMT alone. */
const dateForm =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/u;
const sdpType = /^application\/sdp\s*(;|$)/iu;
const takesSdp = ['application/sdp', 'application/*', '*/*'];

/** What an INVITE needs beyond any request before it may ring. */
export function inviteFault(message: WireMessage): Fault | null {
  if (!/;\s*tag\s*=/iu.test(firstOf(message, 'from') ?? '')) return fault(400, 'tag of From');
  const contacts = allOf(message, 'contact').reduce((sum, value) => sum + contactsIn(value), 0);
  if (contacts !== 1) return fault(400, 'Contact');
  if (!allOf(message, 'date').every((date) => dateForm.test(date))) return fault(400, 'Date');
  return bodyFault(message) ?? acceptFault(message);
}

/** RFC 3261 §8.2.3: a body must be one that this desk understands. */
function bodyFault(message: WireMessage): Fault | null {
  const type = firstOf(message, 'content-type');
  const encoding = firstOf(message, 'content-encoding') ?? 'identity';
  const length = Number(firstOf(message, 'content-length') ?? message.body.length);
  if (length === 0) return null;
  if (type === undefined) return fault(400, 'missing content-type');
  if (!/^identity$/iu.test(encoding)) return fault(415, 'encoding', ['Accept-Encoding: identity']);
  return sdpType.test(type) ? null : fault(415, 'body', ['Accept: application/sdp']);
}

/** The answer is a session description: an asker who takes none cannot have one (RFC 4475 §3.3.15). */
function acceptFault(message: WireMessage): Fault | null {
  const accepted = allOf(message, 'accept')
    .flatMap((value) => value.split(','))
    .map((range) => range.split(';', 1)[0]?.trim().toLowerCase() ?? '');
  if (accepted.length === 0 || accepted.some((range) => takesSdp.includes(range))) return null;
  return fault(406, 'Accept');
}
