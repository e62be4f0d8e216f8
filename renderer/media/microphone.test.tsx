import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MediaEvent } from '#shared/contract/media.ts';
import { Microphone, type MicrophoneWish, microphoneFailure } from './microphone.ts';

describe('microphoneFailure', () => {
  test.each([
    ['NotAllowedError', 'microphone-denied'],
    ['SecurityError', 'microphone-denied'],
    ['NotFoundError', 'microphone-absent'],
    ['OverconstrainedError', 'microphone-absent'],
    ['NotReadableError', 'microphone-busy'],
    ['AbortError', 'microphone-busy'],
  ])('%s is %s', (name, code) => {
    expect(microphoneFailure(new DOMException('no', name)).code).toBe(code);
  });
});

class TrackDouble extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  label = 'Headset';
  stop(): void {
    this.readyState = 'ended';
  }
  /** As the browser ends it; `silently`: before anybody could listen. */
  end({ silently = false } = {}): void {
    this.readyState = 'ended';
    if (!silently) this.dispatchEvent(new Event('ended'));
  }
}

class PermissionDouble extends EventTarget {
  state: PermissionState = 'granted';
}

/** A browser whose answers the test gives when it wants. */
class BrowserDouble {
  readonly permission = new PermissionDouble();
  readonly asked: { audio: MediaTrackConstraints }[] = [];
  #waiting: { resolve(stream: object): void; reject(error: unknown): void }[] = [];
  #askers: (() => void)[] = [];

  readonly navigator = {
    permissions: { query: async () => this.permission },
    mediaDevices: {
      getUserMedia: (constraints: { audio: MediaTrackConstraints }) => {
        this.asked.push(constraints);
        for (const asker of this.#askers.splice(0)) asker();
        return new Promise<object>((resolve, reject) => this.#waiting.push({ resolve, reject }));
      },
    },
  };

  /** Resolves when the page asks for the microphone and is not answered yet. */
  async isAsked(): Promise<void> {
    while (this.#waiting.length === 0) {
      await new Promise<void>((resolve) => this.#askers.push(resolve));
    }
  }

  async gives(track = new TrackDouble()): Promise<TrackDouble> {
    await this.isAsked();
    const stream = { getTracks: () => [track], getAudioTracks: () => [track] };
    this.#waiting.shift()?.resolve(stream);
    return track;
  }

  async refuses(name: string): Promise<void> {
    await this.isAsked();
    this.#waiting.shift()?.reject(new DOMException('no', name));
  }

  setPermission(state: PermissionState): void {
    this.permission.state = state;
    this.permission.dispatchEvent(new Event('change'));
  }
}

const usual: MicrophoneWish = {
  deviceId: null,
  systemChanges: 0,
  echoCancellation: true,
  noiseSuppression: true,
  autoGain: true,
};

let browser: BrowserDouble;
let told: string[];
let streams: number;
let microphone: Microphone;

beforeEach(async () => {
  browser = new BrowserDouble();
  vi.stubGlobal('navigator', browser.navigator);
  told = [];
  streams = 0;
  microphone = new Microphone({
    report: (event: MediaEvent) => {
      if (event.type === 'microphone') told.push(event.state);
    },
    renewed: () => {
      streams += 1;
    },
    settled: () => Promise.resolve(),
  });
  await microphone.watch();
});

afterEach(() => vi.unstubAllGlobals());

async function openMicrophone(): Promise<TrackDouble> {
  const opening = microphone.open();
  const track = await browser.gives();
  await opening;
  return track;
}

describe('a permission that is taken away', () => {
  test('is told at once, and the microphone let go', async () => {
    const track = await openMicrophone();
    browser.setPermission('denied');
    expect(told).toEqual(['ok', 'denied']);
    expect(track.readyState).toBe('ended');
    expect(microphone.current()).toBeNull();
  });

  test('while the microphone is being opened: a stream that comes live all the same is not trusted', async () => {
    const opening = microphone.open();
    await browser.isAsked();
    browser.setPermission('denied');
    const late = await browser.gives();
    await browser.refuses('NotAllowedError');
    expect(await opening).toMatchObject({ ok: false, error: { code: 'microphone-denied' } });
    expect(late.readyState).toBe('ended');
    expect(told).toEqual(['denied']);
  });

  test('while it is being opened: a track that ended before anybody listened is asked for again', async () => {
    const opening = microphone.open();
    const track = new TrackDouble();
    track.end({ silently: true });
    await browser.gives(track);
    await browser.refuses('NotAllowedError');
    expect(await opening).toMatchObject({ ok: false, error: { code: 'microphone-denied' } });
    expect(told).toEqual(['denied']);
  });

  test('and given back while the page still asks: the microphone is opened', async () => {
    const opening = microphone.open();
    await browser.isAsked();
    browser.setPermission('denied');
    browser.setPermission('granted');
    await browser.gives();
    await browser.gives();
    expect(await opening).toMatchObject({ ok: true });
    expect(told).toEqual(['denied', 'ok']);
  });

  test('before the page listened is told when it begins to', async () => {
    browser.permission.state = 'denied';
    await microphone.watch();
    expect(told).toEqual(['denied']);
  });
});

describe('a microphone', () => {
  test('that ends is opened again, and the calls get the new one', async () => {
    const track = await openMicrophone();
    track.end();
    await browser.gives();
    await vi.waitFor(() => expect(streams).toBe(2));
    expect(told).toEqual(['ok']);
  });

  test('is asked for as it is wanted', async () => {
    await openMicrophone();
    const wanted = microphone.want({ ...usual, deviceId: 'h1', echoCancellation: false });
    await browser.gives();
    expect(await wanted).toEqual({ ok: true, value: null });
    expect(browser.asked.at(-1)?.audio).toEqual({
      deviceId: { exact: 'h1' },
      echoCancellation: false,
      noiseSuppression: true,
      autoGainControl: true,
    });
  });

  test('goes on while another cannot be had', async () => {
    const track = await openMicrophone();
    const wanted = microphone.want({ ...usual, deviceId: 'busy' });
    await browser.refuses('NotReadableError');
    expect(await wanted).toMatchObject({ ok: false, error: { code: 'microphone-busy' } });
    expect(track.readyState).toBe('live');
    expect(told).toEqual(['ok']);
  });

  test('unplugged since it was listed gives way to the usual one', async () => {
    await openMicrophone();
    const wanted = microphone.want({ ...usual, deviceId: 'gone' });
    await browser.refuses('OverconstrainedError');
    await browser.gives();
    expect(await wanted).toMatchObject({ ok: true });
    expect(browser.asked.at(-1)?.audio).not.toHaveProperty('deviceId');
  });

  test('is not opened by a wish alone', async () => {
    expect(await microphone.want({ ...usual, deviceId: 'h1' })).toMatchObject({ ok: true });
    expect(browser.asked).toEqual([]);
  });

  test('of the system is opened anew when the system chooses another', async () => {
    const before = await openMicrophone();
    const wanted = microphone.want({ ...usual, systemChanges: 1 });
    await browser.gives();
    expect(await wanted).toMatchObject({ ok: true });
    expect(before.readyState).toBe('ended');
  });

  test('wanted otherwise while it is being opened is opened as wanted last', async () => {
    const opening = microphone.open();
    await browser.isAsked();
    const wanted = microphone.want({ ...usual, deviceId: 'h2' });
    const first = await browser.gives();
    await browser.gives();
    expect(await opening).toMatchObject({ ok: true });
    expect(await wanted).toMatchObject({ ok: true });
    expect(first.readyState).toBe('ended');
    expect(browser.asked.at(-1)?.audio.deviceId).toEqual({ exact: 'h2' });
  });
});
