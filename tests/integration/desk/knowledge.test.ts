import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import { createFavourites } from '#electron/desk/knowledge/favourites.ts';
import { knowledgeHandlers } from '#electron/desk/knowledge/knowledgeHandlers.ts';
import {
  type ArticleFields,
  articleDetailSchema,
  type ScriptFields,
} from '#shared/contract/methods/knowledge.ts';
import { newId } from '#shared/domain/ids.ts';
import { practiceArticles } from '#shared/sample/knowledge/articles.ts';
import { practiceScripts } from '#shared/sample/knowledge/scripts.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { SampleRecord } from '#shared/sample/record.ts';
import { changeOf, openedCache, temporaryFolder } from '../../support/cacheFixture.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** Articles and scripts at the desk, all of it without a server. */
const folder = temporaryFolder();
const clock = new ManualClock();
const editor = practiceUsers.find(({ role }) => role === 'supervisor');
let cache: Cache;
let ask: ReturnType<typeof knowledgeHandlers>;

function asChange({ entity, id, fields }: SampleRecord) {
  if (entity === 'article') return [changeOf(entity, id, fields)];
  if (entity === 'articleVersion') return [changeOf(entity, id, fields)];
  return entity === 'script' ? [changeOf(entity, id, fields)] : [];
}

beforeAll(async () => {
  cache = await openedCache(folder.path);
  if (!editor) throw new Error('no editor');
  ask = knowledgeHandlers({ user: { ...editor, queueIds: [] }, cache, clock });
  const records = [...practiceArticles(clock.now()), ...practiceScripts];
  await cache.apply(records.flatMap(asChange), null, 0);
});
afterAll(async () => {
  await cache.close();
  folder.remove();
});

const fields: ArticleFields = {
  title: 'Warm water pump hums',
  language: 'en',
  body: '## Ask\nSince when does it **hum**?',
  category: 'Boilers and heat pumps',
  keywords: ['noise'],
  ticketCategoryIds: ['boiler.noise'],
  queueIds: [],
  reviewOn: null,
};

describe('search', () => {
  const titles = async (text: string) =>
    (await ask['knowledge.search']({ text, limit: 5 })).map(({ title }) => title);

  it.each([
    ['a word', 'flue', 'Booking an installation: what to ask'],
    [
      'the beginning of a word',
      'softe',
      'Softener: the water stays hard, or too much salt is used',
    ],
    ['an error code', 'e17', 'No hot water: checks with the customer on the phone'],
    ['Chinese words in any order', '排查 无热水', '热水器无热水：电话中的排查步骤'],
    ['one character', '霜', '热泵室外机结霜'],
    ['letters and characters together', 'S3滤芯', '净水器更换滤芯'],
  ])('finds %s', async (_, text, title) => expect(await titles(text)).toContain(title));

  it('needs every word', async () => expect(await titles('filter zebra')).toEqual([]));
  it.each(['', '  ', '"', '*', 'zzz NEAR(', '😀'])('takes %j for what it is', async (text) => {
    expect(await titles(text)).toEqual([]);
  });

  it('marks what was found', async () => {
    const [hit] = await ask['knowledge.search']({ text: '结霜', limit: 1 });
    expect(hit?.titleParts).toContainEqual({ text: '结霜', marked: true });
    expect(hit?.snippet.some(({ marked }) => marked)).toBe(true);
  });
});

describe('suggestions', () => {
  const suggest = async (wish: { text?: string; ticketCategoryId?: string | null }) =>
    (
      await ask['knowledge.suggest']({
        ticketCategoryId: null,
        queueId: 'support',
        text: '',
        language: 'en',
        limit: 3,
        ...wish,
      })
    ).map(({ title }) => title);

  it('none while nothing is written', async () => expect(await suggest({})).toEqual([]));
  it('from the category, in the language of the window first', async () => {
    const [first] = await suggest({ ticketCategoryId: 'softener.salt' });
    expect(first).toBe('Softener: the water stays hard, or too much salt is used');
  });
  it('from what is written', async () => {
    const [first] = await suggest({ text: 'Boiler pressure falls, radiators cold since Monday' });
    expect(first).toBe('Boiler: pressure falls and the radiators stay cold');
    const [chinese] = await suggest({ text: '客户说家里闻到燃气异味' });
    expect(chinese).toBe('燃气异味：第一分钟怎么说');
  });
});

describe('an article', () => {
  it('is a draft for editors, published for all, and keeps each of its editions', async () => {
    const draft = await ask['knowledge.save']({ articleId: null, fields, publish: false });
    expect(articleDetailSchema.parse(draft)).toMatchObject({ state: 'draft', bodyVersion: 1 });
    const { id } = draft;
    expect(await ask['knowledge.editions']({ articleId: id })).toEqual([]);
    expect((await ask['knowledge.shelves']({})).counts.drafts).toBe(1);

    await ask['knowledge.save']({ articleId: id, fields, publish: true });
    const changed = { ...fields, body: `${fields.body}\n\nAnd where?` };
    const second = await ask['knowledge.save']({ articleId: id, fields: changed, publish: true });
    expect(second).toMatchObject({ state: 'published', bodyVersion: 2 });
    const editions = await ask['knowledge.editions']({ articleId: id });
    expect(editions.map(({ bodyVersion, body }) => [bodyVersion, body])).toEqual([
      [2, changed.body],
      [1, fields.body],
    ]);
    const [hit] = await ask['knowledge.search']({ text: 'hums where', limit: 1 });
    expect(hit?.id).toBe(id);

    await expect(async () =>
      ask['knowledge.save']({ articleId: id, fields, publish: false }),
    ).rejects.toMatchObject({ code: 'state-not-allowed' });
    expect(await ask['knowledge.retire']({ articleId: id, on: true })).toMatchObject({
      state: 'retired',
    });
    expect(await ask['knowledge.search']({ text: 'hums', limit: 1 })).toEqual([]);
  });

  it('stands on the shelf of its category in its own language', async () => {
    const { categories } = await ask['knowledge.shelves']({});
    const english = categories.filter(({ language }) => language === 'en');
    expect(english.length).toBeGreaterThan(1);
    expect(categories.length).toBeGreaterThan(english.length);
    const twin = { ...fields, title: '水泵嗡嗡响', language: 'zh-CN' as const };
    await ask['knowledge.save']({ articleId: null, fields: twin, publish: true });
    for (const { count, ...category } of english) {
      const rows = await ask['knowledge.list']({ shelf: 'all', category, limit: 100 });
      expect(rows).toHaveLength(count);
      expect(new Set(rows.map(({ language }) => language))).toEqual(new Set(['en']));
    }
    const { language, category } = twin;
    const own = { shelf: 'all' as const, category: { category, language }, limit: 9 };
    expect((await ask['knowledge.list'](own)).map(({ title }) => title)).toEqual([twin.title]);
  });

  it('is due when its review date has come', async () => {
    const due = await ask['knowledge.list']({ shelf: 'due', category: null, limit: 10 });
    expect(due).toHaveLength(4);
    expect(due.map(({ reviewOn }) => reviewOn)).toEqual(due.map((one) => one.reviewOn).sort());
  });

  it('counts what readers said, and keeps the remarks of those whom it did not help', async () => {
    const [{ id: articleId } = { id: newId() }] = await ask['knowledge.list']({
      shelf: 'all',
      category: null,
      limit: 1,
    });
    const said = { articleId, callId: null };
    await ask['knowledge.feedback']({ ...said, helped: true, note: '' });
    clock.advance(1);
    const after = await ask['knowledge.feedback']({ ...said, helped: false, note: '少一步' });
    expect(after).toMatchObject({ helped: 1, notHelped: 1, mine: false, remarks: ['少一步'] });
  });

  it('is kept at hand on this desk', async () => {
    const [row] = await ask['knowledge.list']({ shelf: 'all', category: null, limit: 1 });
    const articleId = row?.id ?? '';
    await ask['knowledge.favourite']({ articleId, on: true });
    const shelf = () => ask['knowledge.list']({ shelf: 'favourites', category: null, limit: 9 });
    expect((await shelf()).map(({ id }) => id)).toEqual([articleId]);
    await ask['knowledge.favourite']({ articleId, on: false });
    expect(await shelf()).toEqual([]);
    cache.putDraft('favourites:articles', 'not a list');
    expect(createFavourites(cache).list()).toEqual([]);
  });
});

describe('a script', () => {
  const words = (text: string) => ({ en: text, 'zh-CN': text });
  const script: ScriptFields = {
    name: words('Short'),
    queueIds: ['sales'],
    direction: 'in',
    startId: 'a',
    nodes: [{ id: 'a', say: words('Hello'), answers: [], asksText: false, next: null }],
    active: true,
  };

  it('guides the calls of its queue, and each change is an edition', async () => {
    const made = await ask['scripts.save']({ scriptId: null, fields: script });
    const guide = await ask['scripts.forCall']({ queueId: 'sales', direction: 'in' });
    expect(guide).toMatchObject({ id: made.id, edition: 1 });
    const again = await ask['scripts.save']({ scriptId: made.id, fields: script });
    expect(again.edition).toBe(2);
    await ask['scripts.retire']({ scriptId: made.id, on: true });
    expect(await ask['scripts.forCall']({ queueId: 'sales', direction: 'in' })).toBeNull();
  });

  it('in use must lead to an end; as a draft it may wait', async () => {
    const [step] = script.nodes;
    const loop = { ...script, nodes: step ? [{ ...step, next: 'a' }] : [] };
    await expect(async () =>
      ask['scripts.save']({ scriptId: null, fields: loop }),
    ).rejects.toMatchObject({
      code: 'invalid-input',
      details: { field: 'a', problem: 'noWayOut' },
    });
    const later = await ask['scripts.save']({ scriptId: null, fields: { ...loop, active: false } });
    expect(later.active).toBe(false);
  });
});
