import { Grammar } from 'sip.js';

type Rule =
  | 'Call_ID'
  | 'Contact'
  | 'Content_Type'
  | 'CSeq'
  | 'From'
  | 'Record_Route'
  | 'Refer_To'
  | 'Replaces'
  | 'SIP_URI'
  | 'To'
  | 'Via';

const host = String.raw`([a-z0-9]+\.)*[a-z][a-z0-9]*|\d{1,2}(\.\d{1,2}){3}`;
const port = String.raw`(:\d{1,5})?`;
const uri = `sips?:[a-z0-9+_.-]+@(${host})${port}(;transport=(ws|wss|udp|tcp|tls))?`;
const address = String.raw`("[^"\\<>\p{Cc}]*" )?<${uri}>(;tag=[a-z0-9.-]+|;expires=\d{1,9})*`;
/** What nearly every message looks like. The grammar takes about 0.1 ms for each, and longer to say no. */
const plain: Partial<Record<Rule, RegExp>> = {
  Call_ID: /^[\w.-]+(@[\w.-]+)?$/u,
  Contact: new RegExp(`^${address}$`, 'iu'),
  Content_Type: /^[\w-]+\/[\w.+-]+$/u,
  CSeq: /^\d{1,10} [A-Z]+$/u,
  From: new RegExp(`^${address}$`, 'iu'),
  SIP_URI: new RegExp(`^${uri}$`, 'iu'),
  To: new RegExp(`^${address}$`, 'iu'),
  Via: new RegExp(
    String.raw`^SIP/2\.0/(WS|WSS|UDP|TCP|TLS) (${host})${port}(;rport)?;branch=[\w.-]+$`,
    'u',
  ),
};

/** Whether the SIP library can read this value of this header. */
export function isReadable(rule: Rule, value: string): boolean {
  return plain[rule]?.test(value) || Grammar.parse(value, rule) !== -1;
}

/** The addresses in a Contact that can be read: `<sip:a@b>, <sip:c@d>` are two. */
export function contactsIn(value: string): number {
  return plain.Contact?.test(value) ? 1 : [Grammar.parse(value, 'Contact')].flat().length;
}

export type { Rule };
