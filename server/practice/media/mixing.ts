import { decodeSample, encodeSample, frameBytes, silentFrame } from './ulaw.ts';

/** What several people say within the same 20 ms, as one µ-law frame; too loud a sum is clipped. */
export function mixed(frames: readonly (Uint8Array | undefined)[]): Buffer {
  const said = frames.filter((frame) => frame !== undefined && frame !== silentFrame);
  const [only, more] = said;
  if (!only) return silentFrame;
  if (!more) return Buffer.from(only);
  const sum = Buffer.alloc(frameBytes);
  for (let at = 0; at < frameBytes; at += 1) {
    let total = 0;
    for (const frame of said) total += decodeSample(frame?.[at] ?? 0xff);
    sum[at] = encodeSample(total);
  }
  return sum;
}
