import { DeskError } from '../../result.ts';
import type { AnswerSheet, Question, Questionnaire } from './feedback.ts';

export type Answers = AnswerSheet['answers'];

/** Whether an answer is one of the question's kind. */
function isAnswerTo(question: Question, answer: unknown): boolean {
  switch (question.kind) {
    case 'score':
      return Number.isInteger(answer) && Number(answer) >= 1 && Number(answer) <= 5;
    case 'yesNo':
      return typeof answer === 'boolean';
    case 'choice':
      return question.choices.some(({ id }) => id === answer);
    case 'text':
      return typeof answer === 'string';
  }
}

/** Required questions without an answer, in their order. */
export function unanswered(questions: readonly Question[], answers: Answers): string[] {
  return questions
    .filter(({ required }) => required)
    .filter(({ id }) => answers[id] === undefined || answers[id] === '')
    .map(({ id }) => id);
}

/**
 * The answers that belong to the questions; empty texts are none. Throws `missing-field` and `invalid-input` with the
 * question's id as `field`.
 */
export function checkedAnswers(questions: readonly Question[], answers: Answers): Answers {
  const [missing] = unanswered(questions, answers);
  if (missing) throw new DeskError('missing-field', 'an answer is missing', { field: missing });
  const given = questions.flatMap((question): [string, Answers[string]][] => {
    const answer = answers[question.id];
    if (answer === undefined || answer === '') return [];
    if (isAnswerTo(question, answer)) return [[question.id, answer]];
    throw new DeskError('invalid-input', 'no answer to this question', { field: question.id });
  });
  return Object.fromEntries(given);
}

/** Scores (1 to 5) among the answers, in the order of the questions. */
export function scoresOf(questions: readonly Question[], answers: Answers): number[] {
  return questions
    .filter((question) => question.kind === 'score' && isAnswerTo(question, answers[question.id]))
    .map(({ id }) => Number(answers[id]));
}

/** Mean of the scores in hundredths, 100 to 500; null without any. */
export function meanHundredths(scores: readonly number[]): number | null {
  if (scores.length === 0) return null;
  return Math.round((scores.reduce((sum, score) => sum + score, 0) * 100) / scores.length);
}

type Editable = Pick<Questionnaire, 'name' | 'greeting' | 'questions'>;

/** What is wrong with a questionnaire before it can be used, as `place: word`; empty where nothing is. */
export function faultsOf({ name, questions }: Editable): string[] {
  const blank = (text: { en: string; 'zh-CN': string }) =>
    text.en.trim() === '' || text['zh-CN'].trim() === '';
  const faults: string[] = [];
  if (blank(name)) faults.push('name');
  if (questions.length === 0) faults.push('questions');
  const ids = new Set<string>();
  questions.forEach((question, at) => {
    if (blank(question.text)) faults.push(`questions.${at}.text`);
    if (ids.has(question.id)) faults.push(`questions.${at}.id`);
    ids.add(question.id);
    if (question.kind !== 'choice') return;
    if (question.choices.length < 2) faults.push(`questions.${at}.choices`);
    question.choices.forEach((choice, index) => {
      if (blank(choice.text)) faults.push(`questions.${at}.choices.${index}`);
    });
  });
  return faults;
}

/** Whether answers to `after` mean something else than answers to `before`: then it is another edition. */
export function isOtherEdition(before: Editable, after: Editable): boolean {
  return (
    JSON.stringify([before.greeting, before.questions]) !==
    JSON.stringify([after.greeting, after.questions])
  );
}
