import type { Session } from 'electron';
import type { Log } from '../../core/providers.ts';
import { isOurs } from './appAddress.ts';

type PermissionSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>;

/**
 * Microphone and choice of loudspeaker for our own pages; everything else, and everybody else, is
 * refused. Both handlers are needed: most of the web's interfaces check first and request then.
 */
export function limitPermissions(session: PermissionSession, log: Log): void {
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const isFromUs = details.isMainFrame && isOurs(details.securityOrigin ?? origin);
    if (!isFromUs || !isOurs(origin)) return false;
    if (permission === 'media') return details.mediaType === 'audio';
    return permission === 'speaker-selection';
  });

  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const isFromUs = details.isMainFrame && isOurs(details.requestingUrl);
    const isGranted =
      isFromUs && (permission === 'speaker-selection' || asksForSound(permission, details));
    if (!isGranted) log.warn('a permission was refused', { permission });
    answer(isGranted);
  });

  session.setDevicePermissionHandler(() => false);
}

function asksForSound(permission: string, details: object): boolean {
  if (permission !== 'media' || !('mediaTypes' in details)) return false;
  const kinds = details.mediaTypes;
  return Array.isArray(kinds) && kinds.length > 0 && kinds.every((kind) => kind === 'audio');
}
