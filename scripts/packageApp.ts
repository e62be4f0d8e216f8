import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fetchElectron } from './electronBinary.ts';

/**
 * Second half of `npm run package`: finds Electron, builds, and packs the desktop into out/packages.
 * ELECTRON_DIST names a folder with an unpacked Electron, or with its archive, where it cannot be
 * downloaded.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(
  readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
);
const values = readOptions();

function readOptions() {
  try {
    return parseArgs({
      options: {
        dir: { type: 'boolean', default: false },
        linux: { type: 'boolean', default: false },
        win: { type: 'boolean', default: false },
        mac: { type: 'boolean', default: false },
        arch: { type: 'string', default: process.arch },
      },
    }).values;
  } catch (error) {
    return giveUp(error instanceof Error ? error.message : String(error));
  }
}

function giveUp(line: string): never {
  console.error(line);
  process.exit(1);
}

function platformOf(): NodeJS.Platform {
  const chosen = [
    values.linux ? 'linux' : null,
    values.win ? 'win32' : null,
    values.mac ? 'darwin' : null,
  ].filter((platform) => platform !== null);
  if (chosen.length > 1) giveUp('One platform at a time: --linux, --win or --mac.');
  return (chosen[0] as NodeJS.Platform | undefined) ?? process.platform;
}

/** The folder that was given, if it holds the Electron this desktop is built for. */
function checked(folder: string, archive: string): string {
  if (existsSync(join(folder, archive))) return folder;
  const file = join(folder, 'version');
  if (!existsSync(file)) giveUp(`ELECTRON_DIST: there is no Electron in ${folder}.`);
  const there = readFileSync(file, 'utf8').trim().replace(/^v/, '');
  if (there !== version) giveUp(`ELECTRON_DIST: Electron ${there} is there, ${version} is needed.`);
  return folder;
}

async function electronFor(platform: NodeJS.Platform): Promise<string> {
  const given = process.env.ELECTRON_DIST;
  const archive = `electron-v${version}-${platform}-${values.arch}.zip`;
  if (given) return checked(resolve(given), archive);
  console.log('Downloading Electron …');
  const fetched = await fetchElectron(root, platform, values.arch);
  if ('archive' in fetched) return dirname(fetched.archive);
  return giveUp(
    `Electron ${version} could not be downloaded (${fetched.problem}). ELECTRON_DIST can name a folder that holds it.`,
  );
}

function run(words: string[]): number {
  return spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

const platform = platformOf();
const electronDist = await electronFor(platform);
console.log('Building …');
if (run(['scripts/build.ts']) !== 0) giveUp('The build failed; the lines above say why.');
const target = { linux: '--linux', win32: '--win', darwin: '--mac' }[platform as string];
if (!target) giveUp(`There is no package for ${platform}.`);
const packed = run([
  'node_modules/electron-builder/cli.js',
  target,
  `--${values.arch}`,
  ...(values.dir ? ['--dir'] : []),
  '--publish',
  'never',
  `-c.electronDist=${electronDist}`,
]);
if (packed !== 0) giveUp('The packages could not be made; the lines above say why.');
console.log(globSync('out/packages/*.{exe,dmg,zip,AppImage,deb}', { cwd: root }).join('\n'));
