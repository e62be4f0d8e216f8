import type { HidCollection, HidDevice, HidReportItem } from './hid.ts';

const absolute = { isAbsolute: true, hasPreferredState: false } as const;
const relative = { isAbsolute: false, hasPreferredState: true } as const;
const bits = (usages: number[], more: Partial<HidReportItem>): HidReportItem => ({
  usages,
  reportSize: 1,
  reportCount: usages.length,
  logicalMinimum: 0,
  ...more,
});
const padding = (reportCount: number): HidReportItem => ({
  isConstant: true,
  reportSize: 1,
  reportCount,
});

const keypad: HidReportItem = {
  isArray: true,
  isRange: true,
  usageMinimum: 0x0b00b0,
  usageMaximum: 0x0b00bb,
  reportSize: 5,
  reportCount: 1,
  logicalMinimum: 0,
};
const keypadReport = { reportId: 2, items: [keypad] };

/**
 * As USB headsets of the usual makers describe themselves and Chromium passes it on: hook switch and line busy tone keep
 * their state, mute, flash, redial and speed dial tell each press, a keypad in a collection within; LEDs and a ringer.
 */
export const usbHeadset: HidCollection[] = [
  { usagePage: 0x0c, usage: 1, inputReports: [{ reportId: 1, items: [bits([0x0c00e9], {})] }] },
  {
    usagePage: 0x0b,
    usage: 5,
    children: [{ usagePage: 0x0b, usage: 6, inputReports: [keypadReport] }],
    inputReports: [
      {
        reportId: 2,
        items: [
          bits([0x0b0020, 0x0b0097], absolute),
          bits([0x0b002f, 0x0b0021, 0x0b0024, 0x0b0050], relative),
          keypad,
          bits([0x090007], relative),
          padding(4),
        ],
      },
    ],
    outputReports: [
      {
        reportId: 3,
        items: [
          bits([0x080017, 0x080009, 0x080018, 0x080020, 0x080021], absolute),
          bits([0x0b009e], absolute),
          padding(10),
        ],
      },
    ],
  },
];

/** A handset that names its pressed buttons, two at a time, in a report without an id. */
export const handset: HidCollection[] = [
  {
    usagePage: 0x0b,
    usage: 4,
    inputReports: [
      {
        reportId: 0,
        items: [
          {
            isArray: true,
            usages: [0x0b0020, 0x0b002f, 0x0b0024, 0x0b0026],
            reportSize: 8,
            reportCount: 2,
            logicalMinimum: 1,
          },
        ],
      },
    ],
    outputReports: [],
  },
];

/** A device on the wire: what was written to it, and reports that a test lets it send. */
export class HidDeviceDouble extends EventTarget implements HidDevice {
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  readonly written: { reportId: number; bytes: number[] }[] = [];
  opened = false;
  /** Another program holds it. */
  isTaken = false;

  constructor(collections: readonly HidCollection[], productName = 'Headset') {
    super();
    this.collections = collections;
    this.productName = productName;
  }

  async open(): Promise<void> {
    if (this.isTaken) throw new DOMException('taken', 'NotAllowedError');
    this.opened = true;
  }

  async close(): Promise<void> {
    this.opened = false;
  }

  async sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    this.written.push({ reportId, bytes: [...data] });
  }

  sends(reportId: number, bytes: number[]): void {
    const data = new DataView(new Uint8Array(bytes).buffer);
    this.dispatchEvent(Object.assign(new Event('inputreport'), { reportId, data }));
  }
}
