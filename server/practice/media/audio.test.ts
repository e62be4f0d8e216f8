import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitOfInfo, TelephoneEvents } from './dtmf.ts';
import { LevelMeter } from './levelMeter.ts';
import { onlyCandidatesOf } from './mediaNetwork.ts';
import { decodeSample, encodeSample, silentFrame, toneFrames } from './ulaw.ts';
import { readMuLawWave, VoiceLibrary } from './voices.ts';

const voicesDir = fileURLToPath(new URL('../../../resources/practice', import.meta.url));

describe('µ-law', () => {
  it('comes back as it was, within the step of its segment', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32_768, max: 32_767 }), (sample) => {
        const step = Math.max(8, (Math.abs(sample) + 132) / 16);
        const back = decodeSample(encodeSample(sample));
        const clipped = Math.max(-32_635, Math.min(32_635, sample));
        expect(Math.abs(back - clipped)).toBeLessThanOrEqual(step);
      }),
    );
  });

  it('keeps the order of samples', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32_768, max: 32_766 }), (sample) => {
        const [lower, upper] = [sample, sample + 1].map((at) => decodeSample(encodeSample(at)));
        expect(lower).toBeLessThanOrEqual(upper ?? Number.NaN);
      }),
    );
  });

  it('has known code words (ITU-T G.711 table 2)', () => {
    expect([0, 32_635, -32_635].map(encodeSample)).toEqual([0xff, 0x80, 0x00]);
  });
});

describe('the level meter', () => {
  it('tells sound from silence', () => {
    const meter = new LevelMeter();
    meter.hear(silentFrame);
    expect(meter.level).toEqual({ rms: 0, peakRms: 0, soundFrames: 0 });
    meter.hear(toneFrames(1000, 10_000, 1)[0] ?? silentFrame);
    expect(meter.level.peakRms).toBeGreaterThan(6800);
    meter.hear(silentFrame);
    expect(meter.level).toMatchObject({ rms: 0, soundFrames: 1 });
  });
});

describe('voices', () => {
  it('are there in both languages, small, and carry sound', () => {
    const library = new VoiceLibrary(voicesDir);
    for (const language of ['zh', 'en']) {
      expect(library.scenarios(language)).toEqual(['complaint', 'order', 'question']);
      for (const scenario of library.scenarios(language)) {
        const { phrase, goodbye } = library.voice(language, scenario);
        const meter = new LevelMeter();
        for (const frame of [...phrase, ...goodbye]) meter.hear(frame);
        expect(meter.level.soundFrames).toBeGreaterThan(100);
      }
    }
    const sizes = readdirSync(voicesDir).map((name) => statSync(`${voicesDir}/${name}`).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
  });

  it('say nothing where the scenario is unknown', () => {
    expect(new VoiceLibrary(voicesDir).voice('en', 'silent').phrase).toEqual([]);
  });

  it('are refused when the file is anything else', () => {
    const wave = readFileSync(`${voicesDir}/en-order.wav`);
    const linear = Buffer.from(wave);
    linear.writeUInt16LE(1, 20);
    expect(readMuLawWave(linear)).toBeUndefined();
    expect(readMuLawWave(Buffer.from('RIFF'))).toBeUndefined();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (length) => {
        expect(() => readMuLawWave(wave.subarray(0, length))).not.toThrow();
      }),
    );
  });
});

describe('digits', () => {
  const packet = (event: number) => Uint8Array.from([event, 0x0a, 0, 160]);

  it('count once a key press (RFC 4733)', () => {
    const events = new TelephoneEvents();
    expect(events.read(packet(5), 1000)).toBe('5');
    expect(events.read(packet(5), 1000)).toBeUndefined();
    expect(events.read(packet(11), 2000)).toBe('#');
    expect(events.read(packet(16), 3000)).toBeUndefined();
    expect(events.read(Uint8Array.from([1]), 4000)).toBeUndefined();
  });

  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160', '5'],
    ['application/dtmf-relay; charset=utf-8', 'Signal= #\r\n', '#'],
    ['application/dtmf', 'a', 'A'],
    ['application/dtmf', '12', undefined],
    ['application/dtmf-relay', 'Duration=160', undefined],
    ['text/plain', '5', undefined],
  ])('in INFO: %s %j is %s', (type, body, digit) => {
    expect(digitOfInfo(type, body)).toBe(digit);
  });
});

describe('candidates', () => {
  it('stay only for the bound address', () => {
    const line = (address: string) => `a=candidate:1 1 udp 2116026367 ${address} 4000 typ host`;
    const sdp = ['v=0', line('127.0.0.1'), line('192.0.2.7'), 'a=sendrecv', ''].join('\r\n');
    expect(onlyCandidatesOf('127.0.0.1', sdp)).toBe(
      ['v=0', line('127.0.0.1'), 'a=sendrecv', ''].join('\r\n'),
    );
  });
});
