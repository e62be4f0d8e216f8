import type { DeviceChoice, DeviceList } from '#shared/contract/media.ts';
import type { EventHub } from '../core/events.ts';
import type { MediaPort } from '../core/providers.ts';
import type { SettingsStore } from '../core/settings.ts';
import { unwrap } from '../session/session.ts';

/** Microphone, speaker and ringer of this desk, whoever is signed in. */
export interface DeviceService {
  list(): DeviceList;
  /** Kept for this desk, and in use at once or with the next page. Codes: microphone-*, media-failed. */
  choose(choice: DeviceChoice): Promise<void>;
  /** Levels as `devices.level` events until turned off. Codes: microphone-*, media-*. */
  meter(on: boolean): Promise<void>;
  /** Codes: media-page-absent, media-failed. */
  testSound(on: 'speaker' | 'ringer'): Promise<void>;
  stop(): void;
}

export interface DeviceOptions {
  media: MediaPort;
  settings: Pick<SettingsStore, 'get' | 'change'>;
  events: Pick<EventHub, 'emit'>;
}

const unknown: DeviceList = {
  microphones: [],
  speakers: [],
  inUse: { microphone: null, speaker: null, ringer: null },
  headset: null,
};

/**
 * Tells each new media page what was chosen, and the window what the page finds. To be made before the phone: a page
 * shall know its microphone before the phone has it opened.
 */
export function createDevices({ media, settings, events }: DeviceOptions): DeviceService {
  let list = unknown;
  const tellPage = () => media.run('useDevices', settings.get().devices);

  const stop = media.listen((event) => {
    if (event.type === 'ready') {
      // What fails of it the page tells by itself, as a state of the microphone.
      void tellPage();
    } else if (event.type === 'devices') {
      list = event.list;
      events.emit('devices.changed', list);
    } else if (event.type === 'level') {
      events.emit('devices.level', { input: event.input, output: event.output });
    }
  });
  if (media.present()) void tellPage();

  return {
    list: () => list,
    async choose(choice) {
      settings.change({ devices: choice });
      if (media.present()) unwrap(await tellPage());
    },
    async meter(on) {
      unwrap(await media.run('meter', { on }));
    },
    async testSound(on) {
      unwrap(await media.run('testSound', { on }));
    },
    stop,
  };
}
