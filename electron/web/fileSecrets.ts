import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Secrets } from '../core/providers.ts';

const fileSchema = z.record(z.string(), z.string());

/**
 * Secrets of the browser shell, where no keyring can be counted on: a file only its owner can read
 * (docs/security.md says what that means). The Electron shell uses the system's keyring instead.
 */
export function createFileSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  const values = new Map(Object.entries(read(file)));

  function write(): void {
    const fresh = `${file}.new`;
    writeFileSync(fresh, JSON.stringify(Object.fromEntries(values)), { mode: 0o600 });
    chmodSync(fresh, 0o600);
    renameSync(fresh, file);
  }

  return {
    get: async (name) => values.get(name) ?? null,
    async set(name, value) {
      values.set(name, value);
      write();
    },
    async remove(name) {
      if (values.delete(name)) write();
    },
  };
}

function read(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  return fileSchema.parse(JSON.parse(text));
}
