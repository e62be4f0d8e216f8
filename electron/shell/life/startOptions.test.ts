import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProgramFailed } from '../../centre/programs.ts';
import { fill, languageOf, textsOf } from '../texts.ts';
import { faultOf, giveUp, StartFault } from './startFault.ts';
import { dataDirAmong, readStartOptions } from './startOptions.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const configure = (text: string) => writeFileSync(join(folder, 'config.json'), text);
const read = (argv: string[] = [], environment: NodeJS.ProcessEnv = {}) =>
  readStartOptions(['/opt/switchboard', ...argv], environment, folder);
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return faultOf(error).code;
  }
  return 'none';
};

describe('options of a start', () => {
  it('are a practice centre where nothing is said', () => {
    expect(read()).toEqual({
      serverUrl: null,
      answerKey: undefined,
      sharedScreen: false,
      allowWeakKeyring: false,
      logLevel: 'warn',
    });
  });

  it('take the command line before the environment before the file', () => {
    configure('{"serverUrl": "https://file.example.com"}');
    const environment = { SWITCHBOARD_SERVER: 'https://environment.example.com/' };
    expect(read().serverUrl).toBe('https://file.example.com');
    expect(read([], environment).serverUrl).toBe('https://environment.example.com');
    const argv = ['--server=http://127.0.0.1:7080'];
    expect(read(argv, environment).serverUrl).toBe('http://127.0.0.1:7080');
  });

  it('take several addresses of one centre', () => {
    const argv = ['--server=https://a.example.com/, https://b.example.com:8443'];
    expect(read(argv).serverUrl).toBe('https://a.example.com,https://b.example.com:8443');
  });

  it('read what an administrator wrote', () => {
    configure('{"answerKey": null, "sharedScreen": true, "allowWeakKeyring": true}');
    expect(read()).toMatchObject({ answerKey: null, sharedScreen: true, allowWeakKeyring: true });
  });

  it.each([
    ['1', true],
    ['0', false],
    ['', false],
  ])('allow a weak keyring by SWITCHBOARD_ALLOW_WEAK_KEYRING=%s: %s', (value, expected) => {
    const environment = { SWITCHBOARD_ALLOW_WEAK_KEYRING: value };
    expect(read([], environment).allowWeakKeyring).toBe(expected);
  });

  it.each([
    'switchboard.example.com',
    'ftp://switchboard.example.com',
    'https://user:pass@switchboard.example.com',
    'https://switchboard.example.com/path',
    'https://switchboard.example.com/?x=1',
    'https://a.example.com,b.example.com',
    'https://a.example.com,',
    'https://',
    'file:///etc/passwd',
  ])('refuse the server address %s', (url) => {
    expect(codeOf(() => read([`--server=${url}`]))).toBe('server-url');
  });

  it.each(['{', '[]', '{"serverUrl": 7}', '{"serverURL": "https://x.example.com"}'])(
    'refuse the settings file %s',
    (text) => {
      configure(text);
      expect(codeOf(read)).toBe('config');
    },
  );

  it('know the data folder', () => {
    expect(dataDirAmong(['--data=/srv/desk'])).toBe('/srv/desk');
    expect(dataDirAmong(['--data='])).toBeNull();
  });
});

describe('a start that fails', () => {
  it.each([
    [new StartFault('config', { file: 'f', detail: 'd' }), 'config', 2],
    [new StartFault('data-not-writable', { dataDir: '/x' }), 'data-not-writable', 3],
    [new ProgramFailed('server', 'exit-1', 'listen EADDRINUSE: 7080'), 'port-taken', 4],
    [new ProgramFailed('practice', 'port-taken', 'taken'), 'port-taken', 4],
    [new ProgramFailed('practice', 'settings-wrong', 'a\nb'), 'practice', 5],
    [new ProgramFailed('server', 'exit-2', 'no database'), 'server', 5],
    [new Error('odd'), 'internal', 1],
    ['odd', 'internal', 1],
  ])('%s is told as %s, with exit code %i', (error, code, exitCode) => {
    const told: string[][] = [];
    const exits: (number | undefined)[] = [];
    const dialog = { showErrorBox: (...words: string[]) => void told.push(words) };
    const app = { exit: (given?: number) => void exits.push(given) };
    const { fault } = textsOf('zh-CN');
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    giveUp(error, { dialog, app }, fault);
    written.mockRestore();
    expect(faultOf(error).code).toBe(code);
    expect(told[0]?.[0]).toBe(fault.title);
    expect(told[0]?.[1]).not.toMatch(/\{\{/);
    expect(exits).toEqual([exitCode]);
  });
});

describe('texts of the shell', () => {
  it('have the same names and the same gaps in both languages', () => {
    const shape = (value: unknown): unknown =>
      typeof value === 'string'
        ? (value.match(/\{\{\w+\}\}/g) ?? []).sort()
        : Object.fromEntries(
            Object.entries(value as object).map(([key, inner]) => [key, shape(inner)]),
          );
    expect(shape(textsOf('zh-CN'))).toEqual(shape(textsOf('en')));
  });

  it('leave a gap that nobody fills', () => {
    expect(fill('{{a}} {{b}}', { a: '1' })).toBe('1 {{b}}');
  });

  it.each([
    [['zh-CN', 'en-US'], 'zh-CN'],
    [['zh-Hans-SG'], 'zh-CN'],
    [['en-GB', 'zh-CN'], 'en'],
    [['fr-FR', 'zh-TW', 'en'], 'zh-CN'],
    [['fr-FR'], 'en'],
    [[], 'en'],
  ])('speak for %j: %s', (preferred, expected) => {
    expect(languageOf(preferred)).toBe(expected);
  });
});
