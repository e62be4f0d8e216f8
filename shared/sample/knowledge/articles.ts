import type { Article } from '../../domain/knowledge/knowledge.ts';
import type { Language } from '../../domain/text/text.ts';
import { practiceUsers } from '../practiceUsers.ts';
import type { SampleRecord } from '../record.ts';
import { articlesChinese } from './articlesChinese.ts';
import { articlesEnglish } from './articlesEnglish.ts';

export type ArticleTexts = Pick<Article, 'title' | 'category' | 'keywords' | 'body'>;

/** For which tickets and queues an article is suggested, in the order of the texts. */
const suggestedFor: readonly { categories: string[]; queues: string[]; reviewInDays: number }[] = [
  { categories: ['heater.noHotWater', 'heater.ignition'], queues: ['support'], reviewInDays: 180 },
  { categories: ['safety.gas'], queues: ['urgent'], reviewInDays: 90 },
  { categories: ['safety.flood', 'heater.leak'], queues: ['urgent'], reviewInDays: 90 },
  { categories: ['purifier.filter', 'purifier.panel'], queues: ['support'], reviewInDays: 180 },
  { categories: ['purifier.taste'], queues: ['support'], reviewInDays: 180 },
  { categories: ['boiler.pressure', 'boiler.noHeat'], queues: ['support'], reviewInDays: 120 },
  { categories: ['boiler.frost'], queues: ['support'], reviewInDays: -5 },
  { categories: ['softener'], queues: ['support'], reviewInDays: 300 },
  { categories: ['complaint.charge'], queues: ['support', 'orders'], reviewInDays: -20 },
  { categories: ['order'], queues: ['orders'], reviewInDays: 150 },
  { categories: ['visit.install'], queues: ['sales', 'support'], reviewInDays: 240 },
  { categories: ['complaint'], queues: ['support', 'orders', 'urgent'], reviewInDays: 200 },
];

const languagesInOrder = [
  ['zh-CN', articlesChinese],
  ['en', articlesEnglish],
] as const satisfies readonly [Language, readonly ArticleTexts[]][];

const dayMs = 86_400_000;

/** Fixed ids, so that links into the practice knowledge stay right; see practiceUsers.ts. */
function fixedId(kind: 'article' | 'edition', number: number): string {
  const group = kind === 'article' ? '8001' : '8002';
  return `019b76da-a800-7000-${group}-${String(number).padStart(12, '0')}`;
}

function dateIn(days: number, asOfMs: number): string {
  return new Date(asOfMs + days * dayMs).toISOString().slice(0, 10);
}

/** What the practice firm knows, in both languages, as of `asOfMs` (ms UTC); two pairs wait for their review. */
export function practiceArticles(asOfMs: number): SampleRecord[] {
  const editor = practiceUsers.find(({ role }) => role === 'supervisor');
  const by = { id: editor?.id ?? '', name: editor?.name ?? '' };
  const at = asOfMs - 30 * dayMs;
  return languagesInOrder.flatMap(([language, all], block) =>
    all.flatMap((texts, index): SampleRecord[] => {
      const suggested = suggestedFor[index];
      const number = block * 100 + index + 1;
      const articleId = fixedId('article', number);
      const article: Article = {
        ...texts,
        language,
        ticketCategoryIds: suggested?.categories ?? [],
        queueIds: suggested?.queues ?? [],
        state: 'published',
        bodyVersion: 1,
        reviewOn: dateIn(suggested?.reviewInDays ?? 180, asOfMs),
        updatedAt: at,
        updatedBy: by.id,
      };
      const { title, body } = texts;
      const edition = { articleId, bodyVersion: 1, title, body, at, byId: by.id, byName: by.name };
      return [
        { entity: 'article', id: articleId, fields: article },
        { entity: 'articleVersion', id: fixedId('edition', number), fields: edition },
      ];
    }),
  );
}
