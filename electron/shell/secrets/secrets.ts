import { z } from 'zod';
import { DeskError, type Result } from '#shared/result.ts';
import type { Log, Secrets } from '../../core/providers.ts';
import { readJsonFile, writeJsonFile } from './jsonFile.ts';
import type { Vault } from './keyring.ts';

/** Name → sealed value, base64. */
const fileSchema = z.record(z.string(), z.base64());

/**
 * Secrets sealed by the system's keyring, in a file of this desk. Without a keyring nothing is read
 * or kept: whoever needs a secret is told `keyring-absent`. A value that cannot be opened any more
 * (another user, a new keyring) counts as absent and is made anew.
 */
export function createElectronSecrets(file: string, vault: Result<Vault>, log: Log): Secrets {
  const sealed = new Map(Object.entries(readJsonFile(file, fileSchema) ?? {}));

  function opened(): Vault {
    if (vault.ok) return vault.value;
    const { code, message, details } = vault.error;
    throw new DeskError(code, message, details);
  }

  return {
    async get(name) {
      const { decrypt } = opened();
      const value = sealed.get(name);
      if (value === undefined) return null;
      try {
        return await decrypt(Buffer.from(value, 'base64'));
      } catch {
        log.warn('a secret could not be opened and counts as absent', { name });
        return null;
      }
    },
    async set(name, value) {
      const { encrypt } = opened();
      sealed.set(name, (await encrypt(value)).toString('base64'));
      writeJsonFile(file, Object.fromEntries(sealed));
    },
    async remove(name) {
      if (sealed.delete(name)) writeJsonFile(file, Object.fromEntries(sealed));
    },
  };
}
