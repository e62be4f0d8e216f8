import { useEffect } from 'react';
import type { EventOf } from '#shared/contract/contract.ts';
import type { DeviceList } from '#shared/contract/media.ts';
import { useBridge, useInvoke } from '../../app/bridge.tsx';

export type Levels = EventOf<'devices.level'>;

/**
 * Has levels measured for as long as the caller is on the screen; asked for anew where another microphone state may
 * allow it, and where devices were told anew, for that may be another media page.
 */
export function useMeter(microphone: string, devices: DeviceList | null): void {
  const invoke = useInvoke();
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are reasons to ask again
  useEffect(() => {
    // A microphone that cannot be opened is told by its own state.
    void invoke('devices.meter', { on: true });
  }, [invoke, microphone, devices]);
  useEffect(() => () => void invoke('devices.meter', { on: false }), [invoke]);
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
