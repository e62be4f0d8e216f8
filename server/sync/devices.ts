import { instanceOf } from '../store/devices.ts';
import type { Db } from '../store/store.ts';

/**
 * Does this push come from the desk that was registered last under its device id? A desk that names no instance, or
 * was never registered, is of a version that does not register.
 */
export async function isOwnInstance(
  db: Db,
  deviceId: string,
  instance: string | undefined,
): Promise<boolean> {
  if (instance === undefined) return true;
  const registered = await instanceOf(db, deviceId);
  return registered === null || registered === instance;
}
