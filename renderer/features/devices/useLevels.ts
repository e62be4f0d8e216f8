import { useEffect } from 'react';
import type { EventOf } from '#shared/contract/contract.ts';
import { useBridge, useInvoke } from '../../app/bridge.tsx';

export type Levels = EventOf<'devices.level'>;

/** Has levels measured for as long as the caller is on the screen; anew where another microphone state may allow it. */
export function useMeter(microphone: string): void {
  const invoke = useInvoke();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a microphone that came back is to be measured
  useEffect(() => {
    // A microphone that cannot be opened is told by its own state.
    void invoke('devices.meter', { on: true });
    return () => void invoke('devices.meter', { on: false });
  }, [invoke, microphone]);
}

/** Calls back about 20 times a second while levels are measured. */
export function useLevels(listener: (levels: Levels) => void): void {
  const bridge = useBridge();
  useEffect(
    () =>
      bridge.listen((name, payload) => {
        if (name === 'devices.level') listener(payload as Levels);
      }),
    [bridge, listener],
  );
}
