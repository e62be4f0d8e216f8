/** Bytes of one 20 ms packet of G.711 at 8 kHz. */
export const frameBytes = 160;
export const frameMs = 20;
export const sampleRateHz = 8000;

const bias = 132;
const clip = 32_635;

/** One linear 16-bit sample as a µ-law byte (ITU-T G.711). */
export function encodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), clip) + bias;
  const exponent = 24 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

function decodeByte(byte: number): number {
  const inverted = ~byte & 0xff;
  const magnitude = (((inverted & 0x0f) << 3) + bias) << ((inverted >> 4) & 7);
  return inverted & 0x80 ? bias - magnitude : magnitude - bias;
}

const decoded = Int16Array.from({ length: 256 }, (_, byte) => decodeByte(byte));

/** One µ-law byte as a linear 16-bit sample. */
export function decodeSample(byte: number): number {
  return decoded[byte & 0xff] ?? 0;
}

/** One packet of silence. */
export const silentFrame: Buffer = Buffer.alloc(frameBytes, 0xff);

/** A sine tone, whole packets long; a frequency that divides 50 Hz evenly joins without a click. */
export function toneFrames(frequencyHz: number, amplitude: number, count: number): Buffer[] {
  return Array.from({ length: count }, (_, frame) =>
    Buffer.from(
      Uint8Array.from({ length: frameBytes }, (_unused, index) => {
        const time = (frame * frameBytes + index) / sampleRateHz;
        return encodeSample(Math.round(amplitude * Math.sin(2 * Math.PI * frequencyHz * time)));
      }),
    ),
  );
}
