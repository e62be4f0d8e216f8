/** A dialog as the other side names it: the tags are seen from the PBX. */
export interface DialogName {
  callId: string;
  localTag: string;
  remoteTag: string;
}

/**
 * Reads a Replaces value (RFC 3891 section 6.1). `to-tag` is the tag of the one who receives the header: the PBX.
 */
export function parseReplaces(value: string): DialogName | undefined {
  const [callId, ...parameters] = value.split(';').map((part) => part.trim());
  const tags = new Map(parameters.map((part) => splitOnce(part)));
  const localTag = tags.get('to-tag');
  const remoteTag = tags.get('from-tag');
  if (!callId || !localTag || !remoteTag) return undefined;
  return { callId, localTag, remoteTag };
}

function splitOnce(part: string): [string, string] {
  const at = part.indexOf('=');
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}
