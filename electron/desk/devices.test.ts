import { beforeEach, describe, expect, it } from 'vitest';
import { type DeviceList, usualDevices } from '#shared/contract/media.ts';
import type { Settings } from '#shared/contract/models/desk.ts';
import { keptLog } from '#tests/support/deskDouble.ts';
import { ScriptedMedia } from '#tests/support/scriptedMedia.ts';
import { createEventHub } from '../core/events.ts';
import { createDevices, type DeviceService } from './devices.ts';

const headset = { id: 'h1', label: 'Headset' };
const chosen = { ...usualDevices, microphone: headset, speaker: headset };
const list: DeviceList = {
  microphones: [headset],
  speakers: [headset],
  inUse: { microphone: headset, speaker: headset, ringer: null },
  headset: null,
};

let media: ScriptedMedia;
let settings: Settings;
let told: [string, unknown][];
let devices: DeviceService;

beforeEach(() => {
  media = new ScriptedMedia();
  settings = { language: 'en', theme: 'light', rememberedLogin: null, devices: usualDevices };
  told = [];
  const events = createEventHub(keptLog());
  events.listen((name, payload) => told.push([name, payload]));
  devices = createDevices({
    media,
    events,
    settings: {
      get: () => settings,
      change: (change) => {
        settings = { ...settings, ...change } as Settings;
        return settings;
      },
    },
  });
});

describe('the devices of a desk', () => {
  it('are told to the page that is there, and to each new one', async () => {
    await devices.choose(chosen);
    media.tell({ type: 'ready' });
    expect(media.commands).toEqual([
      { command: 'useDevices', input: usualDevices },
      { command: 'useDevices', input: chosen },
      { command: 'useDevices', input: chosen },
    ]);
  });

  it('are kept although the page cannot change over', async () => {
    media.failures.set('useDevices', 'microphone-busy');
    await expect(devices.choose(chosen)).rejects.toMatchObject({ code: 'microphone-busy' });
    expect(settings.devices).toEqual(chosen);
  });

  it('are unknown until the page tells, and passed on then', () => {
    expect(devices.list()).toMatchObject({ microphones: [], headset: null });
    media.tell({ type: 'devices', list });
    media.tell({ type: 'level', input: 0.5, output: 0 });
    expect(devices.list()).toEqual(list);
    expect(told).toEqual([
      ['devices.changed', list],
      ['devices.level', { input: 0.5, output: 0 }],
    ]);
  });

  it('are measured and tried on request', async () => {
    await devices.meter(true);
    await devices.testSound('ringer');
    expect(media.commands.slice(1)).toEqual([
      { command: 'meter', input: { on: true } },
      { command: 'testSound', input: { on: 'ringer' } },
    ]);
    media.failures.set('testSound', 'media-failed');
    await expect(devices.testSound('speaker')).rejects.toMatchObject({ code: 'media-failed' });
  });

  it('say nothing any more after the stop', () => {
    devices.stop();
    media.tell({ type: 'devices', list });
    expect(told).toEqual([]);
  });
});
