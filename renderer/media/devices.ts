import {
  type Device,
  type DeviceChoice,
  type DeviceList,
  usualDevices,
} from '#shared/contract/media.ts';
import type { Result } from '#shared/result.ts';
import { devicesOf, findDevice, type ListedDevice, systemDevice } from './deviceMatch.ts';
import type { MicrophoneWish } from './microphone.ts';

/** Output devices to use; an empty id is the system's choice, as setSinkId takes it. */
export interface OutputWish {
  speakerId: string;
  ringerId: string;
  ringVolume: number;
}

export interface DevicesHooks {
  report(list: DeviceList): void;
  takeMicrophone(wish: MicrophoneWish): Promise<Result<null>>;
  takeOutputs(wish: OutputWish): void;
  /** The microphone that is open; null where none is. */
  openMicrophone(): { id: string; label: string } | null;
}

/**
 * Finds the chosen devices among those plugged in, takes the system's while one is missing, and goes back to it when it
 * is plugged in again.
 */
export class Devices {
  #hooks: DevicesHooks;
  #choice: DeviceChoice = usualDevices;
  #headset: string | null = null;
  #listed: ListedDevice[] = [];
  /** The microphone that the system takes, as far as it told. */
  #systemMicrophone: string | null = null;
  #systemChanges = 0;
  #looking: Promise<void> = Promise.resolve();
  #told = '';

  constructor(hooks: DevicesHooks) {
    this.#hooks = hooks;
  }

  /** Follows what is plugged in and out from now on. */
  watch(): void {
    navigator.mediaDevices?.addEventListener('devicechange', () => {
      this.look().catch(() => undefined);
    });
  }

  /** Resolves when it is known which devices are there. */
  settled(): Promise<void> {
    return this.#looking;
  }

  /** Codes: microphone-denied, microphone-absent, microphone-busy. */
  choose(choice: DeviceChoice): Promise<Result<null>> {
    this.#choice = choice;
    return this.look();
  }

  headsetIs(name: string | null): void {
    this.#headset = name;
    this.#tell();
  }

  /** Looks at what is plugged in and takes what is wanted of it. */
  async look(): Promise<Result<null>> {
    const looking = this.#looking.then(async () => {
      this.#listed = await listDevices();
    });
    this.#looking = looking;
    await looking;
    this.#followSystem();
    this.#takeOutputs();
    const taken = await this.#takeMicrophone();
    this.#tell();
    return taken;
  }

  /** Before the page may use the microphone nothing is told: that is no change. */
  #followSystem(): void {
    const id = systemDevice(this.#listed, 'audioinput')?.id ?? null;
    if (!id) return;
    if (this.#systemMicrophone && this.#systemMicrophone !== id) this.#systemChanges += 1;
    this.#systemMicrophone = id;
  }

  #takeMicrophone(): Promise<Result<null>> {
    const { microphone, echoCancellation, noiseSuppression, autoGain } = this.#choice;
    const found = findDevice(microphone, devicesOf(this.#listed, 'audioinput'));
    return this.#hooks.takeMicrophone({
      deviceId: found?.id ?? null,
      systemChanges: this.#systemChanges,
      echoCancellation,
      noiseSuppression,
      autoGain,
    });
  }

  #takeOutputs(): void {
    const speakers = devicesOf(this.#listed, 'audiooutput');
    this.#hooks.takeOutputs({
      speakerId: findDevice(this.#choice.speaker, speakers)?.id ?? '',
      ringerId: findDevice(this.#choice.ringer, speakers)?.id ?? '',
      ringVolume: this.#choice.ringVolume,
    });
  }

  #tell(): void {
    const list = this.#list();
    const told = JSON.stringify(list);
    if (told === this.#told) return;
    this.#told = told;
    this.#hooks.report(list);
  }

  #list(): DeviceList {
    const microphones = devicesOf(this.#listed, 'audioinput');
    const speakers = devicesOf(this.#listed, 'audiooutput');
    const inUse = (choice: Device | null): Device | null =>
      findDevice(choice, speakers) ?? systemDevice(this.#listed, 'audiooutput');
    return {
      microphones,
      speakers,
      inUse: {
        microphone: this.#microphoneInUse(microphones),
        speaker: inUse(this.#choice.speaker),
        ringer: inUse(this.#choice.ringer),
      },
      headset: this.#headset?.slice(0, 500) ?? null,
    };
  }

  /** The open one, for the browser may have had to take another than the wanted one. */
  #microphoneInUse(microphones: Device[]): Device | null {
    const system = systemDevice(this.#listed, 'audioinput');
    const open = this.#hooks.openMicrophone();
    if (!open) return findDevice(this.#choice.microphone, microphones) ?? system;
    return findDevice(open, microphones) ?? system;
  }
}

async function listDevices(): Promise<ListedDevice[]> {
  try {
    return (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  } catch {
    return [];
  }
}
