/** One header field as it came, with its name in lower case and in its long form (RFC 3261 §7.3.3). */
export interface WireHeader {
  name: string;
  /** Without the white space around it; folds are still in it. */
  value: string;
}

/** A SIP message taken apart no further than its lines. */
export interface WireMessage {
  startLine: string;
  headers: WireHeader[];
  /** Header lines that are none: no colon, or no token before it. */
  strangeLines: number;
  /** The empty line that ends the header fields is there. */
  isWhole: boolean;
  body: Buffer;
}

const compactNames: Record<string, string> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
};
const token = /^[\w.!%*+`'~-]+$/u;
const lineEnd = '\r\n';

/** Start line, header fields and body (RFC 3261 §7); line ends before the start line are skipped (§7.5). */
export function readWire(data: Buffer): WireMessage {
  const from = data.findIndex((byte) => byte !== 0x0d && byte !== 0x0a);
  const bytes = from > 0 ? data.subarray(from) : data;
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, end < 0 ? bytes.length : end).toString();
  const [startLine = '', ...lines] = unfolded(head);
  const headers: WireHeader[] = [];
  let strangeLines = 0;
  for (const line of lines) {
    const header = headerOf(line);
    if (header) headers.push(header);
    else if (line !== '' || end >= 0) strangeLines += 1;
  }
  const body = end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4);
  return { startLine, headers, strangeLines, isWhole: end >= 0, body };
}

export function allOf(message: WireMessage, name: string): string[] {
  return message.headers.flatMap((header) => (header.name === name ? [header.value] : []));
}

export function firstOf(message: WireMessage, name: string): string | undefined {
  return message.headers.find((header) => header.name === name)?.value;
}

/** The message as text, with the body cut where `Content-Length` ends it (RFC 3261 §18.3). */
export function textOf(message: WireMessage, length: number): string {
  const lines = message.headers.map(({ name, value }) => `${name}: ${value}`);
  const body = message.body.subarray(0, length).toString();
  return [message.startLine, ...lines, '', body].join(lineEnd);
}

/** Lines that begin with white space go on from the line before (RFC 3261 §7.3.1). */
function unfolded(head: string): string[] {
  const lines: string[] = [];
  for (const line of head.split(lineEnd)) {
    const last = lines.length - 1;
    if (last > 0 && /^[ \t]/u.test(line)) lines[last] += lineEnd + line;
    else lines.push(line);
  }
  return lines;
}

function headerOf(line: string): WireHeader | null {
  const colon = line.indexOf(':');
  const name = line
    .slice(0, Math.max(0, colon))
    .replace(/[ \t]+$/u, '')
    .toLowerCase();
  if (!token.test(name)) return null;
  return { name: compactNames[name] ?? name, value: trimmed(line.slice(colon + 1)) };
}

/** Without the white space and folds around it; any other line end stays to be found. */
function trimmed(value: string): string {
  return value.replace(/^(?:\r\n)?[ \t]+(?:\r\n[ \t]+)*|(?:\r\n)?[ \t]+$/gu, '');
}
