import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { EventOf } from '#shared/contract/contract.ts';
import { usualDevices } from '#shared/contract/media.ts';
import { type Settings, settingsSchema } from '#shared/contract/models/desk.ts';
import type { EventHub } from './events.ts';
import type { Log } from './providers.ts';

const usual: Settings = {
  language: 'zh-CN',
  theme: 'system',
  rememberedLogin: null,
  devices: usualDevices,
};

/** Settings of this desk, whoever is signed in; a damaged file falls back to the usual ones. */
export interface SettingsStore {
  get(): Settings;
  change(change: { [K in keyof Settings]?: Settings[K] | undefined }): Settings;
}

export function createSettings(
  dataDir: string,
  language: Settings['language'],
  events: EventHub,
  log: Log,
): SettingsStore {
  const file = join(dataDir, 'settings.json');
  let settings = read(file, { ...usual, language }, log);
  const store: SettingsStore = {
    get: () => settings,
    change(change) {
      settings = settingsSchema.parse({ ...settings, ...change });
      const fresh = `${file}.new`;
      writeFileSync(fresh, `${JSON.stringify(settings, null, 2)}\n`);
      renameSync(fresh, file);
      events.emit('settings.changed', settings);
      return settings;
    },
  };
  events.listen((name, payload) => {
    if (name === 'configuration.changed') {
      const { organisation } = payload as EventOf<'configuration.changed'>;
      if (!isDeepStrictEqual(organisation, settings.organisation)) store.change({ organisation });
    }
  });
  return store;
}

function read(file: string, fallback: Settings, log: Log): Settings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
  try {
    return settingsSchema.parse({ ...fallback, ...JSON.parse(text) });
  } catch {
    log.warn('settings could not be read, the usual ones are taken', { file });
    return fallback;
  }
}
