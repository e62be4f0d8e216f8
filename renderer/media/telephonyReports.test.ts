import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HidCollection } from './hid.ts';
import { isOn, lightsReport, readTelephony } from './telephonyReports.ts';
import { handset, usbHeadset } from './testHeadsets.ts';

function read(collections: readonly HidCollection[]) {
  const reports = readTelephony(collections);
  if (!reports) throw new Error('no telephone');
  return reports;
}

function pressed(collections: readonly HidCollection[], reportId: number, bytes: number[]) {
  const data = new DataView(new Uint8Array(bytes).buffer);
  return read(collections)
    .buttons.filter((button) => button.reportId === reportId && isOn(button, data))
    .map(({ name }) => name);
}

describe('the buttons of a headset with one bit each', () => {
  test.each([
    [[0b0000_0001, 0], ['hookSwitch']],
    [[0b0000_0100, 0], ['phoneMute']],
    [[0b0000_1000, 0], ['flash']],
    [[0b0001_0000, 0], ['redial']],
    [
      [0b0000_0101, 0],
      ['hookSwitch', 'phoneMute'],
    ],
    // Line busy tone, speed dial and the keys of the keypad are none of ours.
    [[0b1110_0010, 0xff], []],
    [[0, 0], []],
  ])('%j', (bytes, expected) => {
    expect(pressed(usbHeadset, 2, bytes)).toEqual(expected);
  });

  test('keep their state or tell each press, as the device says', () => {
    const kept = read(usbHeadset).buttons.map(({ name, keepsState }) => [name, keepsState]);
    expect(Object.fromEntries(kept)).toEqual({
      hookSwitch: true,
      phoneMute: false,
      flash: false,
      redial: false,
    });
  });

  test('a report shorter than promised presses nothing', () => {
    expect(pressed(usbHeadset, 2, [])).toEqual([]);
  });
});

describe('the buttons of a device that names what is pressed', () => {
  test.each([
    [[1, 0], ['hookSwitch']],
    [[0, 2], ['phoneMute']],
    [
      [2, 1],
      ['hookSwitch', 'phoneMute'],
    ],
    [[4, 0], ['drop']],
    [[0, 0], []],
    [[200, 9], []],
  ])('%j', (bytes, expected) => {
    expect(pressed(handset, 0, bytes)).toEqual(expected);
  });
});

describe('the lights', () => {
  test('stand where the device has them, and the rest of the report is 0', () => {
    const reports = read(usbHeadset);
    expect([...lightsReport(reports, 3, new Set(['offHook']))]).toEqual([0b0000_0001, 0]);
    expect([...lightsReport(reports, 3, new Set(['mute', 'ring']))]).toEqual([0b0000_0110, 0]);
    expect([...lightsReport(reports, 3, new Set(['hold', 'ringer']))]).toEqual([0b0010_1000, 0]);
    expect([...lightsReport(reports, 3, new Set())]).toEqual([0, 0]);
  });

  test('of a device without any are none', () => {
    expect(read(handset).lights).toEqual([]);
  });
});

describe('what is no telephone', () => {
  test.each<[string, HidCollection[]]>([
    ['nothing', []],
    ['a keyboard', [{ usagePage: 1, usage: 6, inputReports: [{ reportId: 0, items: [] }] }]],
    ['a telephone without a button', [{ usagePage: 0x0b, usage: 5, inputReports: [] }]],
  ])('%s', (_, collections) => {
    expect(readTelephony(collections)).toBeNull();
  });

  test('whatever a device says, nothing is read beyond its reports', () => {
    const number = fc.integer({ min: 0, max: 0x0f_ffff });
    const item = fc.record(
      {
        isArray: fc.boolean(),
        isRange: fc.boolean(),
        isConstant: fc.boolean(),
        usages: fc.array(fc.constantFrom(0x0b0020, 0x0b002f, 0x080009)),
        usageMinimum: number,
        usageMaximum: number,
        reportSize: fc.integer({ min: 0, max: 64 }),
        reportCount: fc.integer({ min: 0, max: 64 }),
      },
      { requiredKeys: [] },
    );
    const report = fc.record({
      reportId: fc.integer({ min: 0, max: 3 }),
      items: fc.array(item, { maxLength: 4 }),
    });
    const collection = fc.record({
      usagePage: fc.constant(0x0b),
      inputReports: fc.array(report, { maxLength: 3 }),
      outputReports: fc.array(report, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(collection, { maxLength: 2 }), fc.uint8Array(), (collections, bytes) => {
        const reports = readTelephony(collections);
        if (!reports) return;
        const data = new DataView(new Uint8Array(bytes).buffer);
        for (const button of reports.buttons) isOn(button, data);
        for (const [reportId, length] of reports.outputBytes) {
          expect(lightsReport(reports, reportId, new Set(['mute', 'ring']))).toHaveLength(length);
        }
      }),
    );
  });
});
