import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { rememberBuild } from './buildState.mjs';

/**
 * Builds everything that runs: the window (vite.config.ts), the programs for Node and Electron's
 * main process, and the sandboxed preload, which may require nothing but `electron`.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = 'out/app';

/**
 * Libraries of many small files, which the programs have in themselves: to find and read the files was a third of a
 * desk's start. Those with native code, or files of their own, stay what Node finds.
 */
const takenIn = [
  ...['@fastify/error', 'csv-parse', 'fastest-levenshtein', 'fastify-type-provider-zod', 'kysely'],
  ...['libphonenumber-js', 'pinyin-pro', 'sip.js', 'uuid', 'zod'],
];

async function buildWindow(): Promise<void> {
  await build({ configFile: `${root}vite.config.ts`, logLevel: 'warn' });
}

async function buildPrograms(): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          web: 'electron/web.ts',
          cacheWorker: 'electron/cache/cacheWorker.ts',
          server: 'server/main.ts',
          practice: 'server/practice/main.ts',
        },
        external: ['electron'],
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
    ssr: { noExternal: takenIn },
  });
}

/** One build each: a sandboxed preload cannot require a chunk that it shares with another. */
async function buildPreload(name: 'preload' | 'mediaPreload'): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: false,
      minify: false,
      rollupOptions: {
        input: { [name]: `electron/${name}.ts` },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
    ssr: { noExternal: true },
  });
}

rmSync(new URL(`../${outDir}`, import.meta.url), { recursive: true, force: true });
await buildWindow();
await buildPrograms();
await buildPreload('preload');
await buildPreload('mediaPreload');
rememberBuild();
