import type { Device } from '#shared/contract/media.ts';

/** A device as browsers list it (Media Capture and Streams §9.3). */
export type ListedDevice = Pick<MediaDeviceInfo, 'deviceId' | 'groupId' | 'kind' | 'label'>;

/** Entries by which Chromium names the system's choices beside the devices themselves. */
const systemChoices = new Set(['default', 'communications']);

/** The devices of one kind; those without a name, which a page sees before it may use the microphone, are none. */
export function devicesOf(listed: readonly ListedDevice[], kind: MediaDeviceKind): Device[] {
  return listed
    .filter((one) => one.kind === kind && one.deviceId !== '' && !systemChoices.has(one.deviceId))
    .map(toDevice)
    .slice(0, 100);
}

/** The device that the system takes by itself; null where it does not tell. */
export function systemDevice(
  listed: readonly ListedDevice[],
  kind: MediaDeviceKind,
): Device | null {
  const ofKind = listed.filter((one) => one.kind === kind);
  const chosen = ofKind.find((one) => one.deviceId === 'default');
  if (!chosen) return devicesOf(listed, kind)[0] ?? null;
  const inGroup = ofKind.filter(
    (one) => one.groupId === chosen.groupId && !systemChoices.has(one.deviceId),
  );
  const named = inGroup.find((one) => chosen.label.endsWith(one.label));
  return toDevice(named ?? inGroup[0] ?? chosen);
}

/** The chosen device among those plugged in: by its id, else by its name where ids have changed; null: not there. */
export function findDevice(chosen: Device | null, devices: readonly Device[]): Device | null {
  if (!chosen) return null;
  const byId = devices.find(({ id }) => id === chosen.id);
  if (byId) return byId;
  return devices.find(({ label }) => label !== '' && label === chosen.label) ?? null;
}

function toDevice(listed: ListedDevice): Device {
  return { id: listed.deviceId.slice(0, 300), label: listed.label.slice(0, 500) };
}
