import { Grammar } from 'sip.js';

const fromLine = /^(?<name>from|f)[ \t]*:[ \t]*(?<value>[^\r\n]*)\r?$/imu;
const tagOf = /;\s*tag\s*=\s*(?<tag>[\w.!%*+`'~-]+)/iu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu;

/**
 * The message as the SIP library can read it. The library drops a request whose From it cannot parse, and the
 * caller would never ring anywhere: an unreadable From becomes one without number and with the same tag, by which the PBX
 * knows its dialog again (RFC 3261 §12.1.1). Bodies stay as they are.
 */
export function readable(message: string): string {
  const end = message.indexOf('\r\n\r\n');
  if (end < 0) return message;
  const head = message.slice(0, end);
  const from = fromLine.exec(head);
  const value = from?.groups?.value;
  if (value === undefined || from === null) return message;
  if (isReadable(value)) return message;
  const cleaned = value.replace(controls, '');
  const tag = tagOf.exec(value)?.groups?.tag;
  const unknown = `<sip:unreadable.invalid>${tag ? `;tag=${tag}` : ''}`;
  const better = isReadable(cleaned) ? cleaned : unknown;
  const line = `From: ${better}\r`;
  const mended = head.slice(0, from.index) + line + head.slice(from.index + from[0].length);
  return mended + message.slice(end);
}

function isReadable(value: string): boolean {
  try {
    return Grammar.parse(value, 'From') !== -1;
  } catch {
    return false;
  }
}
