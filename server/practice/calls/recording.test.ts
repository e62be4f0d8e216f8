import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { durationOf, readFormat, shapeOf } from '#server/journal/wave.ts';
import type { Clock } from '../clock.ts';
import { frameBytes, silentFrame, toneFrames } from '../media/ulaw.ts';
import { tidyRecordings, WaveFile } from '../media/waveFile.ts';
import { Recording } from './recording.ts';

let directory: string;
let now = 1_000_000;
const clock: Clock = { now: () => now, after: () => () => undefined };
const [loud = silentFrame] = toneFrames(1000, 20_000, 1);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'switchboard-recording-'));
});
afterEach(() => rm(directory, { recursive: true }));

function talk(recording: Recording, frames: number): void {
  for (let count = 0; count < frames; count += 1) {
    now += 20;
    recording.tick(() => loud);
  }
}

test('a pause and a wait for the next agent are silence of the same length', async () => {
  const path = join(directory, 'ref.wav');
  const file = new WaveFile(path);
  const recording = new Recording(clock);
  recording.start(file);
  talk(recording, 100);
  recording.set('paused');
  talk(recording, 50);
  recording.set('on');
  talk(recording, 50);
  now += 2_000;
  talk(recording, 100);
  await file.close();
  const bytes = await readFile(path);
  const format = readFormat(bytes, bytes.length);
  expect(format && durationOf(format)).toBe(8_000);
  const frame = (ms: number) =>
    bytes.subarray((format?.from ?? 0) + ms * 8).subarray(0, frameBytes);
  expect(frame(1_000)).toEqual(Buffer.from(loud));
  expect(frame(2_500)).toEqual(silentFrame);
  expect(frame(3_500)).toEqual(Buffer.from(loud));
  expect(frame(5_000)).toEqual(silentFrame);
  expect(recording.snapshot.recordedMs).toBe(5_000);
  const shape = await shapeOf(path);
  const partAt = (ms: number) => shape?.peaks[Math.floor((ms / 8_000) * 1_200)];
  expect(partAt(1_000)).toBeGreaterThan(100);
  expect(partAt(2_500)).toBe(0);
});

test('old recordings make room, unfinished ones go', async () => {
  for (const name of ['a.wav', 'b.wav', 'c.wav.part']) await writeFile(join(directory, name), 'x');
  await tidyRecordings(directory, 2);
  expect((await readdir(directory)).filter((name) => name.endsWith('.part'))).toEqual([]);
});
