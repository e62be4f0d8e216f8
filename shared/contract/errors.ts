/**
 * The closed list of error codes. Every code has a text in `locales/<language>/errors.json`;
 * a test holds the two together.
 */
export const errorCodes = [
  // border
  'invalid-input',
  'invalid-output',
  'unknown-method',
  'forbidden',
  'signed-out',
  'internal',
  'window-moved',
  // sign-in and server
  'wrong-credentials',
  'account-locked',
  'server-unreachable',
  'server-refused',
  'offline-sign-in-unknown',
  'server-busy',
  'device-copied',
  // other programs
  'key-invalid',
  'webhook-address-refused',
  'idempotency-mismatch',
  'cursor-gone',
  // data
  'not-found',
  'already-exists',
  'conflict',
  'state-not-allowed',
  'missing-field',
  'file-too-large',
  'file-unreadable',
  'file-type-refused',
  'file-type-differs',
  'attachment-absent',
  'draft-too-large',
  // local cache
  'cache-locked',
  'cache-wrong-key',
  'cache-from-future',
  'cache-corrupt',
  'disk-full',
  'data-not-writable',
  // phone
  'phone-not-registered',
  'phone-refused',
  'phone-unreachable',
  'phone-elsewhere',
  'call-not-found',
  'call-state',
  'number-invalid',
  'number-unknown',
  'number-busy',
  'number-unreachable',
  'number-refused',
  'number-needs-consent',
  'transfer-refused',
  'device-absent',
  'connector-absent',
  'not-in-call',
  'desk-away',
  'signed-out-by',
  'call-lost',
  'break-over',
  'task-due',
  'pbx-refused',
  'too-many-requests',
  'microphone-denied',
  'microphone-absent',
  'microphone-busy',
  'media-page-absent',
  'media-failed',
  // reports
  'font-absent',
  'delivery-absent',
  // desktop
  'keyring-absent',
  'answer-key-taken',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
