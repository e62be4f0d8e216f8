import type { App } from 'electron';
import { linkAmong } from './dialLinks.ts';

export interface SecondStarts {
  /** From now on: every second start brings the window to the front and hands over its link. */
  deliver(to: { showWindow(): void; takeLink(link: string): void }): void;
}

/**
 * One desk per data folder: null where there is one already, which then got our command line. Links
 * that come before there is a window (macOS sends them early) are kept for it.
 */
export function holdSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  argv: readonly string[],
): SecondStarts | null {
  if (!app.requestSingleInstanceLock()) return null;
  const early: string[] = [];
  let target: Parameters<SecondStarts['deliver']>[0] | null = null;

  const take = (link: string | null) => {
    if (link === null) return;
    if (target) target.takeLink(link);
    else early.push(link);
  };
  app.on('second-instance', (_event, words) => {
    target?.showWindow();
    take(linkAmong(words));
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    take(link);
  });
  take(linkAmong(argv));

  return {
    deliver(to) {
      target = to;
      for (const link of early.splice(0)) to.takeLink(link);
    },
  };
}
