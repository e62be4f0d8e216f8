import type { Net, PowerMonitor } from 'electron';
import type { Clock } from '../../core/providers.ts';

/** The main process is not told of the network, so it looks: cheap, and soon enough for a phone. */
const lookMs = 3_000;

export interface WakeOptions {
  powerMonitor: Pick<PowerMonitor, 'on'>;
  net: Pick<Net, 'isOnline'>;
  clock: Clock;
  sleep(): void;
  wake(): void;
}

/**
 * Calls `sleep` when the machine goes to sleep, and `wake` when it woke up, was unlocked, or has a network again.
 * Returns the end of it.
 */
export function watchWaking({ powerMonitor, net, clock, sleep, wake }: WakeOptions): () => void {
  powerMonitor.on('suspend', sleep);
  powerMonitor.on('resume', wake);
  powerMonitor.on('unlock-screen', wake);
  let wasOnline = net.isOnline();
  let cancel: () => void = () => {};
  const look = () => {
    const isOnline = net.isOnline();
    if (isOnline && !wasOnline) wake();
    wasOnline = isOnline;
    cancel = clock.after(lookMs, look);
  };
  cancel = clock.after(lookMs, look);
  return () => cancel();
}
