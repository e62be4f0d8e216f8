declare global {
  /** Audio Output Devices in Web Audio (Web Audio API 1.1); not in TypeScript's library yet. */
  interface AudioContext {
    setSinkId?(sinkId: string | { type: 'none' }): Promise<void>;
  }
}

/** Takes an output device where the browser can; an empty id, and one that is not there, is the system's choice. */
export async function toSink(
  target: Pick<HTMLAudioElement, 'setSinkId'> | AudioContext,
  id: string,
): Promise<void> {
  try {
    await target.setSinkId?.(id);
  } catch {
    await target.setSinkId?.('').catch(() => undefined);
  }
}

const gestures = ['pointerdown', 'keydown'] as const;

/**
 * A context that computes without a loudspeaker of its own: for mixing and measuring. Where the browser lets no page
 * sound before a gesture, it begins with the first one.
 */
export function silentContext(): AudioContext {
  const context = new AudioContext({ latencyHint: 'interactive' });
  context.setSinkId?.({ type: 'none' }).catch(() => undefined);
  if (context.state === 'running') return context;
  const begin = (): void => {
    context.resume().then(stop, () => undefined);
  };
  const stop = (): void => {
    for (const gesture of gestures) window.removeEventListener(gesture, begin, true);
  };
  for (const gesture of gestures) window.addEventListener(gesture, begin, true);
  begin();
  return context;
}
