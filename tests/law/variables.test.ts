import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { environmentSchema } from '#server/environmentSchema.ts';
import { helpText } from '#server/operations/help.ts';
import { variables } from '#server/variables.ts';

const names = variables.flatMap((variable) => variable.names);

test('every variable that the server reads is told of, and no other', () => {
  expect([...names].sort()).toEqual(Object.keys(environmentSchema.shape).sort());
});

test('docs/operations.md says what the program says of itself', () => {
  const rows = variables.map(({ names: together, meaning, otherwise }) => {
    const first = together.map((name) => `\`${name}\``).join(', ');
    return `| ${first} | ${meaning} | ${otherwise} |`;
  });
  const docs = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const table = /\| variable \| meaning \| default \|\n\|---\|---\|---\|\n((?:\|.*\n)+)/.exec(docs);
  expect(table?.[1]?.trimEnd().split('\n')).toEqual(rows);
});

test('the help names them all', () => {
  for (const name of names) expect(helpText()).toContain(name);
});
