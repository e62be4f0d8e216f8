import type { Database } from 'better-sqlite3';
import {
  type Configuration,
  completeConfiguration,
  type SettingKey,
} from '#shared/domain/configuration.ts';
import { type PartKey, type PartOf, type Parts, partsFrom } from '#shared/domain/settings/parts.ts';

/** What administrators set for everybody, read once and remembered until `forget`. */
export function createSettingReads(db: Database) {
  const settingByKey = db
    .prepare<[SettingKey], string>('SELECT "value" FROM setting WHERE "key" = ? LIMIT 1')
    .pluck();
  let configuration: Configuration | null | undefined;
  let parts: Parts | undefined;

  return {
    configuration(): Configuration | null {
      if (configuration === undefined) {
        const json = settingByKey.get('configuration');
        configuration = json === undefined ? null : completeConfiguration(JSON.parse(json));
      }
      return configuration;
    },
    part<K extends PartKey>(key: K): PartOf<K> {
      parts ??= partsFrom((one) => JSON.parse(settingByKey.get(one) ?? 'null'));
      return parts[key] as PartOf<K>;
    },
    forget(): void {
      configuration = undefined;
      parts = undefined;
    },
  };
}
