import type { HidCollection, HidReportInfo, HidReportItem } from './hid.ts';

/** HID Usage Tables 1.5, §14 (Telephony Device Page) and §11 (LED Page). */
export const telephonyPage = 0x0b;
const ledPage = 0x08;
const usageOf = (page: number, id: number): number => page * 0x1_0000 + id;

const buttonUsages = {
  hookSwitch: usageOf(telephonyPage, 0x20),
  flash: usageOf(telephonyPage, 0x21),
  hold: usageOf(telephonyPage, 0x23),
  redial: usageOf(telephonyPage, 0x24),
  drop: usageOf(telephonyPage, 0x26),
  phoneMute: usageOf(telephonyPage, 0x2f),
} as const;
export type ButtonName = keyof typeof buttonUsages;

const lightUsages = {
  mute: usageOf(ledPage, 0x09),
  offHook: usageOf(ledPage, 0x17),
  ring: usageOf(ledPage, 0x18),
  hold: usageOf(ledPage, 0x20),
  /** The bell of devices that ring by themselves. */
  ringer: usageOf(telephonyPage, 0x9e),
} as const;
export type LightName = keyof typeof lightUsages;

/** Where one control stands in a report; bits count from its first, without the report's id. */
interface Field {
  reportId: number;
  atBit: number;
  bits: number;
  /** An array names the pressed buttons in this many elements; a variable has one. */
  elements: number;
  /** What an element of an array says for this control; null for a variable. */
  pressedAs: number | null;
  /** It stays as it is set; others tell each press by a change to 1 (HID 1.11 §6.2.2.5, No Preferred). */
  keepsState: boolean;
}

export type Button = Field & { name: ButtonName };
export type Light = Field & { name: LightName };

/** What is read from the buttons of a device and written to its lights. */
export interface TelephonyReports {
  buttons: Button[];
  lights: Light[];
  /** Length of each output report, bytes. */
  outputBytes: Map<number, number>;
}

/** Reads what a device says of its reports; null where it has neither hook switch nor mute of a telephone. */
export function readTelephony(collections: readonly HidCollection[]): TelephonyReports | null {
  if (!collections.some(({ usagePage }) => usagePage === telephonyPage)) return null;
  const inputs = reportsOf(collections, ({ inputReports }) => inputReports);
  const outputs = reportsOf(collections, ({ outputReports }) => outputReports);
  const buttons = pick(inputs, buttonUsages);
  const isOfUse = buttons.some(({ name }) => name === 'hookSwitch' || name === 'phoneMute');
  if (!isOfUse) return null;
  const outputBytes = [...outputs].map(([id, items]) => [id, bytesOf(items)] as const);
  return { buttons, lights: pick(outputs, lightUsages), outputBytes: new Map(outputBytes) };
}

/** Whether the control is on, or pressed, in this report. */
export function isOn(field: Field, data: DataView): boolean {
  for (let element = 0; element < field.elements; element += 1) {
    const value = readBits(data, field.atBit + element * field.bits, field.bits);
    if (field.pressedAs === null ? value !== 0 : value === field.pressedAs) return true;
  }
  return false;
}

/** The output report with these lights on; those that the device has not are left out. */
export function lightsReport(
  reports: TelephonyReports,
  reportId: number,
  areOn: ReadonlySet<LightName>,
): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(reports.outputBytes.get(reportId) ?? 0);
  for (const light of reports.lights) {
    if (light.reportId !== reportId || !areOn.has(light.name)) continue;
    const value = light.pressedAs ?? 1;
    for (let bit = 0; bit < light.bits; bit += 1) {
      const at = light.atBit + bit;
      const isSet = ((value >> bit) & 1) === 1;
      if (isSet) data[at >> 3] = (data[at >> 3] ?? 0) | (1 << (at & 7));
    }
  }
  return data;
}

/**
 * The items of every report in their order. A top-level collection has those of the collections within it too, as
 * Chromium gives them; a report may begin in one top-level collection and go on in the next.
 */
function reportsOf(
  collections: readonly HidCollection[],
  of: (collection: HidCollection) => readonly HidReportInfo[] | undefined,
): Map<number, HidReportItem[]> {
  const reports = new Map<number, HidReportItem[]>();
  for (const collection of collections) {
    for (const { reportId = 0, items = [] } of of(collection) ?? []) {
      reports.set(reportId, [...(reports.get(reportId) ?? []), ...items]);
    }
  }
  return reports;
}

function pick<N extends string>(
  reports: Map<number, HidReportItem[]>,
  usages: Record<N, number>,
): (Field & { name: N })[] {
  const names = new Map((Object.entries(usages) as [N, number][]).map(([name, id]) => [id, name]));
  const found: (Field & { name: N })[] = [];
  for (const [reportId, items] of reports) {
    let atBit = 0;
    for (const item of items) {
      for (const { usage, ...field } of item.isConstant ? [] : fieldsOf(item)) {
        const name = names.get(usage);
        if (name) found.push({ name, reportId, ...field, atBit: atBit + field.atBit });
      }
      atBit += bitsOf(item);
    }
  }
  return found;
}

/** The controls of one item, their place counted from where the item begins. */
function fieldsOf(item: HidReportItem): (Omit<Field, 'reportId'> & { usage: number })[] {
  const { reportSize: bits = 0, reportCount = 0, logicalMinimum = 0 } = item;
  const usages = usagesOf(item);
  const keepsState = item.isAbsolute !== false && item.hasPreferredState === false;
  if (item.isArray) {
    return usages.map((usage, index) => ({
      usage,
      atBit: 0,
      bits,
      elements: reportCount,
      pressedAs: logicalMinimum + index,
      keepsState: false,
    }));
  }
  return usages.slice(0, reportCount).map((usage, index) => ({
    usage,
    atBit: index * bits,
    bits,
    elements: 1,
    pressedAs: null,
    keepsState,
  }));
}

/** More usages than any report names. */
const mostUsages = 1_024;

function usagesOf({ isRange, usages = [], usageMinimum = 0, usageMaximum = 0 }: HidReportItem) {
  if (!isRange) return usages;
  const count = Math.min(mostUsages, Math.max(0, usageMaximum - usageMinimum + 1));
  return Array.from({ length: count }, (_, index) => usageMinimum + index);
}

function bitsOf({ reportSize = 0, reportCount = 0 }: HidReportItem): number {
  return reportSize * reportCount;
}

function bytesOf(items: readonly HidReportItem[]): number {
  return Math.ceil(items.reduce((bits, item) => bits + bitsOf(item), 0) / 8);
}

/** Bits beyond a report that is shorter than promised are 0. */
function readBits(data: DataView, atBit: number, bits: number): number {
  let value = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    const at = atBit + bit;
    if (at >> 3 >= data.byteLength) break;
    if (((data.getUint8(at >> 3) >> (at & 7)) & 1) === 1) value += 2 ** bit;
  }
  return value;
}
