/** One message of the Asterisk Manager Interface: header names in lower case, the first value of each. */
export type AmiMessage = ReadonlyMap<string, string>;

const mostLineCharacters = 8_192;
const mostLines = 200;

/**
 * Reads the line protocol of AMI from any cutting of its bytes: `Name: value` lines, an empty line ends a message.
 * A line longer than 8 Ki characters is cut, of a message with more than 200 lines the rest is passed over, bytes
 * that are no UTF-8 become U+FFFD: memory stays bounded whatever arrives. Of a name that comes twice the first counts,
 * so that nothing appended can take a header's place.
 */
export function createAmiReader(take: (message: AmiMessage) => void): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder('utf-8');
  let line = '';
  let lines = 0;
  let message = new Map<string, string>();

  function endMessage(): void {
    const whole = message;
    message = new Map();
    lines = 0;
    if (whole.size > 0) take(whole);
  }

  function endLine(): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    line = '';
    if (text === '') {
      endMessage();
      return;
    }
    lines += 1;
    const colon = text.indexOf(':');
    // The greeting has no colon.
    if (lines > mostLines || colon < 1) return;
    const name = text.slice(0, colon).toLowerCase();
    if (!message.has(name)) message.set(name, text.slice(colon + 1).trim());
  }

  function append(part: string): void {
    const room = mostLineCharacters - line.length;
    if (room > 0) line += part.length <= room ? part : part.slice(0, room);
  }

  return (bytes) => {
    const text = decoder.decode(bytes, { stream: true });
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      append(text.slice(from, end));
      endLine();
      from = end + 1;
    }
    append(text.slice(from));
  };
}

/** A message on the wire. Line ends within names and values would begin another header: they become spaces. */
export function amiText(fields: readonly (readonly [string, string])[]): string {
  const lines = fields.map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}\r\n`);
  return `${lines.join('')}\r\n`;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\0]+/gu, ' ');
}
