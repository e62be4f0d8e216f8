import { useCallback } from 'react';
import type { DeviceChoice, DeviceList } from '#shared/contract/media.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';

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
  const change = useCallback(
    (changed: Partial<DeviceChoice>) => void run('devices.choose', { ...choice, ...changed }),
    [run, choice],
  );
  return { choice, list: told ?? asked.data, change };
}
