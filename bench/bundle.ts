import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';
import { builtApp } from './builtApp.ts';
import { type Bench, limitFigure, plainFigure } from './figure.ts';

const mostKb = 300;

/**
 * JavaScript that must be there before the window paints first: the scripts of its page and all that
 * they import statically, gzip level 9, kB of 1000 bytes. Dynamic imports come later and do not count.
 */
export const bench: Bench = async () => {
  const page = join(builtApp(), 'renderer', 'index.html');
  const scripts = neededAtFirst(page);
  const styles = referred(page, /<link [^>]*href="([^"]+\.css)"/gu);
  return [
    limitFigure(
      'bundle, JavaScript for the first paint',
      'kB',
      kilobytes(scripts),
      mostKb,
      scripts.length,
    ),
    plainFigure('bundle, styles', 'kB', kilobytes(styles), styles.length),
  ];
};

function neededAtFirst(page: string): string[] {
  const found = new Set([
    ...referred(page, /<script [^>]*src="([^"]+)"/gu),
    ...referred(page, /<link [^>]*rel="modulepreload"[^>]*href="([^"]+)"/gu),
  ]);
  // What is added while this runs is visited as well.
  for (const file of found) {
    for (const imported of staticImports(file)) found.add(imported);
  }
  return [...found];
}

function referred(page: string, pattern: RegExp): string[] {
  return Array.from(readFileSync(page, 'utf8').matchAll(pattern), ([, path = '']) =>
    join(dirname(page), path),
  );
}

function staticImports(file: string): string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  const imports = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : [])),
  );
  return [...imports, ...exports].map((path) => join(dirname(file), path));
}

function kilobytes(files: string[]): number {
  const bytes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length);
  return bytes.reduce((sum, one) => sum + one, 0) / 1000;
}
