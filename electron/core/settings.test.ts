import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { createEventHub } from './events.ts';
import { createSettings } from './settings.ts';

const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'switchboard-settings-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('the name of the centre is there for the sign-in page of the next start', () => {
  const events = createEventHub(log);
  const told = vi.fn();
  createSettings(dataDir, 'en', events, log);
  events.listen((name) => name === 'settings.changed' && told());
  events.emit('configuration.changed', defaultConfiguration);
  events.emit('configuration.changed', { ...defaultConfiguration });
  expect(told).toHaveBeenCalledOnce();
  const later = createSettings(dataDir, 'en', createEventHub(log), log);
  expect(later.get().organisation).toEqual(defaultConfiguration.organisation);
});
