import { instancesOf } from '../store/devices.ts';
import type { Db } from '../store/store.ts';
import { askTogether } from '../traffic/askTogether.ts';

/**
 * Does a push come from the desk that was registered last under its device id? A desk that names no instance, or was
 * never registered, is of a version that does not register.
 */
export function createInstanceCheck(
  db: Db,
): (deviceId: string, instance: string | undefined) => Promise<boolean> {
  const registeredAs = askTogether((deviceIds) => instancesOf(db, deviceIds));
  return async (deviceId, instance) => {
    if (instance === undefined) return true;
    const registered = await registeredAs(deviceId);
    return registered === null || registered === instance;
  };
}
