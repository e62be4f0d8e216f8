import { foldText } from '../text/text.ts';

/** A piece of a text; marked where it was searched for. */
export interface TextPart {
  text: string;
  marked: boolean;
}

const han = /\p{Script=Han}/u;
const runs = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;

/** Words that say nothing about what a text is about. */
const filler = new Set(
  (
    'the and for are was were has have had not but you your with that this from they them will would ' +
    'can could should what when where which who why how there here been being also just then than into ' +
    'about after before over again customer calls called call caller said says asked wants want please ' +
    '客户 来电 电话 询问 反映 表示 希望 需要 要求 已经 可以 我们 他们 一个 没有 这个 那个 今天 明天 昨天'
  ).split(' '),
);

/** Markdown without its marks, in one line: what is searched and shown as a piece of text. */
export function plainOf(markdown: string): string {
  return markdown
    .replace(/```[\s\S]*?```/gu, (block) => block.replaceAll('`', ' '))
    .replace(/!\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+/gmu, '')
    .replace(/^[ \t]*\|?[ \t]*:?-{3,}.*$/gmu, '')
    .replace(/[*_`~|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/**
 * A text as the full-text index reads it: words apart, Chinese as pairs of neighbouring characters, each
 * run closed by its last character, so that one character begins a token wherever it stands.
 */
export function tokensOf(text: string): string {
  const tokens: string[] = [];
  for (const [run] of foldText(text).matchAll(runs)) {
    if (!han.test(run)) {
      tokens.push(run);
      continue;
    }
    const pairs = pairsOf(run);
    tokens.push(...pairs);
    if (pairs.length > 0 && [...run].length > 1) tokens.push([...run].at(-1) ?? '');
  }
  return tokens.join(' ');
}

/** What was typed into a search box, as words; Chinese runs stay whole. At most 12. */
export function typedTerms(text: string): string[] {
  return [...new Set([...foldText(text).matchAll(runs)].map(([run]) => run))].slice(0, 12);
}

/** What a note is about: words and pairs of characters, the newest last; at most `most` of the newest. */
export function topicTerms(text: string, most = 24): string[] {
  const found = new Set<string>();
  for (const [run] of foldText(text).matchAll(runs)) {
    const terms = han.test(run) ? pairsOf(run).filter((pair) => [...pair].length === 2) : [run];
    for (const term of terms) {
      if ((!han.test(term) && term.length < 3) || filler.has(term)) continue;
      found.delete(term);
      found.add(term);
    }
  }
  return [...found].slice(-most);
}

/** Splits a text into parts, marked where a term stands. */
export function markTerms(text: string, terms: readonly string[]): TextPart[] {
  if (text === '') return [];
  const folded = text.normalize('NFKC').toLowerCase();
  // Folding that changes the length would shift the marks: the text is shown plain then.
  if (folded.length !== text.length) return [{ text, marked: false }];
  const marks = new Uint8Array(text.length);
  for (const term of terms) {
    if (term === '') continue;
    for (let from = folded.indexOf(term); from >= 0; from = folded.indexOf(term, from + 1)) {
      marks.fill(1, from, from + term.length);
    }
  }
  const parts: TextPart[] = [];
  let start = 0;
  for (let index = 1; index <= text.length; index += 1) {
    if (index < text.length && marks[index] === marks[start]) continue;
    parts.push({ text: text.slice(start, index), marked: marks[start] === 1 });
    start = index;
  }
  return parts;
}

/** A piece of a plain text around the first place where a term stands, about `length` characters. */
export function snippetOf(plain: string, terms: readonly string[], length = 120): TextPart[] {
  const folded = plain.toLowerCase();
  const places = terms.map((term) => folded.indexOf(term)).filter((place) => place >= 0);
  const first = places.length > 0 ? Math.min(...places) : 0;
  const lead = Math.max(0, first - Math.floor(length / 4));
  const space = lead === 0 ? 0 : plain.indexOf(' ', lead);
  const wanted = lead > 0 && space > 0 && space < first ? space + 1 : lead;
  const from = isInnerHalf(plain.charCodeAt(wanted)) ? wanted + 1 : wanted;
  // One unit more than the longest characters take: the last one read is never half of one.
  const characters = [...plain.slice(from, from + length * 2 + 1)].slice(0, length);
  const piece = characters.join('');
  const more = { text: '…', marked: false };
  return [
    ...(from > 0 ? [more] : []),
    ...markTerms(piece, terms),
    ...(from + piece.length < plain.length ? [more] : []),
  ];
}

/** The second half of a surrogate pair. */
function isInnerHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** How well an article fits what an agent is doing; 0: not at all. */
export function suggestionScore(
  article: {
    ticketCategoryIds: readonly string[];
    queueIds: readonly string[];
    language: string;
    title: string;
    keywords: readonly string[];
    body: string;
  },
  wanted: {
    ticketCategoryId: string | null;
    queueId: string | null;
    language: string;
    terms: readonly string[];
  },
): number {
  const { ticketCategoryId, queueId, terms } = wanted;
  const ofCategory =
    ticketCategoryId !== null &&
    article.ticketCategoryIds.some(
      (id) => id === ticketCategoryId || ticketCategoryId.startsWith(`${id}.`),
    );
  const title = foldText(article.title);
  const keywords = foldText(article.keywords.join(' '));
  const body = foldText(article.body);
  let words = 0;
  for (const term of terms) {
    if (title.includes(term)) words += 5;
    else if (keywords.includes(term)) words += 4;
    else if (body.includes(term)) words += 1;
  }
  // One word somewhere in a long text is chance, not a topic.
  if (!ofCategory && words < 4) return 0;
  const ofQueue = queueId !== null && article.queueIds.includes(queueId);
  const sameLanguage = article.language === wanted.language ? 3 : 0;
  return (ofCategory ? 12 : 0) + words + (ofQueue ? 2 : 0) + sameLanguage;
}
