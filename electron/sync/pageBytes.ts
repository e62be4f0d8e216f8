/** Below this a page is read where it arrives, bytes. */
const leastAside = 65_536;
/** What stands behind the changes takes less. */
const mostRest = 4_096;

const opening = Buffer.from('{"changes":[');
/** Behind the last change; inside of a text the quotes would be escaped. */
const closing = Buffer.from('],"cursor":');

export interface SplitPage {
  /** JSON of the changes, not looked at yet. */
  changes: Uint8Array<ArrayBuffer>;
  /** All else that the page says. */
  rest: unknown;
}

/**
 * A large page, its changes apart from the rest: they go to the cache's worker thread as they came, so that this thread
 * never holds what they say. Null for a small page, and for one that is written in another order than servers write it.
 */
export function splitPage(json: Uint8Array<ArrayBuffer>): SplitPage | null {
  if (json.length < leastAside || !startsWith(json, opening)) return null;
  const end = Buffer.from(json.buffer, json.byteOffset, json.length).lastIndexOf(closing);
  if (end === -1 || json.length - end > mostRest) return null;
  try {
    const rest: unknown = JSON.parse(`{${new TextDecoder().decode(json.subarray(end + 2))}`);
    return { changes: json.subarray(opening.length - 1, end + 1), rest };
  } catch {
    return null;
  }
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}
