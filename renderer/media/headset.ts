import type { MediaEvent, MediaInput } from '#shared/contract/media.ts';
import { headsetNews } from './headsetNews.ts';
import { type Hid, type HidDevice, type HidInputReport, hidOf } from './hid.ts';
import {
  type ButtonName,
  isOn,
  type LightName,
  lightsReport,
  readTelephony,
  type TelephonyReports,
} from './telephonyReports.ts';

export type HeadsetButton = Extract<MediaEvent, { type: 'button' }>['button'];
export type HeadsetLights = MediaInput<'headset'>;

export interface HeadsetHooks {
  pressed(button: HeadsetButton): void;
  /** A headset with buttons is there, or gone: null. */
  connected(name: string | null): void;
}

const buttonOf: Record<ButtonName, HeadsetButton> = {
  hookSwitch: 'hook',
  flash: 'hold',
  hold: 'hold',
  redial: 'redial',
  drop: 'reject',
  phoneMute: 'mute',
};

const dark: HeadsetLights = { ringing: false, offHook: false, muted: false, held: false };

/**
 * Buttons and lights of one headset by WebHID. The agent allows the device once in the settings; from then on it is
 * taken whenever it is plugged in.
 */
export class Headset {
  #hooks: HeadsetHooks;
  #hid: Hid | null;
  #device: HidDevice | null = null;
  #reports: TelephonyReports | null = null;
  #lights = dark;
  /** What each button said last. */
  #states = new Map<ButtonName, boolean>();
  #looking: Promise<void> = Promise.resolve();

  constructor(hooks: HeadsetHooks, hid: Hid | null = hidOf(navigator)) {
    this.#hooks = hooks;
    this.#hid = hid;
  }

  /** Takes an allowed headset now and whenever one comes. */
  watch(): void {
    const look = (): void => {
      this.look().catch(() => undefined);
    };
    this.#hid?.addEventListener('connect', look);
    this.#hid?.addEventListener('disconnect', look);
    if (this.#hid) headsetNews.listen(look);
    look();
  }

  /** Looks for an allowed headset; one look after the other. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#find()).catch(() => undefined);
    return this.#looking;
  }

  /** What its lights shall tell; many a headset opens and closes its own audio by them. */
  async show(lights: HeadsetLights): Promise<void> {
    this.#follow(lights);
    const { ringing, offHook, muted, held } = lights;
    const areOn = new Set<LightName>();
    if (ringing) areOn.add('ring').add('ringer');
    if (offHook) areOn.add('offHook');
    if (muted) areOn.add('mute');
    if (held) areOn.add('hold');
    const reports = this.#reports;
    if (!reports) return;
    for (const reportId of new Set(reports.lights.map((light) => light.reportId))) {
      await this.#device?.sendReport(reportId, lightsReport(reports, reportId, areOn));
    }
  }

  async #find(): Promise<void> {
    const allowed = (await this.#hid?.getDevices()) ?? [];
    if (this.#device && allowed.includes(this.#device) && this.#device.opened) return;
    this.#leave();
    for (const device of allowed) {
      const reports = readTelephony(device.collections);
      if (reports && (await opened(device))) {
        this.#take(device, reports);
        return;
      }
    }
  }

  #take(device: HidDevice, reports: TelephonyReports): void {
    this.#device = device;
    this.#reports = reports;
    this.#states.clear();
    device.addEventListener('inputreport', this.#onReport);
    this.#hooks.connected(device.productName);
    this.show(this.#lights).catch(() => undefined);
  }

  #leave(): void {
    if (!this.#device) return;
    this.#device.removeEventListener('inputreport', this.#onReport);
    this.#device = null;
    this.#reports = null;
    this.#hooks.connected(null);
  }

  #onReport = (event: Event): void => {
    const { reportId, data } = event as HidInputReport;
    for (const button of this.#reports?.buttons ?? []) {
      if (button.reportId !== reportId) continue;
      const isNow = isOn(button, data);
      const was = this.#states.get(button.name) ?? false;
      this.#states.set(button.name, isNow);
      const isPressed = button.keepsState
        ? isNow !== was && isNow !== this.#shown(button.name)
        : isNow && !was;
      if (isPressed) this.#hooks.pressed(buttonOf[button.name]);
    }
  };

  /** A light that changes sets the control beside it, whether the headset says so or not. */
  #follow(lights: HeadsetLights): void {
    const before = this.#lights;
    this.#lights = lights;
    if (lights.offHook !== before.offHook) this.#states.set('hookSwitch', lights.offHook);
    if (lights.muted !== before.muted) this.#states.set('phoneMute', lights.muted);
    if (lights.held !== before.held) this.#states.set('hold', lights.held);
  }

  /**
   * What the desk has set the control to. A headset that keeps state answers a light with a report of its own: that
   * is an echo, and no press.
   */
  #shown(name: ButtonName): boolean {
    if (name === 'hookSwitch') return this.#lights.offHook;
    if (name === 'phoneMute') return this.#lights.muted;
    return name === 'hold' && this.#lights.held;
  }
}

/** A headset that another program holds alone cannot be opened. */
async function opened(device: HidDevice): Promise<boolean> {
  try {
    if (!device.opened) await device.open();
    return true;
  } catch {
    return false;
  }
}
