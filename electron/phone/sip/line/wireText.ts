import { isReadable } from './grammar.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu;
/** The grammar is slow, and nobody reads a longer name; the phone's own limit is lower. */
const mostNameCharacters = 1_000;
const mostCharacters = 12_288;
/** Name, address and parameters of a From or To that keeps its angle brackets, whatever stands before them. */
const addressed =
  /^(?<name>[^<]*)<[ \t]*(?<uri>[a-z][a-z0-9+.-]*:[^<>\s]+)[ \t]*>(?<parameters>[^<>]*)$/isu;

/**
 * A From as the SIP library can read it, or null where nobody could. The library drops a request whose From it cannot
 * parse, and the caller would never ring anywhere: control characters go, and a name that needed quotes and has none
 * gets them (as RFC 4475 §3.1.2.15 allows). A `tel:` number becomes a user, any other address than SIP nobody. The tag
 * stays as it is: by it the PBX knows its dialog (RFC 3261 §12.1.1).
 */
export function readableFrom(value: string): string | null {
  const isShort = value.length <= mostCharacters;
  if (isShort && isReadable('From', value)) return value;
  const cleaned = value.replace(controls, '');
  if (isShort && isReadable('From', cleaned)) return cleaned;
  const parts = addressed.exec(cleaned)?.groups;
  if (!parts) return null;
  const { name = '', uri = '', parameters = '' } = parts;
  if (uri.length + parameters.length > mostCharacters) return null;
  const quoted = name
    .slice(0, mostNameCharacters)
    .replace(/["\\]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const better = `${quoted ? `"${quoted}" ` : ''}<${sipUriOf(uri)}>${parameters}`;
  return isReadable('From', better) ? better : null;
}

/** The library reads no other addresses than SIP's. */
function sipUriOf(uri: string): string {
  if (/^sips?:/iu.test(uri)) return uri;
  const number = /^tel:(?<number>[^;?]+)/iu.exec(uri)?.groups?.number;
  return number ? `sip:${number}@tel.invalid` : 'sip:unreadable.invalid';
}
