import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { visibility } from '#shared/domain/visibility.ts';
import { entities, entityNames } from '#shared/sync/entities.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const tops = [
  ...['shared', 'renderer', 'electron', 'server', 'tests', 'bench', 'scripts'],
  ...['resources', 'examples', 'docs'],
];
const files = globSync(`{${tops.join(',')}}/**`, { cwd: root });
const there = new Set(files);
const isSource = /\.(?:tsx?|mjs|css|md)$/u;

/** Names in code marks: files by their ending, folders by the stroke behind them. */
function pathsIn(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gmu, '');
  return [...prose.matchAll(/`([\w./*-]+)`/gu)].map(([, path]) => path ?? '');
}

function isThere(path: string): boolean {
  const bare = path.replace(/\/$/u, '');
  if (bare.includes('*')) return globSync(bare, { cwd: root }).length > 0;
  if (tops.some((top) => path.startsWith(`${top}/`))) return there.has(bare);
  // Said beside its folder.
  return files.some((file) => file.endsWith(`/${bare}`));
}

describe('files and folders that are named', () => {
  it.each([...globSync('docs/*.md', { cwd: root }), 'README.md'])('in %s are there', (file) => {
    const named = pathsIn(read(file)).filter(
      (path) => isSource.test(path) || tops.some((top) => path.startsWith(`${top}/`)),
    );
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });
});

/** Rows of the table under these words, by the entities that their first cell names. */
function rowsByEntity(head: string): Map<string, string[]> {
  const text = read('docs/sync.md');
  const from = text.indexOf(head);
  const table = text.slice(from, text.indexOf('\n\n', from)).split('\n').slice(2);
  return new Map(
    table.flatMap((row) => {
      const [, names = '', ...cells] = row.split('|').map((cell) => cell.trim());
      return names.split(', ').map((name): [string, string[]] => [name, cells]);
    }),
  );
}

test('docs/sync.md tells of every entity how it merges and who sees it', () => {
  const writers = rowsByEntity('| entity | policy |');
  expect([...writers.keys()].sort()).toEqual([...entityNames].sort());
  for (const name of entityNames) expect(writers.get(name)?.[0], name).toBe(entities[name].policy);
  const viewers = rowsByEntity('| entity | who |');
  expect([...viewers.keys()].sort()).toEqual([...entityNames].sort());
  for (const name of entityNames) {
    const rule = visibility[name];
    if (rule.to === 'permission') {
      expect(viewers.get(name)?.[0], name).toBe(`\`${rule.permission}\``);
    }
    expect(viewers.get(name)?.[0] === 'everybody', name).toBe(rule.to === 'all');
  }
});
