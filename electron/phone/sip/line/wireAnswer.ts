import { createHash } from 'node:crypto';
import { allOf, firstOf, type WireMessage } from './wireMessage.ts';

/** What is wrong with a request, and the answer that says so. */
export interface Fault {
  status: number;
  /** The part that is wrong, for the log and the reason phrase; never a value of the message. */
  why: string;
  headers: string[];
}

const reasons: Record<number, string> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  414: 'Request-URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  501: 'Not Implemented',
  505: 'Version Not Supported',
  513: 'Message Too Large',
};

export function fault(status: number, why: string, headers: string[] = []): Fault {
  return { status, why, headers };
}

/**
 * The final answer without a transaction (RFC 3261 §8.2.6, §8.2.7): Via, From, To, Call-ID and CSeq as far as they are
 * there; the same tag for the same request.
 */
export function refusal(message: WireMessage, { status, why, headers }: Fault): string {
  const to = firstOf(message, 'to');
  const reason = status === 400 ? `Bad Request (${why})` : reasons[status];
  const lines = [
    `SIP/2.0 ${status} ${reason}`,
    ...allOf(message, 'via').map((via) => `Via: ${oneLine(via)}`),
    ...copied('From', firstOf(message, 'from')),
    ...copied('To', to === undefined ? undefined : tagged(to, message)),
    ...copied('Call-ID', firstOf(message, 'call-id')),
    ...copied('CSeq', firstOf(message, 'cseq')),
    ...headers,
    'Content-Length: 0',
    '',
    '',
  ];
  return lines.join('\r\n');
}

function copied(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${name}: ${oneLine(value)}`];
}

function tagged(to: string, message: WireMessage): string {
  if (/;\s*tag\s*=/iu.test(to)) return to;
  const of = ['via', 'call-id', 'cseq'].map((name) => firstOf(message, name) ?? '').join('\n');
  return `${to};tag=${createHash('sha256').update(of).digest('hex').slice(0, 10)}`;
}

/** Nothing that was sent can begin a line of the answer. */
function oneLine(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return value.replace(/\r\n[ \t]+/gu, ' ').replace(/[\u0000-\u0008\u000a-\u001f\u007f]/gu, '');
}
