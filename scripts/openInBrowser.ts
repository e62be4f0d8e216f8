import { spawn } from 'node:child_process';

/** Opens an address in the user's browser; a machine without one is no fault, the address is printed anyway. */
export function openInBrowser(url: string): void {
  const [command, ...args] = commandFor(url);
  if (!command) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function commandFor(url: string): string[] {
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '', url];
  const hasDisplay = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  return hasDisplay ? ['xdg-open', url] : [];
}
