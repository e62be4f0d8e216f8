/**
 * Electron IPC channel names; the preloads and the main process use no others. In a file of their
 * own, because a sandboxed preload carries everything it imports.
 */
export const channels = {
  invoke: 'switchboard:invoke',
  event: 'switchboard:event',
  mediaCommand: 'switchboard:media-command',
  mediaResult: 'switchboard:media-result',
  mediaEvent: 'switchboard:media-event',
} as const;
