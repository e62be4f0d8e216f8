import type { SafeStorage } from 'electron';
import { fail, ok, type Result } from '#shared/result.ts';

type Storage = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
  | 'encryptString'
  | 'decryptString'
>;

/** Encrypts with a key that the system keeps. */
export interface Vault {
  encrypt(text: string): Promise<Buffer>;
  decrypt(sealed: Buffer): Promise<string>;
}

export interface KeyringOptions {
  safeStorage: Storage;
  platform: NodeJS.Platform;
  /** The administrator accepts a key that everybody knows, where there is no keyring. */
  allowWeak: boolean;
}

/**
 * The system's keyring: Keychain, DPAPI, libsecret or KWallet. Code `keyring-absent` where there is
 * none. On Linux without one, Chromium would take a fixed key that protects nothing (`basic_text`):
 * that is refused unless it was allowed in so many words. Only after the app is ready.
 */
export async function openKeyring(options: KeyringOptions): Promise<Result<Vault>> {
  const { safeStorage, platform, allowWeak } = options;
  const backend = platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system';
  const isWeak = backend === 'basic_text' || backend === 'unknown';
  if (!isWeak && (await safeStorage.isAsyncEncryptionAvailable())) return ok(strong(safeStorage));
  if (platform === 'linux' && allowWeak) return ok(weak(safeStorage));
  return fail('keyring-absent', 'the system offers no keyring for the secrets', { backend });
}

function strong(safeStorage: Storage): Vault {
  return {
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
  };
}

/** Electron offers the fixed key to its synchronous functions alone. */
function weak(safeStorage: Storage): Vault {
  safeStorage.setUsePlainTextEncryption(true);
  return {
    encrypt: async (text) => safeStorage.encryptString(text),
    decrypt: async (sealed) => safeStorage.decryptString(sealed),
  };
}
