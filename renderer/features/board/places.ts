import { goTo } from '../../app/routes.ts';

/** Stand in the address behind the board. */
export const auditId = 'audit';
export const wallId = 'wall';

/** The wall view on the whole screen. Where the screen is refused it fills the window. */
export function openWall(): void {
  goTo('board', wallId);
  document.documentElement.requestFullscreen?.().catch(() => undefined);
}

/** The button that leads to the wall view, and has the focus after it. */
export const wallButtonId = 'open-wall';

export function focusWallButton(): void {
  document.getElementById(wallButtonId)?.focus();
}

export function leaveWall(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
  goTo('board');
}
