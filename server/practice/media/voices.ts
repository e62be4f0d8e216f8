import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameBytes } from './ulaw.ts';

const muLawFormat = 7;

/** The 20 ms frames of a WAV file that holds 8 kHz mono µ-law; the last, partial frame is left out. */
export function readMuLawWave(file: Buffer): Buffer[] | undefined {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') return;
  let format: { code: number; channels: number; rateHz: number } | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + size);
    if (name === 'fmt ' && body.length >= 16) {
      format = {
        code: body.readUInt16LE(0),
        channels: body.readUInt16LE(2),
        rateHz: body.readUInt32LE(4),
      };
    }
    if (name === 'data') {
      if (format?.code !== muLawFormat || format.channels !== 1 || format.rateHz !== 8000) return;
      return cutIntoFrames(body);
    }
    at += 8 + size + (size % 2);
  }
  return undefined;
}

function cutIntoFrames(body: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at + frameBytes <= body.length; at += frameBytes) {
    frames.push(body.subarray(at, at + frameBytes));
  }
  return frames;
}

/** The phrases of one caller: what is said in a loop, and the last words. */
export interface Voice {
  phrase: readonly Buffer[];
  goodbye: readonly Buffer[];
}

/** The callers' phrases, read once from `<language>-<scenario>.wav` in a directory. */
export class VoiceLibrary {
  #phrases = new Map<string, readonly Buffer[]>();

  /** Throws if the directory cannot be read or holds no phrase. */
  constructor(directory: string) {
    for (const name of readdirSync(directory)) {
      if (!name.endsWith('.wav')) continue;
      const frames = readMuLawWave(readFileSync(join(directory, name)));
      if (frames) this.#phrases.set(name.slice(0, -'.wav'.length), frames);
    }
    if (this.#phrases.size === 0) throw new Error(`no voice in ${directory}`);
  }

  /** What can be complained or asked about in a language. */
  scenarios(language: string): string[] {
    const prefix = `${language}-`;
    return [...this.#phrases.keys()]
      .filter((name) => name.startsWith(prefix) && name !== `${prefix}goodbye`)
      .map((name) => name.slice(prefix.length))
      .sort();
  }

  /** An unknown scenario is a silent line: someone is there and says nothing. */
  voice(language: string, scenario: string | undefined): Voice {
    return {
      phrase: this.#phrases.get(`${language}-${scenario ?? ''}`) ?? [],
      goodbye: this.#phrases.get(`${language}-goodbye`) ?? [],
    };
  }
}
