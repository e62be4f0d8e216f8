import type { ImportEncoding } from '#shared/sync/importing.ts';

/** Text of a file piece by piece, its byte order mark taken off. What cannot be decoded becomes U+FFFD. */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: ImportEncoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
