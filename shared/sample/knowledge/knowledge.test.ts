import { describe, expect, it } from 'vitest';
import { scriptSchema } from '../../domain/knowledge/knowledge.ts';
import { scriptProblems } from '../../domain/knowledge/scriptFlow.ts';
import { entities } from '../../sync/entities.ts';
import { defaultConfiguration } from '../configuration.ts';
import { practiceArticles } from './articles.ts';
import { articlesChinese } from './articlesChinese.ts';
import { articlesEnglish } from './articlesEnglish.ts';
import { practiceScripts } from './scripts.ts';

const asOfMs = Date.UTC(2026, 10, 22);
const records = practiceArticles(asOfMs);
const categories = defaultConfiguration.ticketCategories.map(({ id }) => id);
const dispositions = new Set(defaultConfiguration.dispositions.map(({ id }) => id));

describe('the knowledge of the practice firm', () => {
  it('says the same in both languages, and fits its schema', () => {
    expect(articlesChinese).toHaveLength(articlesEnglish.length);
    for (const { entity, fields } of records) entities[entity].fields.parse(fields);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
  });

  it('is suggested for categories that there are', () => {
    const named = records.flatMap(({ fields }) =>
      'ticketCategoryIds' in fields ? (fields.ticketCategoryIds as string[]) : [],
    );
    const known = (id: string) => categories.some((one) => one === id || one.startsWith(`${id}.`));
    expect(named.filter((id) => !known(id))).toEqual([]);
  });

  it('has scripts that lead from their start to an end, to dispositions that there are', () => {
    for (const { fields } of practiceScripts) {
      const script = scriptSchema.parse(fields);
      expect(scriptProblems(script)).toEqual([]);
      const proposed = script.nodes.flatMap((node) =>
        node.answers.flatMap(({ dispositionId }) => dispositionId ?? []),
      );
      expect(proposed.filter((id) => !dispositions.has(id))).toEqual([]);
    }
  });
});
