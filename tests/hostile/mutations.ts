import type { Random } from '#server/practice/random.ts';
import { pick } from '#server/practice/random.ts';

/** A change of a well-formed message; `isBroken` where what comes out can be no well-formed request any more. */
export interface Mutation {
  name: string;
  isBroken: boolean;
  apply(message: Buffer, random: Random): Buffer;
}

const needed = ['Via', 'From', 'To', 'Call-ID', 'CSeq', 'Contact'];
const hugeBytes = 65_536;
const blank = '\r\n\r\n';

const upTo = (random: Random, end: number): number => Math.floor(random() * end);
const asText = (message: Buffer): string => message.toString('latin1');
const asBytes = (text: string): Buffer => Buffer.from(text, 'latin1');

function withHead(message: Buffer, change: (lines: string[]) => string[]): Buffer {
  const text = asText(message);
  const end = text.indexOf(blank);
  return asBytes(change(text.slice(0, end).split('\r\n')).join('\r\n') + text.slice(end));
}

/** The lines without the one of this header. */
function without(lines: string[], name: string): string[] {
  return lines.filter((line) => !line.startsWith(`${name}:`));
}

function withValue(message: Buffer, name: string, value: string): Buffer {
  return withHead(message, (lines) =>
    lines.map((line) => (line.startsWith(`${name}:`) ? `${name}: ${value}` : line)),
  );
}

/** One value in the place of a header's. */
function wrongValue(name: string, values: string[]): Mutation {
  return {
    name: `wrong ${name}`,
    isBroken: true,
    apply: (message, random) => withValue(message, name, pick(random, values) ?? ''),
  };
}

function headerLine(random: Random, lines: string[]): number {
  return 1 + upTo(random, lines.length - 1);
}

export const mutations: Mutation[] = [
  {
    name: 'byte flips',
    isBroken: false,
    apply: (message, random) => {
      const flipped = Buffer.from(message);
      for (let count = 1 + upTo(random, 8); count > 0; count -= 1) {
        flipped[upTo(random, flipped.length)] = upTo(random, 256);
      }
      return flipped;
    },
  },
  {
    name: 'truncated head',
    isBroken: true,
    apply: (message, random) => message.subarray(0, upTo(random, message.indexOf(blank) + 3)),
  },
  {
    name: 'removed header',
    isBroken: true,
    apply: (message, random) => {
      const name = pick(random, needed) ?? 'Via';
      return withHead(message, (lines) => without(lines, name));
    },
  },
  {
    name: 'doubled header',
    isBroken: true,
    apply: (message, random) => {
      const name = pick(random, [
        'From',
        'To',
        'Call-ID',
        'CSeq',
        'Content-Length',
        'Max-Forwards',
      ]);
      return withHead(message, (lines) => [
        ...lines,
        ...lines.filter((line) => line.startsWith(`${name}:`)).map((line) => `${line}1`),
      ]);
    },
  },
  {
    name: 'huge header of nobody',
    isBroken: false,
    apply: (message, random) => {
      const value = String.fromCharCode(33 + upTo(random, 200)).repeat(hugeBytes);
      return withHead(message, (lines) => [...lines, `X-Huge: ${value}`]);
    },
  },
  {
    name: 'huge name',
    isBroken: false,
    apply: (message) =>
      withValue(message, 'From', `"${'N'.repeat(hugeBytes)}" <sip:4001@pbx.invalid>;tag=huge`),
  },
  {
    name: 'huge needed header',
    isBroken: true,
    apply: (message, random) => {
      const name = pick(random, needed) ?? 'Via';
      return withValue(message, name, '<;"'.repeat(hugeBytes / 3));
    },
  },
  {
    name: 'many headers',
    isBroken: false,
    apply: (message) =>
      withHead(message, (lines) => [
        ...lines,
        ...Array.from({ length: 2_000 }, (_one, at) => `X-${at}: ${at}`),
      ]),
  },
  {
    name: 'shuffled headers',
    isBroken: false,
    apply: (message, random) =>
      withHead(message, ([first = '', ...lines]) => [
        first,
        ...lines
          .map((line) => ({ line, at: random() }))
          .sort((a, b) => a.at - b.at)
          .map(({ line }) => line),
      ]),
  },
  wrongValue('Content-Length', [
    '-1',
    '999999',
    '1e3',
    '0x10',
    '',
    'ten',
    '99999999999999999999',
    '1 2',
  ]),
  wrongValue('CSeq', [
    '1',
    'INVITE',
    '-1 INVITE',
    '4294967296 INVITE',
    '1 BYEINVITE',
    '1.5 INVITE',
    '',
  ]),
  wrongValue('Via', ['', 'SIP', 'SIP/2.0/WS', 'SIP/2.0/WS ;branch=', ';;,;,,', '\u0000']),
  wrongValue('From', [
    '',
    '<',
    '<sip:',
    '"',
    'nobody',
    '<<sip:a@b>>;tag=1',
    '<sip:4001@pbx.invalid>',
  ]),
  wrongValue('To', ['', '<', '"open <sip:2041@pbx.invalid>', '< sip:2041@pbx.invalid >', ';tag=']),
  wrongValue('Contact', ['', '*;', '<sip:', '<>', '<sip:a@b>, <sip:c@d>', '"']),
  wrongValue('Max-Forwards', ['-1', '256', 'many', '1e9']),
  wrongValue('Call-ID', ['', ' ', 'a b c', '\u0001']),
  {
    name: 'wrong start line',
    isBroken: true,
    apply: (message, random) =>
      withHead(message, ([first = '', ...lines]) => {
        const [method, uri, version] = first.split(' ');
        const wrong = pick(random, [
          '',
          `${method}  ${uri}  ${version}`,
          `${method} ${uri}`,
          `${method} <${uri}> ${version}`,
          `${method} ${uri}?Route=%3Csip:a%3E ${version}`,
          `${method} ${uri} SIP/3.0`,
          `${method} ${uri} ${version} `,
          `${method} sips:[::1 ${version}`,
          `${method} isbn:1 ${version}`,
          `\u0000${first}`,
          `${method} ${uri}\u0000 ${version}`,
        ]);
        return [wrong ?? '', ...lines];
      }),
  },
  {
    name: 'line ends of another kind',
    isBroken: true,
    apply: (message, random) => {
      const end = pick(random, ['\n', '\r', '\n\r', '\r\r\n', '\u2028']) ?? '\n';
      return asBytes(asText(message).replaceAll('\r\n', end === '\u2028' ? '\u0085' : end));
    },
  },
  {
    name: 'a line end within a header',
    isBroken: true,
    apply: (message, random) =>
      withHead(message, (lines) => {
        const at = headerLine(random, lines);
        const line = lines[at] ?? '';
        const cut = upTo(random, line.length);
        const end = pick(random, ['\n', '\r']) ?? '\n';
        return lines.with(at, `${line.slice(0, cut)}${end}x${line.slice(cut)}`);
      }),
  },
  {
    name: 'a line without a colon',
    isBroken: true,
    apply: (message, random) =>
      withHead(message, (lines) =>
        lines.toSpliced(headerLine(random, lines), 0, 'no header at all'),
      ),
  },
  {
    name: 'folds everywhere',
    isBroken: false,
    apply: (message) =>
      withHead(message, (lines) => lines.map((line) => line.replace(': ', ':\r\n '))),
  },
  {
    name: 'zero bytes',
    isBroken: false,
    apply: (message, random) => {
      const at = upTo(random, message.length);
      return Buffer.concat([
        message.subarray(0, at),
        Buffer.alloc(1 + upTo(random, 64)),
        message.subarray(at),
      ]);
    },
  },
  {
    name: 'bytes that are no UTF-8',
    isBroken: false,
    apply: (message, random) => {
      const at = upTo(random, message.length);
      const strange = Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf8]);
      return Buffer.concat([message.subarray(0, at), strange, message.subarray(at)]);
    },
  },
  {
    name: 'garbage',
    isBroken: true,
    apply: (_message, random) =>
      Buffer.from(Array.from({ length: 1 + upTo(random, 400) }, () => upTo(random, 256))),
  },
  {
    name: 'asks for what nobody has',
    isBroken: true,
    apply: (message) => withHead(message, (lines) => [...lines, 'Require: precondition, 100rel']),
  },
  {
    name: 'a body of another kind',
    isBroken: false,
    apply: (message) => withValue(message, 'Content-Type', 'application/isup;version=itu-t92+'),
  },
  {
    name: 'a name to be harmed by',
    isBroken: false,
    apply: (message, random) => {
      const name = pick(random, [
        '<script>alert(1)</script>',
        '\u202e\u2066gnp.exe\u2069',
        `Z${'\u0351'.repeat(500)}`,
        '{{7*7}}',
        '%00%0d%0aX-Injected: 1',
        '\\"\\\\\\"',
      ]);
      const from = `From: "${name}" <sip:4001@pbx.invalid>;tag=strange`;
      return withHead(message, (lines) => [
        ...without(lines, 'From'),
        Buffer.from(from, 'utf8').toString('latin1'),
      ]);
    },
  },
];
