import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { mixed } from '../media/mixing.ts';
import { silentFrame } from '../media/ulaw.ts';
import type { Endpoint } from './endpoint.ts';

/** Somebody who is let into a call beside one of its sides. */
export interface Hearer {
  readonly end: Endpoint;
  /** The side that hears a whisper. */
  beside: Endpoint;
  mode: ListenMode;
}

/**
 * Carries 20 ms of audio between the two sides of a call and those who listen in. Answers what a recording hears of it:
 * both sides and whoever speaks to both, but no whisper.
 */
export function passOn(far: Endpoint, near: Endpoint, hearers: readonly Hearer[]): () => Buffer {
  const [fromFar, fromNear] = [far.next(), near.next()];
  if (hearers.length === 0) {
    near.hear(fromFar ?? silentFrame);
    far.hear(fromNear ?? silentFrame);
    return () => mixed([fromFar, fromNear]);
  }
  const spoken = hearers.map((hearer) => ({ hearer, frame: hearer.end.next() }));
  const toSide = (side: Endpoint) =>
    spoken
      .filter(({ hearer }) => hearer.mode === 'barge' || isWhisperTo(side, hearer))
      .map(({ frame }) => frame);
  near.hear(mixed([fromFar, ...toSide(near)]));
  far.hear(mixed([fromNear, ...toSide(far)]));
  for (const { hearer } of spoken) {
    const others = spoken
      .filter((other) => other.hearer !== hearer && other.hearer.mode === 'barge')
      .map(({ frame }) => frame);
    hearer.end.hear(mixed([fromFar, fromNear, ...others]));
  }
  const toBoth = spoken.filter(({ hearer }) => hearer.mode === 'barge').map(({ frame }) => frame);
  return () => mixed([fromFar, fromNear, ...toBoth]);
}

function isWhisperTo(side: Endpoint, hearer: Hearer): boolean {
  return hearer.mode === 'whisper' && hearer.beside === side;
}
