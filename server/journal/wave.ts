import { open } from 'node:fs/promises';
import { decodeSample } from '../practice/media/ulaw.ts';

/** How a WAV file holds its samples (RIFF, "Multimedia Programming Interface and Data Specifications 1.0"). */
export interface WaveFormat {
  /** 1: linear, 7: µ-law (G.711). */
  coding: 1 | 7;
  channels: number;
  samplesPerSecond: number;
  bytesPerSample: 1 | 2;
  /** Where the samples begin and end in the file. */
  from: number;
  to: number;
}

export interface WaveShape {
  durationMs: number;
  /** Loudest sample of each part of equal length, 0 to 255. */
  peaks: Uint8Array;
}

const headBytes = 4_096;
const pieceBytes = 262_144;
/** How many parts a shape has: more than a player is wide. */
const shapeParts = 1_200;

/** The format of a file of `fileBytes` bytes that begins with `head`; null where it is none that can be read. */
export function readFormat(head: Buffer, fileBytes: number): WaveFormat | null {
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') {
    return null;
  }
  let format: Pick<
    WaveFormat,
    'coding' | 'channels' | 'samplesPerSecond' | 'bytesPerSample'
  > | null = null;
  for (let at = 12; at + 8 <= head.length; ) {
    const name = head.toString('latin1', at, at + 4);
    const bytes = head.readUInt32LE(at + 4);
    const body = at + 8;
    if (name === 'data') return format && { ...format, from: body, to: endOf(body, bytes) };
    if (name === 'fmt ') format = formatOf(head, body);
    at = body + bytes + (bytes % 2);
  }
  return null;

  /** Whoever writes a file notes its length at the end: until then it goes on to the end of the file. */
  function endOf(from: number, bytes: number): number {
    return bytes === 0 ? fileBytes : Math.min(fileBytes, from + bytes);
  }
}

function formatOf(head: Buffer, at: number) {
  if (at + 16 > head.length) return null;
  const coding = head.readUInt16LE(at);
  const channels = head.readUInt16LE(at + 2);
  const samplesPerSecond = head.readUInt32LE(at + 4);
  const bits = head.readUInt16LE(at + 14);
  if (channels < 1 || channels > 8 || samplesPerSecond < 1_000 || samplesPerSecond > 192_000) {
    return null;
  }
  const common = { channels, samplesPerSecond };
  if (coding === 7 && bits === 8)
    return { coding: 7 as const, bytesPerSample: 1 as const, ...common };
  if (coding === 1 && bits === 16)
    return { coding: 1 as const, bytesPerSample: 2 as const, ...common };
  return null;
}

/** How long the recording lasts, ms. */
export function durationOf({ from, to, channels, samplesPerSecond, bytesPerSample }: WaveFormat) {
  const samples = Math.floor(Math.max(0, to - from) / (channels * bytesPerSample));
  return Math.round((samples / samplesPerSecond) * 1_000);
}

/** Reads a whole file piece by piece; null where it is no WAV file that can be read. */
export async function shapeOf(path: string): Promise<WaveShape | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(headBytes, size));
    await file.read(head, 0, head.length, 0);
    const format = readFormat(head, size);
    if (!format) return null;
    const peaks = new Uint8Array(shapeParts);
    const total = format.to - format.from;
    const piece = Buffer.alloc(pieceBytes);
    for (let done = 0; done < total; ) {
      const { bytesRead } = await file.read(
        piece,
        0,
        Math.min(pieceBytes, total - done),
        format.from + done,
      );
      if (bytesRead === 0) break;
      notePeaks(peaks, format, piece.subarray(0, bytesRead), { done, total });
      done += bytesRead;
    }
    return { durationMs: durationOf(format), peaks };
  } finally {
    await file.close();
  }
}

/** Notes how loud `piece` is, which begins `done` bytes behind the beginning of `total`. */
function notePeaks(
  peaks: Uint8Array,
  { coding, bytesPerSample }: Pick<WaveFormat, 'coding' | 'bytesPerSample'>,
  piece: Buffer,
  { done, total }: { done: number; total: number },
): void {
  const partOf = (byte: number) =>
    Math.min(peaks.length - 1, Math.floor((byte / Math.max(1, total)) * peaks.length));
  for (let at = 0; at + bytesPerSample <= piece.length; at += bytesPerSample) {
    const sample = coding === 7 ? decodeSample(piece[at] ?? 0xff) : piece.readInt16LE(at);
    const loudness = Math.min(255, Math.abs(sample) >> 7);
    const part = partOf(done + at);
    if (loudness > (peaks[part] ?? 0)) peaks[part] = loudness;
  }
}
