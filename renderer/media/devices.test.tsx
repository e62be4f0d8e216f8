import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type DeviceList, usualDevices } from '#shared/contract/media.ts';
import { ok } from '#shared/result.ts';
import type { ListedDevice } from './deviceMatch.ts';
import { Devices, type OutputWish } from './devices.ts';
import type { MicrophoneWish } from './microphone.ts';

function input(deviceId: string, label: string, groupId = label): ListedDevice {
  return { deviceId, label, groupId, kind: 'audioinput' };
}
function output(deviceId: string, label: string): ListedDevice {
  return { deviceId, label, groupId: label, kind: 'audiooutput' };
}

const laptop = input('m1', 'Built-in');
const headset = input('m2', 'Headset');
const systemLaptop = input('default', 'Default - Built-in', 'Built-in');
const systemHeadset = input('default', 'Default - Headset', 'Headset');
const speaker = output('s1', 'Speaker');
const earphones = output('s2', 'Headset');

let listed: ListedDevice[];
let wishes: MicrophoneWish[];
let outputs: OutputWish[];
let told: DeviceList[];
let devices: Devices;

beforeEach(() => {
  listed = [systemLaptop, laptop, headset, speaker, earphones];
  wishes = [];
  outputs = [];
  told = [];
  vi.stubGlobal('navigator', { mediaDevices: { enumerateDevices: async () => listed } });
  devices = new Devices({
    report: (list) => told.push(list),
    takeMicrophone: async (wish) => {
      wishes.push(wish);
      return ok(null);
    },
    takeOutputs: (wish) => outputs.push(wish),
    openMicrophone: () => null,
  });
});

afterEach(() => vi.unstubAllGlobals());

const chosen = {
  ...usualDevices,
  microphone: { id: 'm2', label: 'Headset' },
  speaker: { id: 'old', label: 'Headset' },
  ringer: { id: 's1', label: 'Speaker' },
};

describe('the devices', () => {
  test('of the system are taken until somebody chooses', async () => {
    await devices.look();
    expect(wishes).toMatchObject([{ deviceId: null }]);
    expect(outputs).toMatchObject([{ speakerId: '', ringerId: '' }]);
    expect(told.at(-1)?.inUse).toEqual({
      microphone: { id: 'm1', label: 'Built-in' },
      speaker: { id: 's1', label: 'Speaker' },
      ringer: { id: 's1', label: 'Speaker' },
    });
  });

  test('chosen are taken each on their own', async () => {
    await devices.choose(chosen);
    expect(wishes.at(-1)).toMatchObject({ deviceId: 'm2' });
    expect(outputs.at(-1)).toMatchObject({ speakerId: 's2', ringerId: 's1' });
  });

  test('chosen give way while they are not there, and come back', async () => {
    await devices.choose(chosen);
    listed = [systemLaptop, laptop, speaker];
    await devices.look();
    expect(wishes.at(-1)).toMatchObject({ deviceId: null });
    expect(outputs.at(-1)).toMatchObject({ speakerId: '', ringerId: 's1' });
    listed = [systemLaptop, laptop, headset, speaker, earphones];
    await devices.look();
    expect(wishes.at(-1)).toMatchObject({ deviceId: 'm2' });
    expect(outputs.at(-1)).toMatchObject({ speakerId: 's2' });
  });

  test('of the system are followed where it chooses another', async () => {
    listed = [input('', '')];
    await devices.look();
    listed = [systemLaptop, laptop, headset];
    await devices.look();
    expect(wishes.map(({ systemChanges }) => systemChanges)).toEqual([0, 0]);
    listed = [systemHeadset, laptop, headset];
    await devices.look();
    expect(wishes.at(-1)).toMatchObject({ deviceId: null, systemChanges: 1 });
  });

  test('are told when they change, and not else', async () => {
    await devices.look();
    await devices.look();
    devices.headsetIs('Evolve');
    expect(told.map(({ headset: name }) => name)).toEqual([null, 'Evolve']);
  });

  test('that cannot be listed are none', async () => {
    vi.stubGlobal('navigator', {
      mediaDevices: { enumerateDevices: () => Promise.reject(new Error('no')) },
    });
    await devices.look();
    expect(told).toMatchObject([{ microphones: [], speakers: [] }]);
  });
});
