import { warningCadence } from '../../../media/cadences.ts';
import { Tone } from '../../../media/tone.ts';

let tone: Tone | null = null;

/** One short tone on the device that rings; an empty id is the system's choice. A page without a gesture yet is silent. */
export function soundWarning(ringerId: string): void {
  tone ??= new Tone(warningCadence);
  tone.setSink(ringerId);
  tone.once().catch(() => undefined);
}
