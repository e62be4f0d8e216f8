import { beforeEach, describe, expect, test } from 'vitest';
import { Headset, type HeadsetButton, type HeadsetLights } from './headset.ts';
import type { Hid, HidDevice } from './hid.ts';
import { HidDeviceDouble, handset, usbHeadset } from './testHeadsets.ts';

class HidDouble extends EventTarget implements Hid {
  devices: HidDevice[] = [];
  getDevices = async () => this.devices;
  requestDevice = async () => this.devices;
}

const dark: HeadsetLights = { ringing: false, offHook: false, muted: false, held: false };

let hid: HidDouble;
let pressed: HeadsetButton[];
let names: (string | null)[];
let headset: Headset;

beforeEach(() => {
  hid = new HidDouble();
  pressed = [];
  names = [];
  headset = new Headset(
    { pressed: (button) => pressed.push(button), connected: (name) => names.push(name) },
    hid,
  );
});

async function connected(collections = usbHeadset): Promise<HidDeviceDouble> {
  const device = new HidDeviceDouble(collections);
  hid.devices = [device];
  await headset.look();
  return device;
}

describe('a headset', () => {
  test('is taken where it has buttons of a telephone, and told', async () => {
    const keyboard = new HidDeviceDouble([{ usagePage: 1, usage: 6 }], 'Keyboard');
    const taken = new HidDeviceDouble(usbHeadset, 'Taken');
    taken.isTaken = true;
    hid.devices = [keyboard, taken, new HidDeviceDouble(usbHeadset, 'Mine')];
    await headset.look();
    expect(names).toEqual(['Mine']);
    expect(keyboard.opened).toBe(false);
  });

  test('that is unplugged is gone, and another takes its place', async () => {
    await connected();
    hid.devices = [];
    await headset.look();
    await connected();
    expect(names).toEqual(['Headset', null, 'Headset']);
  });

  test('is taken once, however often it is looked for', async () => {
    const device = await connected();
    await headset.look();
    device.sends(2, [0b0000_0100, 0]);
    expect(names).toEqual(['Headset']);
    expect(pressed).toEqual(['mute']);
  });

  test('a browser without WebHID has none', async () => {
    const without = new Headset({ pressed: () => undefined, connected: () => undefined }, null);
    await without.look();
    await without.show({ ...dark, offHook: true });
  });
});

describe('a button that tells each press', () => {
  test('is pressed by going down, not by coming up', async () => {
    const device = await connected();
    device.sends(2, [0b0000_0100, 0]);
    device.sends(2, [0, 0]);
    device.sends(2, [0b0000_0100, 0]);
    device.sends(2, [0, 0]);
    expect(pressed).toEqual(['mute', 'mute']);
  });

  test.each<[string, number, HeadsetButton]>([
    ['flash', 0b0000_1000, 'hold'],
    ['redial', 0b0001_0000, 'redial'],
  ])('%s', async (_, byte, button) => {
    const device = await connected();
    device.sends(2, [byte, 0]);
    expect(pressed).toEqual([button]);
  });

  test('drop rejects, on a device that names its buttons', async () => {
    const device = await connected(handset);
    device.sends(0, [4, 0]);
    expect(pressed).toEqual(['reject']);
  });
});

describe('the hook switch', () => {
  test('answers and hangs up; what the headset only echoes is no press', async () => {
    const device = await connected();
    device.sends(2, [1, 0]);
    expect(pressed).toEqual(['hook']);
    // The desk answered; the headset says again that it is off the hook.
    await headset.show({ ...dark, offHook: true });
    device.sends(2, [1, 0]);
    expect(pressed).toEqual(['hook']);
    device.sends(2, [0, 0]);
    expect(pressed).toEqual(['hook', 'hook']);
  });

  test('a call answered by mouse and ended by the customer is echoed twice and pressed never', async () => {
    const device = await connected();
    await headset.show({ ...dark, offHook: true });
    device.sends(2, [1, 0]);
    await headset.show(dark);
    device.sends(2, [0, 0]);
    expect(pressed).toEqual([]);
  });

  test('is pressed once while other buttons send the same report', async () => {
    const device = await connected();
    device.sends(2, [0b0000_0001, 0]);
    device.sends(2, [0b0000_0101, 0]);
    expect(pressed).toEqual(['hook', 'mute']);
  });

  test('works again on a headset that does not echo the end of a call', async () => {
    const device = await connected();
    device.sends(2, [1, 0]);
    await headset.show({ ...dark, offHook: true });
    await headset.show(dark);
    device.sends(2, [1, 0]);
    expect(pressed).toEqual(['hook', 'hook']);
  });
});

describe('the lights', () => {
  test('follow the calls', async () => {
    const device = await connected();
    device.written.length = 0;
    await headset.show({ ...dark, ringing: true });
    await headset.show({ ...dark, offHook: true, muted: true });
    expect(device.written).toEqual([
      { reportId: 3, bytes: [0b0010_0100, 0] },
      { reportId: 3, bytes: [0b0000_0011, 0] },
    ]);
  });

  test('are shown on a headset that comes later', async () => {
    await headset.show({ ...dark, offHook: true });
    const device = await connected();
    expect(device.written).toEqual([{ reportId: 3, bytes: [1, 0] }]);
  });
});
