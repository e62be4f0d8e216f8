import { networkInterfaces } from 'node:os';

const loopback = '127.0.0.1';

export interface MediaNetwork {
  /** The one address the media sockets are bound to. */
  address: string;
  isLoopback: boolean;
}

/**
 * Where media is bound: the first real interface, or loopback where there is none or where it is asked for.
 * Looked up for every leg, since a laptop's network comes and goes.
 */
export function mediaNetwork(loopbackMedia: boolean): MediaNetwork {
  const real = loopbackMedia ? undefined : firstRealAddress();
  return real ? { address: real, isLoopback: false } : { address: loopback, isLoopback: true };
}

function firstRealAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((entry) => entry.family === 'IPv4' && !entry.internal)?.address;
}

/** Leaves out the candidates of addresses that nothing is bound to. */
export function onlyCandidatesOf(address: string, sdp: string): string {
  return sdp
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:') || line.split(' ')[4] === address)
    .join('\r\n');
}
