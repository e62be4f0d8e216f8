import { deskStore } from '../store/desk.ts';
import { fetchFormsOfCalls } from './features.ts';

/** How long a window that never rests may put it off. */
const patienceMs = 5_000;

/** Somebody is signed in and the window is painted: in its next rest it fetches what a first call needs. */
export function fetchFormsAhead(): void {
  const look = () => {
    if (deskStore.getState().session.state !== 'signedIn') return;
    leave();
    void import('../shell/Shell.tsx').then(() =>
      requestIdleCallback(() => void fetchFormsOfCalls(), { timeout: patienceMs }),
    );
  };
  const leave = deskStore.subscribe(look);
  look();
}
