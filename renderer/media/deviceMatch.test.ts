import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { devicesOf, findDevice, type ListedDevice, systemDevice } from './deviceMatch.ts';

function listed(deviceId: string, label: string, more: Partial<ListedDevice> = {}): ListedDevice {
  return { deviceId, label, groupId: 'g', kind: 'audioinput', ...more };
}

const headset = { id: 'h1', label: 'Headset (0b0e:0306)' };
const laptop = { id: 'l1', label: 'Built-in' };

describe('findDevice', () => {
  test.each([
    ['none chosen', null, [headset, laptop], null],
    ['by its id', headset, [laptop, headset], headset],
    [
      'by its id, whatever its name',
      headset,
      [{ ...headset, label: 'Other' }],
      { ...headset, label: 'Other' },
    ],
    [
      'by its name on another port',
      headset,
      [laptop, { ...headset, id: 'h2' }],
      { ...headset, id: 'h2' },
    ],
    ['not plugged in', headset, [laptop], null],
    ['a name that is empty tells nothing', { id: 'x', label: '' }, [{ id: 'y', label: '' }], null],
  ])('%s', (_, chosen, devices, expected) => {
    expect(findDevice(chosen, devices)).toEqual(expected);
  });

  test('finds only what is there', () => {
    const device = fc.record({ id: fc.string(), label: fc.string() });
    fc.assert(
      fc.property(device, fc.array(device), (chosen, devices) => {
        const found = findDevice(chosen, devices);
        expect(found === null || devices.includes(found)).toBe(true);
        expect(findDevice(chosen, [chosen, ...devices])).toBe(chosen);
      }),
    );
  });
});

describe('devicesOf', () => {
  test('leaves out what the system calls its choice, other kinds, and the nameless', () => {
    const all = [
      listed('default', 'Default - Built-in'),
      listed('communications', 'Communications - Built-in'),
      listed('', ''),
      listed('l1', 'Built-in'),
      listed('s1', 'Speakers', { kind: 'audiooutput' }),
    ];
    expect(devicesOf(all, 'audioinput')).toEqual([laptop]);
  });
});

describe('systemDevice', () => {
  test('is the one behind the entry of the system', () => {
    const all = [
      listed('default', 'Default - Built-in'),
      listed('x', 'Monitor', { groupId: 'g' }),
      listed('l1', 'Built-in'),
    ];
    expect(systemDevice(all, 'audioinput')).toEqual(laptop);
  });

  test('is that entry itself where nothing stands behind it', () => {
    const all = [listed('default', 'Fake Default', { groupId: 'd' }), listed('l1', 'Built-in')];
    expect(systemDevice(all, 'audioinput')).toEqual({ id: 'default', label: 'Fake Default' });
  });

  test('is the first of a system that names none', () => {
    expect(systemDevice([listed('l1', 'Built-in')], 'audioinput')).toEqual(laptop);
    expect(systemDevice([], 'audioinput')).toBeNull();
  });
});
