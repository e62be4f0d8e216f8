import type { Desk } from '../../core/desk.ts';
import type { Log } from '../../core/providers.ts';
import { numberOfLink } from './dialLinks.ts';

export interface DialRequests {
  /** A link from the system or another program. Never dials: the window asks the agent. */
  take(link: string): void;
}

/**
 * Hands numbers of links to the desk. One that comes before anybody is signed in waits for that;
 * of several only the newest, because nobody wants five questions after sign-in.
 */
export function createDialRequests(
  desk: Pick<Desk, 'listen' | 'snapshot' | 'askToDial'>,
  showWindow: () => void,
  log: Log,
): DialRequests {
  let waiting: string | null = null;

  desk.listen((name) => {
    if (name !== 'session.changed' || waiting === null || !isSignedIn()) return;
    const number = waiting;
    waiting = null;
    desk.askToDial(number);
  });

  function isSignedIn(): boolean {
    return desk.snapshot().session.state === 'signedIn';
  }

  return {
    take(link) {
      showWindow();
      const number = numberOfLink(link);
      if (number === null) return log.warn('a link from outside holds no number');
      if (isSignedIn()) desk.askToDial(number);
      else waiting = number;
    },
  };
}
