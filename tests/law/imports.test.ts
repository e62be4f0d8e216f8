import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

/**
 * The import law of docs/ARCHITECTURE.md. It reads the module records of a real parser, so that
 * comments and strings cannot fool it.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const layers = ['shared', 'renderer', 'electron', 'server'] as const;
type Layer = (typeof layers)[number];

const mayImport: Record<Layer, readonly string[]> = {
  shared: ['shared'],
  renderer: ['renderer', 'shared'],
  electron: ['electron', 'shared'],
  server: ['server', 'shared'],
};

/** Packages that only certain places may use. */
const reserved: { name: RegExp; places: RegExp; why: string }[] = [
  {
    name: /^electron$/,
    places: /^electron\/(shell\/|main\.ts$|preload\.ts$|mediaPreload\.ts$)/,
    why: 'only the Electron shell knows Electron',
  },
  {
    name: /^sip\.js/,
    places: /^(electron\/phone\/sip\/|server\/practice\/)/,
    why: 'the SIP library hides behind the phone port',
  },
  {
    name: /^better-sqlite3$/,
    places: /^(electron\/cache|server\/store)\//,
    why: 'SQL stands only in the cache and the store',
  },
  {
    name: /^(pg|kysely|@electric-sql\/pglite.*)$/,
    places: /^server\/store\//,
    why: 'SQL of the server stands only in its store',
  },
  {
    name: /^(react|react-dom|@mantine\/.*|zustand|@tabler\/.*)$/,
    places: /^renderer\//,
    why: 'only the window paints',
  },
  {
    name: /^node:/,
    places: /^(electron|server)\/(?!preload)/,
    why: 'shared and renderer run without Node',
  },
];

interface Import {
  file: string;
  specifier: string;
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8');
  const { module } = parseSync(file, source);
  const found = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
    ...module.dynamicImports.map((one) =>
      source.slice(one.moduleRequest.start + 1, one.moduleRequest.end - 1),
    ),
  ];
  return found.map((specifier) => ({ file, specifier }));
}

function targetOf({ file, specifier }: Import): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return relative(root, join(root, dirname(file), specifier));
  return null;
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file);
const files = layers
  .flatMap((layer) => globSync(`${layer}/**/*.{ts,tsx}`, { cwd: root }))
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !isTest(file));
const imports = files.flatMap(importsOf);

describe('import law', () => {
  it('reads the sources', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it.each(layers)('%s imports only what it may', (layer) => {
    const wrong = imports.filter((one) => {
      if (!one.file.startsWith(`${layer}/`)) return false;
      const target = targetOf(one);
      return target !== null && !mayImport[layer].includes(target.split('/')[0] ?? '');
    });
    expect(wrong).toEqual([]);
  });

  it.each(reserved)('$name stays in its place: $why', ({ name, places }) => {
    const wrong = imports.filter(
      ({ file, specifier }) => name.test(specifier) && !places.test(file),
    );
    expect(wrong).toEqual([]);
  });

  it('imports no built file and no file without its ending', () => {
    const wrong = imports.filter((one) => {
      const target = targetOf(one);
      return target !== null && !/\.(tsx?|css|json|mjs|svg|wav|ulaw)(\?\w+)?$/.test(target);
    });
    expect(wrong).toEqual([]);
  });
});
