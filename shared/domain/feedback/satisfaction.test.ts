import { describe, expect, test } from 'vitest';
import type { Question } from './feedback.ts';
import {
  checkedAnswers,
  faultsOf,
  isOtherEdition,
  meanHundredths,
  scoresOf,
  unanswered,
} from './questionnaires.ts';
import { type CountedSheet, satisfactionBy } from './satisfaction.ts';

const text = { en: 'x', 'zh-CN': 'x' };
const question = (id: string, kind: Question['kind'], required = true): Question => ({
  ...{ id, kind, text, required },
  choices: kind === 'choice' ? ['a', 'b'].map((choice) => ({ id: choice, text })) : [],
});
const questions = [
  question('s', 'score'),
  question('y', 'yesNo'),
  question('c', 'choice', false),
  question('t', 'text', false),
];

describe('answers to a questionnaire', () => {
  test('are taken where they fit, and empty texts are none', () => {
    const answers = { s: 5, y: false, c: 'a', t: '', other: 'gone' };
    expect(checkedAnswers(questions, answers)).toEqual({ s: 5, y: false, c: 'a' });
  });

  test.each([
    ['a score of 6', { s: 6, y: true }, 'invalid-input', 's'],
    ['a score of 0', { s: 0, y: true }, 'invalid-input', 's'],
    ['a choice that is none', { s: 1, y: true, c: 'z' }, 'invalid-input', 'c'],
    ['a word for yes', { s: 1, y: 'yes' }, 'invalid-input', 'y'],
    ['none to a required one', { s: 1 }, 'missing-field', 'y'],
  ])('refused: %s', (_, answers, code, field) => {
    expect(() => checkedAnswers(questions, answers)).toThrow(
      expect.objectContaining({ code, details: { field } }),
    );
  });

  test('have scores with a mean in hundredths', () => {
    const scored = [question('a', 'score'), question('b', 'score'), question('c', 'score')];
    expect(scoresOf(scored, { a: 5, b: 4, c: 4 })).toEqual([5, 4, 4]);
    expect(meanHundredths([5, 4, 4])).toBe(433);
    expect(meanHundredths([])).toBeNull();
    expect(unanswered(scored, { a: 1 })).toEqual(['b', 'c']);
  });
});

describe('a questionnaire', () => {
  const good = { name: text, greeting: text, questions };
  test('is looked at before it is used', () => {
    expect(faultsOf(good)).toEqual([]);
    const blank = { en: 'x', 'zh-CN': ' ' };
    expect(faultsOf({ ...good, name: blank, questions: [] })).toEqual(['name', 'questions']);
    const bad = [
      { ...question('s', 'score'), text: blank },
      { ...question('s', 'choice'), choices: [{ id: 'a', text: blank }] },
    ];
    expect(faultsOf({ ...good, questions: bad })).toEqual([
      'questions.0.text',
      'questions.1.id',
      'questions.1.choices',
      'questions.1.choices.0',
    ]);
  });

  test('is another edition when what is asked changes, not when it is called otherwise', () => {
    expect(isOtherEdition(good, { ...good, name: { en: 'y', 'zh-CN': 'y' } })).toBe(false);
    expect(isOtherEdition(good, { ...good, questions: questions.slice(1) })).toBe(true);
  });
});

describe('satisfaction', () => {
  const sheet = (score: number | null, more: Partial<CountedSheet> = {}): CountedSheet => ({
    ...{ agentId: 'a', agentName: 'Ann', queueId: 'q', categoryId: null, questions, at: 0 },
    answers: score === null ? {} : { s: score },
    outcome: (score ?? 5) >= 4 ? 'satisfied' : 'unsatisfied',
    ...more,
  });
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

  test('is the mean of the scores and the share of 4 and 5', () => {
    const { all } = satisfactionBy(
      'agent',
      [5, 4, 3, 1].map((score) => sheet(score)),
      dayOf,
    );
    expect(all).toEqual({
      sheets: 4,
      scores: 4,
      mean: 13 / 4,
      topShare: 0.5,
      satisfiedShare: 0.5,
    });
  });

  test('without scores is unknown', () => {
    const { all } = satisfactionBy('queue', [sheet(null)], dayOf);
    expect(all).toMatchObject({
      sheets: 1,
      scores: 0,
      mean: null,
      topShare: null,
      satisfiedShare: 1,
    });
    expect(satisfactionBy('queue', [], dayOf).all.satisfiedShare).toBeNull();
  });

  test('by agent has the newest name, those with most sheets first', () => {
    const { groups } = satisfactionBy(
      'agent',
      [
        sheet(5, { agentId: 'b', agentName: 'Bo', at: 1 }),
        sheet(5, { agentName: 'Ann new', at: 9 }),
        sheet(1, { agentName: 'Ann old', at: 2 }),
      ],
      dayOf,
    );
    expect(groups.map(({ key, name, mean }) => [key, name, mean])).toEqual([
      ['a', 'Ann new', 3],
      ['b', 'Bo', 5],
    ]);
  });

  test('by day is in the order of the days; by category has those without one', () => {
    const sheets = [sheet(5, { at: 86_400_000 }), sheet(1), sheet(2, { categoryId: 'k' })];
    expect(satisfactionBy('day', sheets, dayOf).groups.map(({ key }) => key)).toEqual([
      '1970-01-01',
      '1970-01-02',
    ]);
    expect(satisfactionBy('category', sheets, dayOf).groups.map(({ key }) => key)).toEqual([
      null,
      'k',
    ]);
  });
});
