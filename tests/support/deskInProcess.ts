import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDesk, type Desk } from '#electron/core/desk.ts';
import { createMediaRelay, type MediaRelay } from '#electron/core/mediaRelay.ts';
import type { Log, Secrets } from '#electron/core/providers.ts';
import { systemClock } from '#electron/core/systemClock.ts';

export interface TestDesk {
  desk: Desk;
  relay: MediaRelay;
  dataDir: string;
  /** Messages of level error: a healthy desk has none. */
  errors: string[];
  stop(): Promise<void>;
}

/** A desk without window and without process of its own, with the services as they are. */
export function startTestDesk(serverUrl: string): TestDesk {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchboard-desk-'));
  const relay = createMediaRelay(systemClock);
  const errors: string[] = [];
  const desk = createDesk({
    log: logInto(errors),
    clock: systemClock,
    secrets: memorySecrets(),
    media: relay.port,
    dataDir,
    version: '0.0.0-test',
    serverUrl,
    language: 'en',
  });
  return {
    desk,
    relay,
    dataDir,
    errors,
    async stop() {
      await desk.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function memorySecrets(): Secrets {
  const values = new Map<string, string>();
  return {
    get: async (name) => values.get(name) ?? null,
    set: async (name, value) => void values.set(name, value),
    remove: async (name) => void values.delete(name),
  };
}

function logInto(errors: string[]): Log {
  return {
    info: () => {},
    warn: () => {},
    error: (message, details) => void errors.push(`${message} ${JSON.stringify(details ?? {})}`),
  };
}
