/** What we use of WebHID (W3C community draft); it is not in TypeScript's library. */
export interface HidReportItem {
  isAbsolute?: boolean;
  isArray?: boolean;
  isConstant?: boolean;
  isRange?: boolean;
  hasPreferredState?: boolean;
  /** Usage page in the upper 16 bits, usage in the lower. */
  usages?: readonly number[];
  usageMinimum?: number;
  usageMaximum?: number;
  /** Bits of one field, and how many fields there are. */
  reportSize?: number;
  reportCount?: number;
  logicalMinimum?: number;
}

export interface HidReportInfo {
  reportId?: number;
  items?: readonly HidReportItem[];
}

export interface HidCollection {
  usagePage?: number;
  usage?: number;
  children?: readonly HidCollection[];
  inputReports?: readonly HidReportInfo[];
  outputReports?: readonly HidReportInfo[];
}

export interface HidInputReport extends Event {
  readonly reportId: number;
  readonly data: DataView;
}

export interface HidDevice extends EventTarget {
  readonly productName: string;
  readonly opened: boolean;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
}

export interface Hid extends EventTarget {
  getDevices(): Promise<HidDevice[]>;
  requestDevice(options: { filters: readonly { usagePage: number }[] }): Promise<HidDevice[]>;
}

/** Null where the browser has no WebHID (Firefox, Safari) or does not let this page use it. */
export function hidOf(of: Navigator): Hid | null {
  return (of as Navigator & { hid?: Hid }).hid ?? null;
}
