import { v7 as uuidv7 } from 'uuid';
import { type Clock, createClock, maxDriftMs } from '#shared/sync/clock.ts';
import { type Identity, renewIdentity } from './file/identity.ts';
import type { Meta } from './meta.ts';

/** How the desk makes itself known to the server: see docs/sync.md, "A copied desk". */
export interface Registration {
  instance: string;
  previous: string | null;
}

/** Who this cache is in every stamp, and which run of it. */
export interface Device {
  id(): string;
  /** One object for as long as the cache is open, whatever the device id. */
  stamps: Clock;
  /** What to register next. It is on the disk, and the same until `registered`: an answer may get lost. */
  registration(): Registration;
  registered(instance: string): void;
  /** The instance under which the server knows this desk; null before the first time. */
  instance(): string | null;
  /** From now on this is another device: no stamp is ever given by two. */
  renew(): void;
  /**
   * Where the clock of the machine was far ahead once, the stamps still are, and nobody believes them. Begins anew as
   * another device. False where there is nothing to mend. Only while no change waits: it may have such a stamp.
   */
  mend(): boolean;
}

interface Parts {
  identity: Identity;
  file: string;
  meta: Meta;
  /** ms UTC, corrected to the server's clock. */
  now(): number;
  /** Stamps of changes that wait. */
  waiting: readonly string[];
}

export function createDevice({ identity, file, meta, now, waiting }: Parts): Device {
  let current = identity;
  let stamps = createClock(identity.deviceId, now, [meta.get('stamp') ?? '', ...waiting]);

  function renew(): void {
    const believed = stamps.aheadMs() <= maxDriftMs ? [stamps.tick()] : [];
    current = renewIdentity(file, current);
    meta.set('instance', '');
    meta.set('instanceOffered', '');
    meta.set('stamp', '');
    stamps = createClock(current.deviceId, now, believed);
  }

  return {
    id: () => current.deviceId,
    stamps: {
      tick: (after) => stamps.tick(after),
      observe: (stamp) => stamps.observe(stamp),
      aheadMs: () => stamps.aheadMs(),
    },
    registration() {
      const instance = meta.get('instanceOffered') || uuidv7();
      meta.set('instanceOffered', instance);
      return { instance, previous: meta.get('instance') || null };
    },
    registered(instance) {
      meta.set('instance', instance);
      meta.set('instanceOffered', '');
    },
    instance: () => meta.get('instance') || null,
    renew,
    mend() {
      if (stamps.aheadMs() <= maxDriftMs) return false;
      renew();
      return true;
    },
  };
}
