/** Schemes that open this desk: RFC 3966, RFC 3261 §19.1, and callto: of older programs. */
export const dialSchemes = ['tel', 'sip', 'sips', 'callto'] as const;

const longestLink = 500;
const longestNumber = 100;
/** Control characters and marks of writing direction, which would hide what is dialled. */
const hidden = /[\p{Cc}\p{Cf}]/gu;

/**
 * The number of a tel:, sip:, sips: or callto: link, without parameters and host, capped at 100
 * characters; null where it is no such link or holds no digit. A `phone-context` that is a prefix
 * (RFC 3966 §5.1.5) is put before a local number.
 */
export function numberOfLink(link: string): string | null {
  if (link.length > longestLink) return null;
  const parts = /^(tel|sips?|callto):(?:\/\/)?(.*)$/isu.exec(link.trim());
  if (!parts) return null;
  const isUri = parts[1]?.toLowerCase().startsWith('sip');
  const [address = '', ...parameters] = (parts[2] ?? '').split(/[?#]/u)[0]?.split(';') ?? [];
  const user = isUri ? address.split('@')[0]?.split(':')[0] : address.split('@')[0];
  const number = decode(user ?? '');
  if (number === null) return null;
  const clean = `${prefixOf(number, parameters)}${number}`.replace(hidden, '').trim();
  return /\d/u.test(clean) ? clean.slice(0, longestNumber) : null;
}

/** The first dial link among the words of a command line. */
export function linkAmong(words: readonly string[]): string | null {
  return words.find((word) => numberOfLink(word) !== null) ?? null;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function prefixOf(number: string, parameters: readonly string[]): string {
  if (number.startsWith('+')) return '';
  const context = parameters
    .map((parameter) => /^phone-context=(\+[\d.()-]+)$/iu.exec(parameter)?.[1])
    .find((prefix) => prefix !== undefined);
  return context ?? '';
}
