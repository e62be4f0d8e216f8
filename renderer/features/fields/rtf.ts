/** Parts of an RTF document that are not its text. */
const hiddenGroups = new Set(
  'fonttbl colortbl stylesheet info pict object header footer generator listtable revtbl themedata'.split(
    ' ',
  ),
);
const signs: Readonly<Record<string, string>> = {
  ...{ par: '\n', line: '\n', sect: '\n', page: '\n', row: '\n', tab: '\t', cell: '\t' },
  ...{ emdash: '—', endash: '–', bullet: '•', lquote: '‘', rquote: '’', ldblquote: '“' },
  ...{ rdblquote: '”', emspace: ' ', enspace: ' ' },
};
/** Code pages of RTF by the names that browsers know. */
const codePages: Readonly<Record<string, string>> = {
  ...{ 936: 'gbk', 54936: 'gb18030', 950: 'big5', 932: 'shift_jis', 949: 'euc-kr' },
};
const token =
  /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/giu;

interface Group {
  hidden: boolean;
  /** Characters that follow a Unicode one for readers that know none. */
  skip: number;
}

export function isRtf(text: string): boolean {
  return /^\s*\{\\rtf\d/u.test(text);
}

/** The text of an RTF document, without fonts, pictures and formats. Text that is no RTF comes back as it is. */
export function textOfRtf(rtf: string): string {
  if (!isRtf(rtf)) return rtf;
  const groups: Group[] = [];
  let group: Group = { hidden: false, skip: 1 };
  let toSkip = 0;
  let text = '';
  let bytes: number[] = [];
  const decoder = decoderOf(rtf);
  const add = (part: string) => {
    if (bytes.length > 0) text += decoder.decode(Uint8Array.from(bytes));
    bytes = [];
    if (!group.hidden) text += part;
  };
  for (const [, word, number, hex, sign, brace, plain] of rtf.matchAll(token)) {
    if (brace === '{') {
      groups.push(group);
      group = { ...group };
    } else if (brace === '}') {
      group = groups.pop() ?? group;
      toSkip = 0;
    } else if (word === 'u' && number !== undefined) {
      add(String.fromCharCode((Number(number) + 65_536) % 65_536));
      toSkip = group.skip;
    } else if (word === 'uc') {
      group.skip = Number(number ?? 1);
    } else if (word !== undefined) {
      if (hiddenGroups.has(word)) group.hidden = true;
      else add(Object.hasOwn(signs, word) ? (signs[word] ?? '') : '');
    } else if (hex !== undefined) {
      if (toSkip > 0) toSkip -= 1;
      else if (!group.hidden) bytes.push(Number.parseInt(hex, 16));
    } else if (sign !== undefined) {
      // `\*` opens what old readers skip.
      if (sign === '*') group.hidden = true;
      else if (sign === '~') add('\u00a0');
      else if ('\\{}'.includes(sign)) add(sign);
    } else if (plain !== undefined) {
      add(plain.slice(toSkip));
      toSkip = Math.max(0, toSkip - plain.length);
    }
  }
  add('');
  return text.trim();
}

function decoderOf(rtf: string): TextDecoder {
  const page = /\\ansicpg(\d+)/u.exec(rtf)?.[1] ?? '1252';
  return new TextDecoder(codePages[page] ?? 'windows-1252');
}
