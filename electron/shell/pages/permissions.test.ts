import type { MediaAccessPermissionRequest, Session } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { keptLog } from '#tests/support/deskDouble.ts';
import { limitPermissions } from './permissions.ts';

type Handler<N extends keyof Session> = Session[N] extends (handler: infer H) => void
  ? NonNullable<H>
  : never;
type Request = Handler<'setPermissionRequestHandler'>;
type Check = Handler<'setPermissionCheckHandler'>;
type Permission = Parameters<Request>[1];

let request: Request;
let check: Check;
let device: Handler<'setDevicePermissionHandler'>;

beforeEach(() => {
  limitPermissions(
    {
      setPermissionRequestHandler: (given) => {
        if (given) request = given;
      },
      setPermissionCheckHandler: (given) => {
        if (given) check = given;
      },
      setDevicePermissionHandler: (given) => {
        if (given) device = given;
      },
    },
    keptLog(),
  );
});

const ours = 'app://switchboard/';
const theirs = 'https://example.com/';

function asked(permission: Permission, details: Partial<MediaAccessPermissionRequest>): boolean {
  let granted: boolean | null = null;
  const all = { isMainFrame: true, requestingUrl: `${ours}media.html`, ...details };
  request({} as Parameters<Request>[0], permission, (answer) => (granted = answer), all);
  if (granted === null) throw new Error('no answer was given');
  return granted;
}

describe('permission requests', () => {
  it.each<[Permission, Partial<MediaAccessPermissionRequest>, boolean]>([
    ['media', { mediaTypes: ['audio'] }, true],
    ['speaker-selection', {}, true],
    ['media', { mediaTypes: ['audio', 'video'] }, false],
    ['media', { mediaTypes: ['video'] }, false],
    ['media', { mediaTypes: [] }, false],
    ['media', {}, false],
    ['media', { mediaTypes: ['audio'], requestingUrl: theirs }, false],
    ['media', { mediaTypes: ['audio'], isMainFrame: false }, false],
    ['speaker-selection', { requestingUrl: theirs }, false],
    ['display-capture', { mediaTypes: ['audio'] }, false],
    ['notifications', {}, false],
    ['geolocation', {}, false],
    ['clipboard-read', {}, false],
    ['openExternal', {}, false],
    ['unknown', {}, false],
  ])('%s %j → %s', (permission, details, expected) => {
    expect(asked(permission, details)).toBe(expected);
  });
});

describe('permission checks', () => {
  it.each<[Parameters<Check>[1], string, Partial<Parameters<Check>[3]>, boolean]>([
    ['media', ours, { mediaType: 'audio' }, true],
    ['media', ours, { mediaType: 'audio', securityOrigin: ours }, true],
    ['speaker-selection', ours, {}, true],
    ['media', ours, { mediaType: 'video' }, false],
    ['media', ours, { mediaType: 'unknown' }, false],
    ['media', ours, { mediaType: 'audio', securityOrigin: theirs }, false],
    ['media', theirs, { mediaType: 'audio' }, false],
    ['media', theirs, { mediaType: 'audio', securityOrigin: ours }, false],
    ['media', ours, { mediaType: 'audio', isMainFrame: false }, false],
    ['usb', ours, {}, false],
    ['fullscreen', ours, {}, false],
  ])('%s from %s %j → %s', (permission, origin, details, expected) => {
    expect(check(null, permission, origin, { isMainFrame: true, ...details })).toBe(expected);
  });

  it('gives no device of USB, HID or serial', () => {
    expect(device({ deviceType: 'hid', origin: ours } as Parameters<typeof device>[0])).toBe(false);
  });
});
