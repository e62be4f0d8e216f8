import { StringDecoder } from 'node:string_decoder';
import type { ImportEncoding } from '#shared/sync/importing.ts';
import { decoded } from './decoded.ts';
import { FileError, maxRowBytes, type SourceRow } from './rows.ts';

/** What of a card becomes a column, in this order. Several values of one stand below each other in the cell. */
export const vcardColumns = [
  'FN',
  'ORG',
  'TEL;CELL',
  'TEL;WORK',
  'TEL;HOME',
  'TEL',
  'EMAIL',
  'ADR',
  'BDAY',
  'TITLE',
  'NOTE',
  'CATEGORIES',
  'UID',
] as const;
type Column = (typeof vcardColumns)[number];

interface Property {
  name: string;
  parameters: Map<string, string[]>;
  value: string;
}

/** Media and keys are large and of no use here. */
const passedOver = /^(?:PHOTO|LOGO|SOUND|KEY)$/;

/**
 * Cards of vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), one a row; quoted-printable and CHARSET of 2.1 are read.
 * Throws `FileError` `no-cards` where there is none, `row-too-long`.
 */
export async function* vcardRows(
  bytes: AsyncIterable<Uint8Array>,
  encoding: ImportEncoding,
): AsyncGenerator<SourceRow[]> {
  const reader = new CardReader(encoding);
  let rest = '';
  let skipping = false;
  for await (const piece of decoded(bytes, encoding)) {
    const ends = /[\r\n]/.test(piece);
    const lines = ends ? (rest + piece).split(/\r\n|\n|\r(?!$)/) : [rest + piece];
    rest = lines.pop() ?? '';
    if (rest.length > maxRowBytes) {
      // A photo on one line is passed over; whatever else is so long is no card.
      if (!skipping && !passedOver.test(nameOf(rest))) {
        throw new FileError('row-too-long', reader.at());
      }
      skipping = true;
      rest = rest.slice(0, 1_000);
    }
    for (const line of lines) reader.line(line);
    skipping = skipping && lines.length === 0;
    const rows = reader.take();
    if (rows.length > 0) yield rows;
  }
  reader.line(rest.replace(/\r$/, ''));
  reader.end();
  const rows = reader.take();
  if (rows.length > 0) yield rows;
  if (reader.at() === 1) throw new FileError('no-cards');
}

class CardReader {
  readonly #encoding: ImportEncoding;
  #rows: SourceRow[] = [];
  #cards = 0;
  #card: Property[] | null = null;
  /** A card inside a card (AGENT of 2.1) is passed over. */
  #inner = 0;
  #logical: string | null = null;
  #cardLength = 0;

  constructor(encoding: ImportEncoding) {
    this.#encoding = encoding;
  }

  /** The card that comes next, from 1. */
  at(): number {
    return this.#cards + 1;
  }

  take(): SourceRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  line(line: string): void {
    const held = this.#logical;
    if (held !== null && isQuotedPrintable(held) && held.endsWith('=')) {
      this.#logical = held.slice(0, -1) + line.replace(/^[ \t]/, '');
      this.#bound();
      return;
    }
    if (held !== null && /^[ \t]/.test(line)) {
      if (!passedOver.test(nameOf(held))) this.#logical = held + line.slice(1);
      this.#bound();
      return;
    }
    this.end();
    this.#logical = line;
  }

  /** No further line belongs to the one held. */
  end(): void {
    const held = this.#logical;
    this.#logical = null;
    if (held !== null && held.trim() !== '') this.#property(held);
  }

  #bound(): void {
    if ((this.#logical?.length ?? 0) > maxRowBytes) throw new FileError('row-too-long', this.at());
  }

  #property(text: string): void {
    const property = propertyOf(text);
    if (!property) return;
    const kind = property.value.trim().toUpperCase();
    if (property.name === 'BEGIN' && kind === 'VCARD') {
      if (this.#card) this.#inner += 1;
      else this.#card = [];
      this.#cardLength = 0;
      return;
    }
    if (!this.#card) return;
    if (property.name === 'END' && kind === 'VCARD') {
      if (this.#inner > 0) {
        this.#inner -= 1;
        return;
      }
      this.#finish(this.#card);
      this.#card = null;
      return;
    }
    if (this.#inner > 0 || passedOver.test(property.name)) return;
    this.#cardLength += text.length;
    if (this.#cardLength > maxRowBytes) throw new FileError('row-too-long', this.at());
    this.#card.push(property);
  }

  #finish(card: Property[]): void {
    this.#cards += 1;
    const cells = new Map<Column, string[]>();
    const put = (column: Column, value: string) => {
      const text = value.trim();
      if (text === '') return;
      const held = cells.get(column) ?? [];
      if (!held.includes(text)) cells.set(column, [...held, text]);
    };
    for (const property of card) this.#put(property, put);
    if (!cells.has('FN')) {
      const name = card.find((property) => property.name === 'N');
      if (name) put('FN', writtenName(partsOf(this.#valueOf(name), ';')));
    }
    this.#rows.push({
      row: this.#cards,
      cells: vcardColumns.map((column) => (cells.get(column) ?? []).join('\n')),
    });
  }

  #put(property: Property, put: (column: Column, value: string) => void): void {
    const value = this.#valueOf(property);
    switch (property.name) {
      case 'FN':
      case 'NOTE':
      case 'TITLE':
      case 'EMAIL':
      case 'UID':
      case 'BDAY':
        put(property.name, unescapeValue(value));
        return;
      case 'ORG':
        put('ORG', partsOf(value, ';').filter(Boolean).join(' '));
        return;
      case 'TEL':
        put(telColumn(property), unescapeValue(value).replace(/^tel:/i, ''));
        return;
      case 'ADR':
        put('ADR', writtenAddress(partsOf(value, ';')));
        return;
      case 'CATEGORIES':
        for (const tag of partsOf(value, ',')) put('CATEGORIES', tag);
    }
  }

  #valueOf({ parameters, value }: Property): string {
    const encoding = parameters.get('ENCODING')?.[0]?.toUpperCase();
    if (encoding !== 'QUOTED-PRINTABLE') return value;
    return decodedText(quotedPrintable(value), parameters.get('CHARSET')?.[0] ?? this.#encoding);
  }
}

function nameOf(text: string): string {
  const name = /^(?:[\w-]+\.)?([\w-]+)[;:]/.exec(text)?.[1] ?? '';
  return name.toUpperCase();
}

function isQuotedPrintable(text: string): boolean {
  return /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(text);
}

/** `group.NAME;PARAM=a,b;TYPE:value`; parameters without a name are types or encodings, as in 2.1. */
function propertyOf(text: string): Property | null {
  const colon = colonOf(text);
  if (colon < 0) return null;
  const [head = '', ...given] = text.slice(0, colon).split(';');
  const parameters = new Map<string, string[]>();
  for (const parameter of given) {
    const [key = '', ...rest] = parameter.split('=');
    const written = rest.length === 0 ? key : rest.join('=');
    const bare = /^(?:QUOTED-PRINTABLE|BASE64|8BIT|7BIT)$/i.test(key) ? 'ENCODING' : 'TYPE';
    const name = rest.length === 0 ? bare : key.toUpperCase();
    const values = written.replaceAll('"', '').split(',');
    parameters.set(name, [...(parameters.get(name) ?? []), ...values]);
  }
  const name = head.slice(head.indexOf('.') + 1).toUpperCase();
  return { name, parameters, value: text.slice(colon + 1) };
}

/** The first colon outside of quotes. */
function colonOf(text: string): number {
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === '"') quoted = !quoted;
    if (char === ':' && !quoted) return index;
  }
  return -1;
}

function telColumn({ parameters }: Property): Column {
  const types = (parameters.get('TYPE') ?? []).map((type) => type.toUpperCase());
  if (types.some((type) => type === 'CELL' || type === 'IPHONE')) return 'TEL;CELL';
  if (types.includes('WORK')) return 'TEL;WORK';
  return types.includes('HOME') ? 'TEL;HOME' : 'TEL';
}

/** Splits at a sign that is not escaped, and takes the escapes away. */
function partsOf(value: string, sign: ';' | ','): string[] {
  const parts = sign === ';' ? value.split(/(?<!\\);/) : value.split(/(?<!\\),/);
  return parts.map((part) => unescapeValue(part).trim());
}

function unescapeValue(value: string): string {
  return value.replace(/\\([nN,;:\\])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
}

/** N is family; given; additional; prefixes; suffixes. Names in Chinese characters have no blank inside. */
function writtenName([family = '', given = '', additional = '']: string[]): string {
  if (/\p{Script=Han}/u.test(family + given)) return `${family}${additional}${given}`;
  return [given, additional, family].filter(Boolean).join(' ');
}

/** ADR is box; extended; street; locality; region; code; country. Chinese addresses go from large to small. */
function writtenAddress(parts: string[]): string {
  const [
    box = '',
    extended = '',
    street = '',
    locality = '',
    region = '',
    code = '',
    country = '',
  ] = parts;
  if (/\p{Script=Han}/u.test(street + locality)) {
    return (
      [country, region, locality, street, extended, box].join('').trim() + (code ? ` ${code}` : '')
    );
  }
  const place = [code, locality].filter(Boolean).join(' ');
  return [box, extended, street, place, region, country].filter(Boolean).join(', ');
}

function quotedPrintable(text: string): Buffer {
  const bytes: Buffer[] = [];
  for (const [, hex, plain] of text.matchAll(/=([0-9A-F]{2})|([^=]+|=)/gi)) {
    bytes.push(hex === undefined ? Buffer.from(plain ?? '') : Buffer.from(hex, 'hex'));
  }
  return Buffer.concat(bytes);
}

function decodedText(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset.trim()).decode(bytes);
  } catch {
    return new StringDecoder('utf8').end(bytes);
  }
}
