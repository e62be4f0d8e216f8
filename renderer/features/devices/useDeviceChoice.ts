import { useCallback, useRef } from 'react';
import type { DeviceChoice, DeviceList } from '#shared/contract/media.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { deskStore, useDesk } from '../../store/desk.ts';

export interface ChosenDevices {
  choice: DeviceChoice;
  /** Null until the media page has told what is plugged in. */
  list: DeviceList | null;
  change(change: Partial<DeviceChoice>): void;
}

/** What was chosen, what is there, and the way to choose: in use at once, also in a call. */
export function useDeviceChoice(): ChosenDevices {
  const choice = useDesk((desk) => desk.settings.devices);
  const told = useDesk((desk) => desk.devices);
  const asked = useQuery('devices.list', {});
  const run = useRun();
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const change = useCallback(
    (changed: Partial<DeviceChoice>) => {
      // One after the other: each is told whole, and must not take back the one before.
      before.current = before.current.then(() =>
        run('devices.choose', { ...deskStore.getState().settings.devices, ...changed }),
      );
    },
    [run],
  );
  return { choice, list: told ?? asked.data, change };
}
