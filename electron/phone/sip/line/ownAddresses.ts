import { networkInterfaces } from 'node:os';
import type { Clock } from '#electron/core/providers.ts';

/** True for an IP address that an interface of this machine has now; IPv4 also as IPv6 writes it. */
export function isOwnAddress(address: string): boolean {
  return ownAddresses().includes(address.replace(/^::ffff:/u, ''));
}

/** A look that comes this much late was slept over. */
const sleptMs = 10_000;

/**
 * Tells when the addresses of this machine changed (an interface went down or up, another network gave another one),
 * and when the machine slept. Nobody tells a process, so it looks. Returns the end of it.
 */
export function watchOwnAddresses(of: {
  clock: Clock;
  everyMs: number;
  changed: () => void;
}): () => void {
  const { clock, everyMs, changed } = of;
  let known = ownAddresses().join();
  let lookedAt = clock.now();
  let cancel = (): void => undefined;
  const look = (): void => {
    const now = ownAddresses().join();
    const isOther = now !== known || clock.now() - lookedAt > everyMs + sleptMs;
    known = now;
    lookedAt = clock.now();
    cancel = clock.after(everyMs, look);
    if (isOther) changed();
  };
  cancel = clock.after(everyMs, look);
  return () => cancel();
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address)
    .sort();
}
