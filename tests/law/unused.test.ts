import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const sources = globSync('{renderer,electron,shared,server,scripts}/**/*.{ts,tsx,mjs}', {
  cwd: root,
})
  .filter((path) => !/\.test\.tsx?$/u.test(path))
  .map((path) => ({ path, text: read(path) }));

/** Names of the classes that a stylesheet says something about. */
function classesIn(css: string): Set<string> {
  const rules = css
    .replaceAll(/\/\*[\s\S]*?\*\//gu, '')
    .replaceAll(/url\([^)]*\)|"[^"]*"|'[^']*'/gu, '')
    .replaceAll(/composes:[^;]*;/gu, '');
  // What stands before a brace is a selector; values end with a semicolon or a brace that closes.
  const selectors = [...rules.matchAll(/([^{};]+)\{/gu)].map(([, selector]) => selector ?? '');
  return new Set(
    selectors
      .filter((selector) => !selector.trim().startsWith('@'))
      .flatMap((selector) => [...selector.matchAll(/\.([A-Za-z_][\w-]*)/gu)])
      .map(([, name]) => name ?? ''),
  );
}

interface Use {
  path: string;
  /** As it is called there. */
  name: string;
}

/** Which modules import a stylesheet, and under which name. */
function usesOf(sheet: string): Use[] {
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(/import (\w+) from '([^']+\.module\.css)'/gu)]
      .filter(([, , from]) => relative(root, resolve(root, dirname(path), from ?? '')) === sheet)
      .map(([, name]) => ({ path, name: name ?? '' })),
  );
}

/** Classes that a module names: each one, or all that begin and end so. */
function namedIn({ path, name }: Use): { classes: Set<string>; patterns: RegExp[] } {
  const text = sources.find((source) => source.path === path)?.text ?? '';
  // Not the file's own name, nor what is called so in an object.
  const dotted = [...text.matchAll(new RegExp(`(?<![/.\\w])${name}\\.(\\w+)`, 'gu'))];
  const quoted = [...text.matchAll(new RegExp(`\\b${name}\\['([^']+)'\\]`, 'gu'))];
  const computed = [...text.matchAll(new RegExp(`\\b${name}\\[([^'\\]]+)\\]`, 'gu'))];
  return {
    classes: new Set([...dotted, ...quoted].map(([, one]) => one ?? '')),
    patterns: computed.map(([, expression]) => patternOf(expression ?? '')),
  };
}

/** What a computed name can be: a template tells its fixed parts, anything else nothing. */
function patternOf(expression: string): RegExp {
  const template = /^`([^`]*)`$/u.exec(expression)?.[1];
  if (template === undefined) return /^\w+$/u;
  return new RegExp(`^${template.replaceAll(/\$\{[^}]*\}/gu, '\\w+')}$`, 'u');
}

describe('stylesheets of modules', () => {
  const sheets = globSync('renderer/**/*.module.css', { cwd: root }).sort();

  it.each(sheets)('%s has every class that is named, and every one of its classes is', (sheet) => {
    const classes = classesIn(read(sheet));
    const uses = usesOf(sheet);
    const named = uses.map((use) => ({ ...use, ...namedIn(use) }));
    const missing = named.flatMap((use) =>
      [...use.classes].filter((one) => !classes.has(one)).map((one) => `${one} in ${use.path}`),
    );
    expect(missing).toEqual([]);
    const isNamed = (one: string) =>
      named.some(
        (use) => use.classes.has(one) || use.patterns.some((pattern) => pattern.test(one)),
      );
    expect([...classes].filter((one) => !isNamed(one))).toEqual([]);
  });
});

/** Files of texts that parts without i18next read as objects; their keys are names of properties there. */
const asObjects = new Set(
  sources.flatMap(({ text }) =>
    [...text.matchAll(/import \w+ from '[^']*locales\/en\/(\w+)\.json'/gu)].map(
      ([, space]) => space,
    ),
  ),
);
const outside = sources.filter(({ path }) => !path.startsWith('renderer/'));

const plural = /_(?:one|other)$/u;

function keysIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path.replace(plural, '')];
  return Object.entries(value).flatMap(([key, inner]) =>
    keysIn(inner, path === '' ? key : `${path}.${key}`),
  );
}

describe('texts', () => {
  const files = globSync('shared/locales/en/*.json', { cwd: root }).sort();
  const all = sources.map(({ text }) => text).join('\n');
  const literals = new Set([...all.matchAll(/['"`]([\w.:-]+)['"`]/gu)].map(([, one]) => one ?? ''));
  const templates = [...all.matchAll(/`((?:[\w.:-]|\$\{[^`}]*\})+)`/gu)]
    .map(([, one]) => one ?? '')
    .filter((one) => one.includes('${') && /[\w-]{2,}\./u.test(one.replaceAll(/\$\{[^}]*\}/gu, '')))
    .map(
      (one) =>
        new RegExp(`^${one.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/gu, '[\\w.-]+')}$`, 'u'),
    );

  /** The name of a property, or a word by which one is chosen. */
  const isProperty = (space: string, key: string) => {
    const last = key.split('.').at(-1) ?? '';
    const named = new RegExp(`\\.${escaped(last)}\\b`, 'u');
    const readers = asObjects.has(space) ? outside : [];
    return (
      readers.length > 0 && (literals.has(last) || readers.some(({ text }) => named.test(text)))
    );
  };

  it.each(files)('%s: each one is shown somewhere', (file) => {
    const space = file.split('/').at(-1)?.replace('.json', '') ?? '';
    const isUsed = (key: string) =>
      // A list of choices is named as a whole.
      literals.has(`${space}:${key.split('.').slice(0, -1).join('.')}`) ||
      [key, `${space}:${key}`].some(
        (one) => literals.has(one) || templates.some((template) => template.test(one)),
      ) ||
      isProperty(space, key);
    const keys = [...new Set(keysIn(JSON.parse(read(file))))];
    expect(keys.filter((key) => !isUsed(key))).toEqual([]);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}
