import type { CustomerForm, FormField } from '#shared/domain/settings/customerForm.ts';

export type FormProblem = 'noId' | 'badId' | 'sameId' | 'noLabel' | 'noChoices' | 'sameChoice';

const idPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/u;

export function newField(fields: readonly FormField[]): FormField {
  const ids = new Set(fields.map(({ id }) => id));
  let number = fields.length + 1;
  while (ids.has(`field${number}`)) number += 1;
  return {
    ...{ id: `field${number}`, label: { en: '', 'zh-CN': '' }, type: 'text' },
    ...{ kinds: ['person', 'company'], group: 'other', choices: [], required: false },
    ...{ question: null, worth: 0, staleAfterMonths: null, retired: false },
  };
}

/** One of a list moved by some places; the list stays as it is at its ends. */
export function moved<T>(list: readonly T[], at: number, by: number): T[] {
  const to = at + by;
  const one = list[at];
  if (one === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(at, 1).toSpliced(to, 0, one);
}

/** A line for each choice: `id = English | 中文`; without an id the English name makes one. */
export function choicesText(choices: FormField['choices']): string {
  return choices.map(({ id, label }) => `${id} = ${label.en} | ${label['zh-CN']}`).join('\n');
}

export function readChoices(text: string): FormField['choices'] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(0, 100).map((line) => {
    const [before = '', ...after] = line.split('=');
    const names = (after.length > 0 ? after.join('=') : before).split('|');
    const en = (names[0] ?? '').trim();
    const zh = (names[1] ?? '').trim() || en;
    const id = after.length > 0 ? before.trim() : en.toLowerCase().replace(/[^a-z0-9]+/gu, '-');
    return { id: id.slice(0, 64), label: { en: en || zh, 'zh-CN': zh } };
  });
}

function problemOf(field: FormField, known: ReadonlyMap<string, number>): FormProblem | null {
  if (field.id === '') return 'noId';
  if (!idPattern.test(field.id)) return 'badId';
  if ((known.get(field.id) ?? 0) > 1) return 'sameId';
  if (field.label.en.trim() === '' || field.label['zh-CN'].trim() === '') return 'noLabel';
  if (field.type !== 'choice' && field.type !== 'choices') return null;
  if (field.choices.length === 0) return 'noChoices';
  const ids = field.choices.map(({ id }) => id);
  // Several chosen ones are kept with commas between them.
  const unclear = ids.some((id) => id === '' || id.includes(','));
  return unclear || new Set(ids).size < ids.length ? 'sameChoice' : null;
}

/** What is wrong with each field, by its place in the form. */
export function formProblems({ fields }: CustomerForm): Map<number, FormProblem> {
  const known = new Map<string, number>();
  for (const { id } of fields) known.set(id, (known.get(id) ?? 0) + 1);
  const found = new Map<number, FormProblem>();
  fields.forEach((field, at) => {
    const problem = problemOf(field, known);
    if (problem !== null) found.set(at, problem);
  });
  return found;
}
