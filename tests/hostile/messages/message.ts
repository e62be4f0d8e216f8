/** One message of a test suite, as its standard has it, with what the desk does with it. */
export interface HostileMessage {
  /** Name of the message in its RFC. */
  name: string;
  section: string;
  /** As the RFC has it; each character is one byte where `binary` is set, else the bytes are UTF-8. */
  text: string;
  binary?: boolean;
  /** The address in the start line that is exchanged for the desk's own; null where the start line is the point. */
  address?: string | null;
  /** What the RFC asks of a phone, in short. */
  asked: string;
  /** What the desk does with it once it is addressed to the desk: the final status, a call that rings, or nothing. */
  desk: number | 'rings' | 'silence';
  /** Why the desk does otherwise than asked, where it does. */
  deviation?: string;
}

/** Lines with the line ends of SIP, and the empty line that ends the header fields. */
export function lines(...text: string[]): string {
  return [...text, '', ''].join('\r\n');
}

/** The session description that nearly all messages of RFC 4475 share. */
export function sdp(origin: string, time = 't=0 0'): string {
  return [
    'v=0',
    `o=mhandley 29739 7272939 IN IP4 ${origin}`,
    's=-',
    `c=IN IP4 ${origin}`,
    time,
    'm=audio 49217 RTP/AVP 0 12',
    'm=video 3227 RTP/AVP 31',
    'a=rtpmap:31 LPC',
    '',
  ].join('\r\n');
}

/** The message to this address, in bytes. */
export function bytesOf(message: HostileMessage, address?: string): Buffer {
  const { text, binary = false, address: own = 'sip:user@example.com' } = message;
  const [startLine = ''] = text.split('\r\n', 1);
  const to = own === null || address === undefined ? startLine : startLine.replace(own, address);
  return Buffer.from(to + text.slice(startLine.length), binary ? 'latin1' : 'utf8');
}
