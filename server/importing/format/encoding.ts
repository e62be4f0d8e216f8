import type { Certainty, ImportEncoding } from '#shared/sync/importing.ts';

export interface Detected<T> {
  value: T;
  certainty: Certainty;
}

/** Encoding of a text by its first bytes. `whole`: there are no others, so that nothing is cut in the middle. */
export function detectEncoding(head: Uint8Array, whole: boolean): Detected<ImportEncoding> {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { value: 'utf-8', certainty: 'sure' };
  if (startsWith(head, [0xff, 0xfe])) return { value: 'utf-16le', certainty: 'sure' };
  if (startsWith(head, [0xfe, 0xff])) return { value: 'utf-16be', certainty: 'sure' };
  const wide = utf16Of(head);
  if (wide) return { value: wide, certainty: 'likely' };
  const ascii = head.every((byte) => byte < 0x80);
  if (ascii) return { value: 'utf-8', certainty: whole ? 'sure' : 'likely' };
  if (decodes(head, 'utf-8', whole)) return { value: 'utf-8', certainty: 'sure' };
  if (decodes(head, 'gb18030', whole) && mostlyChinese(head)) {
    return { value: 'gb18030', certainty: 'likely' };
  }
  return { value: 'windows-1252', certainty: 'guess' };
}

function startsWith(head: Uint8Array, mark: number[]): boolean {
  return mark.every((byte, index) => head[index] === byte);
}

/** Without a mark: every second byte of delimiters, digits and line ends is zero. */
function utf16Of(head: Uint8Array): ImportEncoding | null {
  const pairs = Math.min(head.length >> 1, 2_000);
  if (pairs < 2) return null;
  let little = 0;
  let big = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = head[pair * 2] ?? 0;
    const second = head[pair * 2 + 1] ?? 0;
    if (first !== 0 && first < 0x80 && second === 0) little += 1;
    if (first === 0 && second !== 0 && second < 0x80) big += 1;
  }
  const enough = Math.max(2, pairs * 0.1);
  if (little > enough && little > big * 4) return 'utf-16le';
  return big > enough && big > little * 4 ? 'utf-16be' : null;
}

/** The last character of a head may be cut. */
function decodes(head: Uint8Array, encoding: 'utf-8' | 'gb18030', whole: boolean): boolean {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    decoder.decode(head, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}

/**
 * Nearly all bytes fit GB18030. Common Chinese characters are two bytes of the upper half; a Western letter with an
 * accent is one, with plain letters around it.
 */
function mostlyChinese(head: Uint8Array): boolean {
  let pairs = 0;
  let others = 0;
  for (let at = 0; at < head.length - 1; at += 1) {
    if ((head[at] ?? 0) < 0x80) continue;
    if ((head[at + 1] ?? 0) < 0x80) {
      others += 1;
      continue;
    }
    pairs += 1;
    at += 1;
  }
  return pairs > others * 4;
}
