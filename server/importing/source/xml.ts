import { SaxesParser } from 'saxes';
import { FileError } from './rows.ts';

export interface XmlEvents {
  /** `name` without its prefix. */
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads a part of a workbook as it comes; the generator stops after each piece, so that its caller can take what the
 * events gathered. Entities other than XML's own are refused. Throws `FileError` `not-a-workbook`.
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  events: XmlEvents,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false });
  let failed: Error | null = null;
  parser.on('error', (error) => {
    failed ??= error;
  });
  parser.on('doctype', () => {
    failed ??= new Error('a workbook has no document type');
  });
  const { open, text, close } = events;
  if (open) {
    // Without name spaces, attributes are plain texts.
    parser.on('opentag', (tag) => open(local(tag.name), tag.attributes as Record<string, string>));
  }
  if (close) parser.on('closetag', ({ name }) => close(local(name)));
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decoder = new TextDecoder();
  for await (const piece of bytes) {
    parser.write(decoder.decode(piece, { stream: true }));
    if (failed) throw new FileError('not-a-workbook');
    yield;
  }
  parser.write(decoder.decode());
  parser.close();
  if (failed) throw new FileError('not-a-workbook');
  yield;
}

/** Read a part to its end. */
export async function readAllXml(
  bytes: AsyncIterable<Uint8Array>,
  events: XmlEvents,
): Promise<void> {
  for await (const _ of readXml(bytes, events));
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
