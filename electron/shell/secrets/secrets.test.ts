import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptLog } from '#tests/support/deskDouble.ts';
import { type KeyringOptions, openKeyring } from './keyring.ts';
import { createElectronSecrets } from './secrets.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Backend = ReturnType<KeyringOptions['safeStorage']['getSelectedStorageBackend']>;

/** Seals by turning the text round under the name of its key. */
function storage(backend: Backend, isAvailable = true, key = 'keyring') {
  const seal = (by: string, text: string) => Buffer.from(`${by}:${[...text].reverse().join('')}`);
  const open = (by: string, sealed: Buffer) => {
    const [name, text = ''] = sealed.toString().split(':');
    if (name !== by) throw new Error('another key');
    return [...text].reverse().join('');
  };
  return {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: async () => isAvailable,
    encryptStringAsync: async (text) => seal(key, text),
    decryptStringAsync: async (sealed) => ({ result: open(key, sealed), shouldReEncrypt: false }),
    setUsePlainTextEncryption: () => {},
    encryptString: (text) => seal('weak', text),
    decryptString: (sealed) => open('weak', sealed),
  } satisfies KeyringOptions['safeStorage'];
}

const absent = { ok: false, error: { code: 'keyring-absent' } };

describe('the keyring', () => {
  it.each<[NodeJS.Platform, Backend, boolean, boolean, boolean]>([
    ['linux', 'gnome_libsecret', true, false, true],
    ['linux', 'kwallet6', true, false, true],
    ['linux', 'basic_text', true, false, false],
    ['linux', 'basic_text', true, true, true],
    ['linux', 'unknown', true, false, false],
    ['linux', 'gnome_libsecret', false, false, false],
    ['linux', 'gnome_libsecret', false, true, true],
    ['win32', 'unknown', true, false, true],
    ['darwin', 'unknown', true, false, true],
    ['darwin', 'unknown', false, true, false],
  ])(
    'on %s with %s, available %s, weak allowed %s: opens %s',
    async (platform, backend, available, allowWeak, opens) => {
      const safeStorage = storage(backend, available);
      const opened = await openKeyring({ safeStorage, platform, allowWeak });
      if (opens) expect(opened.ok).toBe(true);
      else expect(opened).toMatchObject(absent);
    },
  );

  it('keeps to the strong key where it is there, also when a weak one is allowed', async () => {
    const safeStorage = storage('kwallet5');
    const opened = await openKeyring({ safeStorage, platform: 'linux', allowWeak: true });
    const sealed = opened.ok ? await opened.value.encrypt('a') : null;
    expect(sealed?.toString()).toBe('keyring:a');
  });
});

describe('secrets', () => {
  const file = () => join(folder, 'sealed.json');
  const open = async (key = 'keyring', log = keptLog()) => {
    const safeStorage = storage('unknown', true, key);
    const vault = await openKeyring({ safeStorage, platform: 'darwin', allowWeak: false });
    return createElectronSecrets(file(), vault, log);
  };

  it('survive a restart, sealed and readable by their owner alone', async () => {
    await (await open()).set('cache-key', 'open sesame');
    expect(readFileSync(file(), 'utf8')).not.toContain('sesame');
    expect(statSync(file()).mode & 0o077).toBe(0);
    expect(await (await open()).get('cache-key')).toBe('open sesame');
  });

  it('can be removed', async () => {
    const secrets = await open();
    await secrets.set('a', '1');
    await secrets.remove('a');
    expect(await secrets.get('a')).toBeNull();
    expect(await (await open()).get('a')).toBeNull();
  });

  it('that another key sealed count as absent', async () => {
    await (await open()).set('a', '1');
    const log = keptLog();
    expect(await (await open('new', log)).get('a')).toBeNull();
    expect(log.lines).toEqual(['warn a secret could not be opened and counts as absent']);
  });

  it('are refused without a keyring, by a code that people are told', async () => {
    const safeStorage = storage('basic_text');
    const vault = await openKeyring({ safeStorage, platform: 'linux', allowWeak: false });
    const secrets = createElectronSecrets(file(), vault, keptLog());
    await expect(secrets.get('a')).rejects.toMatchObject({ code: 'keyring-absent' });
    await expect(secrets.set('a', '1')).rejects.toMatchObject({ code: 'keyring-absent' });
  });

  it('in a damaged file are not overwritten', async () => {
    writeFileSync(file(), '{"a":');
    await expect(open()).rejects.toThrow();
    expect(readFileSync(file(), 'utf8')).toBe('{"a":');
  });
});
