import type { Channel } from './channels.ts';

/** Channels by one of their fields. */
export interface ChannelIndex {
  add(key: string, channel: Channel): void;
  remove(key: string, channel: Channel): void;
  of(key: string): Channel[];
}

export function createChannelIndex(): ChannelIndex {
  const sets = new Map<string, Set<Channel>>();
  return {
    add(key, channel) {
      const set = sets.get(key);
      if (set) set.add(channel);
      else sets.set(key, new Set([channel]));
    },
    remove(key, channel) {
      const set = sets.get(key);
      set?.delete(channel);
      if (set?.size === 0) sets.delete(key);
    },
    of: (key) => [...(sets.get(key) ?? [])],
  };
}
