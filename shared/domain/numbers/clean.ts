/** Input beyond this many UTF-16 units is neither read nor kept, which bounds the work for hostile caller ids. */
export const RAW_LIMIT = 256;

/** The part of a raw text that is kept; never ends in half a surrogate pair. */
export function cutRaw(raw: string): string {
  if (raw.length <= RAW_LIMIT) return raw;
  const last = raw.charCodeAt(RAW_LIMIT - 1);
  return raw.slice(0, last >= 0xd800 && last <= 0xdbff ? RAW_LIMIT - 1 : RAW_LIMIT);
}

/** What is left of a caller id, URI or form field once its dress is taken off. */
export interface Cleaned {
  /** Half-width, invisible characters gone, dashes and blanks unified; label and URI scheme removed. */
  text: string;
  extension?: string;
  /** The network or the writer says there is no number to be had. */
  hidden: boolean;
}

const HIDDEN = new Set(
  (
    'anonymous|anonym|unknown|unknown caller|unknown number|unavailable|restricted|restricted number|private|' +
    'private number|private caller|withheld|number withheld|blocked|caller id blocked|no caller id|no number|' +
    'out of area|id unavailable|not available|unbekannt|unbekannte nummer|unterdrückt|rufnummer unterdrückt|' +
    'privat|null|undefined|none|nil|n/a|nan|p|o|u|-1|-2|未知|未知号码|未知來電|未知来电|匿名|匿名来电|匿名號碼|' +
    '私人号码|私人號碼|保密|保密号码|隐藏|隐藏号码|隱藏號碼|无号码|无主叫|无来电显示|无法显示|不显示|不明|不明号码|无'
  ).split('|'),
);

/** Networks that have to send digits spell the word on a keypad: ANONYMOUS and RESTRICTED. */
const HIDDEN_DIGITS = new Set(['266696687', '7378742833']);

const KEYWORDS =
  '转接?|轉接?|接|分机号?码?|分機號?碼?|内线|內線|extension|extn|ext|durchwahl|apparat|nst|dw|x';
const EXTENSION = new RegExp(
  `[\\s(,;.\\-]*(?:(?:${KEYWORDS})[\\s.:=)\\-]*){1,3}(\\d{1,8})[\\s)#.]*$`,
  'i',
);
const DIALLED_EXTENSION = /[\s-]*[#,;pw]{1,6}\s*(\d{1,6})[\s)#.]*$/i;
const SCHEME = /^\s*(?:sips?|tel|callto|phone|smsto|sms|skype|fax)\s*:\s*\/{0,3}/i;
const PARAMETER = /;\s*([a-z][a-z-]*)\s*(?:=([^;>]*))?/gi;

/** Arabic, Persian and Devanagari digits; the block's zero has a code point that ends in 0 or 6. */
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;
const asciiDigit = (char: string): string => {
  const code = char.charCodeAt(0);
  return String(code >= 0x966 ? code - 0x966 : code & 0xf);
};

/** ① and ⑴ count the numbers of a list; NFKC would make digits of them. */
const LIST_MARKS = /[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]/g;

/** Half-width forms, one kind of blank and dash, nothing invisible. At most 18 times as long (NFKC's bound). */
function halfWidth(raw: string): string {
  return raw
    .replace(LIST_MARKS, ' ')
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cf}\p{Cc}\p{Mn}\p{Me}]/gu, '')
    .replace(OTHER_DIGITS, asciiDigit)
    .replace(/[\p{Pd}−ー~〜–—]/gu, '-')
    .replace(/[【〔「〈《[{]/g, '(')
    .replace(/[】〕」〉》\]}]/g, ')')
    .replace(/[➕†]/g, '+')
    .replace(/×/g, 'x')
    .slice(0, RAW_LIMIT);
}

interface Address {
  text: string;
  extension?: string;
  hidden: boolean;
}

/** Takes name-addr, scheme, parameters, host and password away (RFC 3261 §20.10, RFC 3966 §3). */
function unwrapAddress(written: string): Address {
  const angle = /<([^<>]*)>/.exec(written)?.[1]?.trim() ?? '';
  const inside = /[\d:@]/.test(angle) ? angle : written.replace(/[<>]/g, ' ');
  const isUri = SCHEME.test(inside);
  const bare = inside.replace(SCHEME, '');
  const decoded = isUri ? percentDecode(bare.replace(/\?.*$/, '')) : bare;
  const parameters = readParameters(decoded);
  const [address = ''] = decoded.split(/;\s*[a-z]/i, 1);
  const [user = '', host = ''] = address.split('@', 2);
  const number = host === '' ? user : user.replace(/:.*$/, '');
  const context = parameters.get('phone-context') ?? '';
  return {
    text: context.startsWith('+') && !number.includes('+') ? `${context} ${number}` : number,
    hidden: /^anonymous\.invalid/i.test(host),
    ...optionalExtension(parameters.get('ext')?.replace(/\D/g, '').slice(0, 8)),
  };
}

function optionalExtension(extension: string | undefined): { extension?: string } {
  return extension === undefined || extension === '' ? {} : { extension };
}

function readParameters(uri: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of uri.matchAll(PARAMETER))
    found.set(name.toLowerCase(), value);
  return found;
}

function percentDecode(text: string): string {
  return text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const countDigits = (text: string): number => text.replace(/\D/g, '').length;

/** `010-62345678转801` → number and 801; a lone `分机2041` is the number itself. */
function splitExtension(text: string): { text: string; extension?: string } {
  const spoken = EXTENSION.exec(text);
  if (spoken) {
    const before = text.slice(0, spoken.index);
    const digits = spoken[1] ?? '';
    return countDigits(before) === 0 ? { text: digits } : { text: before, extension: digits };
  }
  const dialled = DIALLED_EXTENSION.exec(text);
  if (!dialled || countDigits(text.slice(0, dialled.index)) < 5) return { text };
  return { text: text.slice(0, dialled.index), ...optionalExtension(dialled[1]) };
}

function isHidden(text: string): boolean {
  const word = text
    .toLowerCase()
    .replace(/^["'(\s]+/, '')
    .replace(/["')\s:.]+$/, '');
  return HIDDEN.has(word) || HIDDEN_DIGITS.has(word.replace(/^\+/, '')) || /^\+?0{3,}$/.test(word);
}

/** Prepares any text for reading as a number. Never throws; looks at the first `RAW_LIMIT` units only. */
export function clean(raw: string): Cleaned {
  const written = halfWidth(raw.slice(0, RAW_LIMIT)).trim();
  const address = unwrapAddress(written);
  if (address.hidden || isHidden(written) || isHidden(address.text))
    return { text: '', hidden: true };
  const unlabelled = address.text
    .replace(/\([^()\d+]*\)/g, ' ')
    .replace(/^[^\d+:(]{1,24}\d?\s*:\s*/, '')
    .replace(/["']/g, '');
  const split = splitExtension(unlabelled);
  return {
    text: split.text.trim(),
    hidden: false,
    ...optionalExtension(address.extension ?? split.extension),
  };
}
