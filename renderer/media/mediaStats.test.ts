import { describe, expect, test } from 'vitest';
import { readStats } from './mediaStats.ts';

describe('readStats', () => {
  test('reads both directions', () => {
    const report = new Map([
      ['c', { id: 'c', type: 'codec', mimeType: 'audio/opus' }],
      ['o', { id: 'o', type: 'outbound-rtp', packetsSent: 7, codecId: 'c' }],
      [
        'i',
        {
          id: 'i',
          type: 'inbound-rtp',
          packetsReceived: 9,
          packetsLost: 1,
          jitter: 0.004,
          totalAudioEnergy: 0.5,
          codecId: 'c',
        },
      ],
      ['t', { id: 't', type: 'transport', selectedCandidatePairId: 'p' }],
      ['p', { id: 'p', type: 'candidate-pair', localCandidateId: 'n', remoteCandidateId: 'f' }],
      ['n', { id: 'n', type: 'local-candidate', candidateType: 'host', protocol: 'udp' }],
      ['f', { id: 'f', type: 'remote-candidate', candidateType: 'srflx' }],
      ['r', { id: 'r', type: 'remote-inbound-rtp', roundTripTime: 0.02 }],
    ]);
    expect(readStats('connected', report)).toEqual({
      connection: 'connected',
      packetsReceived: 9,
      packetsLost: 1,
      packetsSent: 7,
      jitterMs: 4,
      roundTripMs: 20,
      energyReceived: 0.5,
      codec: 'audio/opus',
      path: 'host/srflx udp',
    });
  });

  test('an empty report is zeros', () => {
    expect(readStats('new', new Map())).toMatchObject({
      packetsReceived: 0,
      jitterMs: null,
      codec: null,
      path: null,
    });
  });
});
