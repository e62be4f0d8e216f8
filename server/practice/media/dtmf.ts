const digits = '0123456789*#ABCD';

/** Reads RFC 4733 telephone events; the packets of one key press share a time stamp and count once. */
export class TelephoneEvents {
  #lastTimestamp: number | undefined;

  /** The digit of a key press that starts with this packet, otherwise undefined. */
  read(payload: Uint8Array, timestamp: number): string | undefined {
    const event = payload[0];
    if (payload.length < 4 || event === undefined || timestamp === this.#lastTimestamp) return;
    this.#lastTimestamp = timestamp;
    return digits[event];
  }
}

/** The digit in the body of a SIP INFO (`application/dtmf-relay` or `application/dtmf`). */
export function digitOfInfo(contentType: string, body: string): string | undefined {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  const signal =
    type === 'application/dtmf-relay'
      ? /^\s*Signal\s*=\s*(\S)/im.exec(body)?.[1]
      : type === 'application/dtmf'
        ? body.trim()
        : undefined;
  const digit = signal?.toUpperCase();
  return digit?.length === 1 && digits.includes(digit) ? digit : undefined;
}

export interface EventPacket {
  payload: Buffer;
  /** The first packet of a key press carries the marker and sets the time stamp of all of them. */
  isFirst: boolean;
}

const packetsOfKey = 5;
const endPackets = 3;
const unitsOfPacket = 160;
const volume = 10;

/** One key press of 100 ms as the packets of RFC 4733 section 2.5.1; the last is sent three times. */
export function eventPackets(digit: string): EventPacket[] {
  const event = digits.indexOf(digit);
  if (event < 0) return [];
  return Array.from({ length: packetsOfKey + endPackets - 1 }, (_, index) => {
    const isEnd = index >= packetsOfKey - 1;
    const duration = Math.min(index + 1, packetsOfKey) * unitsOfPacket;
    const payload = Buffer.from([
      event,
      (isEnd ? 0x80 : 0) | volume,
      duration >> 8,
      duration & 255,
    ]);
    return { payload, isFirst: index === 0 };
  });
}
