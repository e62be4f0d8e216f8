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
