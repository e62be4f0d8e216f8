import { goTo } from '../../app/routes.ts';

/** Stand in the address behind the board. */
export const auditId = 'audit';
export const wallId = 'wall';

/** The wall view on the whole screen. Where the screen is refused it fills the window. */
export function openWall(): void {
  goTo('board', wallId);
  document.documentElement.requestFullscreen?.().catch(() => undefined);
}

export function leaveWall(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
  goTo('board');
}
