import { describe, expect, it } from 'vitest';
import type { MediaStats } from '#shared/contract/media.ts';
import { Sampler } from './sampler.ts';

function stats(packetsReceived: number, packetsLost = 0): MediaStats {
  return {
    connection: 'connected',
    packetsReceived,
    packetsLost,
    packetsSent: packetsReceived,
    jitterMs: 2,
    roundTripMs: 20,
    energyReceived: 0,
    codec: 'audio/PCMA',
    path: 'host/host udp',
  };
}

describe('a sampler', () => {
  it('needs two looks at the same peer connection', () => {
    const sampler = new Sampler();
    expect(sampler.take('a', stats(50), 1_000)).toBeNull();
    expect(sampler.take('a', stats(100), 2_000)?.quality).toMatchObject({ level: 'good', loss: 0 });
    expect(sampler.take('b', stats(10), 3_000)).toBeNull();
    expect(sampler.take('b', stats(60), 4_000)?.audio).toMatchObject({
      packetsReceived: 100,
      path: 'host/host udp',
      codec: 'audio/PCMA',
    });
  });

  it('counts what was lost between the looks, and nothing twice', () => {
    const sampler = new Sampler();
    sampler.take('a', stats(50, 50), 1_000);
    expect(sampler.take('a', stats(90, 60), 2_000)?.quality.loss).toBe(0.2);
    expect(sampler.take('a', stats(140, 58), 3_000)?.quality.loss).toBe(0);
  });

  it('does not count a pause', () => {
    const sampler = new Sampler();
    sampler.take('a', stats(50), 1_000);
    sampler.take('a', stats(100), 2_000);
    expect(sampler.pause()?.quality).toMatchObject({ level: 'good', poorSince: null });
    expect(sampler.take('a', stats(101), 60_000)).toBeNull();
    expect(sampler.take('a', stats(151), 61_000)?.audio.packetsReceived).toBe(100);
  });

  it('ignores looks that follow too fast, and counters that went back', () => {
    const sampler = new Sampler();
    sampler.take('a', stats(50), 1_000);
    expect(sampler.take('a', stats(51), 1_100)).toBeNull();
    expect(sampler.take('a', stats(3), 2_000)).toBeNull();
    expect(sampler.take('a', stats(53), 3_000)?.audio.packetsReceived).toBe(50);
  });
});
