import type { HIDDevice, MediaAccessPermissionRequest, Session } from 'electron';
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
let select: Parameters<Parameters<typeof limitPermissions>[0]['on']>[1];

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
      on: (_, listener) => {
        select = listener;
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
    ['hid', ours, {}, true],
    ['hid', theirs, {}, false],
    ['hid', ours, { isMainFrame: false }, false],
    ['usb', ours, {}, false],
    ['fullscreen', ours, {}, true],
  ])('%s from %s %j → %s', (permission, origin, details, expected) => {
    expect(check(null, permission, origin, { isMainFrame: true, ...details })).toBe(expected);
  });

  const headset = { deviceId: 'h', collections: [{ usagePage: 0x0c }, { usagePage: 0x0b }] };
  const keyboard = { deviceId: 'k', collections: [{ usagePage: 1 }] };

  it.each<[string, string, object, boolean]>([
    ['hid', ours, headset, true],
    ['hid', theirs, headset, false],
    ['hid', ours, keyboard, false],
    ['hid', ours, { deviceId: 'x' }, false],
    ['usb', ours, headset, false],
    ['serial', ours, headset, false],
  ])('a device of %s from %s %j → %s', (deviceType, origin, asked, expected) => {
    expect(device({ deviceType, origin, device: asked } as Parameters<typeof device>[0])).toBe(
      expected,
    );
  });

  it.each<[string, object[], string | null]>([
    ['the headset is taken', [keyboard, headset], 'h'],
    ['a keyboard is not', [keyboard], null],
    ['there is none', [], null],
  ])('asked for a device: %s', (_, deviceList, expected) => {
    let chosen: string | null | undefined;
    let prevented = false;
    select(
      { preventDefault: () => (prevented = true) },
      { deviceList: deviceList as HIDDevice[] },
      (deviceId) => {
        chosen = deviceId;
      },
    );
    expect({ chosen, prevented }).toEqual({ chosen: expected, prevented: true });
  });
});
