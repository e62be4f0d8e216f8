import type { HIDDevice, Session } from 'electron';
import type { Log } from '../../core/providers.ts';
import { isOurs } from './appAddress.ts';

type PermissionSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
> & {
  on(
    event: 'select-hid-device',
    listener: (
      event: { preventDefault(): void },
      details: { deviceList: HIDDevice[] },
      choose: (deviceId?: string | null) => void,
    ) => void,
  ): unknown;
};

/** What our own pages are given whenever they ask: another loudspeaker, and the whole screen for the wall view. */
const simple: ReadonlySet<string> = new Set(['speaker-selection', 'fullscreen']);

/**
 * Microphone, choice of loudspeaker, the whole screen and headsets with buttons for our own pages; everything else,
 * and everybody else, is refused. Both handlers are needed: most of the web's interfaces check first and request
 * then.
 */
export function limitPermissions(session: PermissionSession, log: Log): void {
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const isFromUs = details.isMainFrame && isOurs(details.securityOrigin ?? origin);
    if (!isFromUs || !isOurs(origin)) return false;
    if (permission === 'media') return details.mediaType === 'audio';
    return simple.has(permission) || permission === 'hid';
  });

  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const isFromUs = details.isMainFrame && isOurs(details.requestingUrl);
    const isGranted = isFromUs && (simple.has(permission) || asksForSound(permission, details));
    if (!isGranted) log.warn('a permission was refused', { permission });
    answer(isGranted);
  });

  // Every device with the usages of a telephone, without asking one by one: it has buttons and lamps, no more.
  session.setDevicePermissionHandler(
    ({ deviceType, origin, device }) =>
      deviceType === 'hid' && isOurs(origin) && isTelephone(device as HIDDevice),
  );
  session.on('select-hid-device', (event, { deviceList }, choose) => {
    event.preventDefault();
    choose(deviceList.find(isTelephone)?.deviceId ?? null);
  });
}

/** HID Usage Tables 1.5, §14. */
const telephonyPage = 0x0b;

function isTelephone({ collections }: Pick<HIDDevice, 'collections'>): boolean {
  return collections?.some(({ usagePage }) => usagePage === telephonyPage) ?? false;
}

function asksForSound(permission: string, details: object): boolean {
  if (permission !== 'media' || !('mediaTypes' in details)) return false;
  const kinds = details.mediaTypes;
  return Array.isArray(kinds) && kinds.length > 0 && kinds.every((kind) => kind === 'audio');
}
