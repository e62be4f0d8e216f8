import type { DeviceChoice, MediaEvent } from '#shared/contract/media.ts';
import { type Failure, fail, ok, type Result } from '#shared/result.ts';

type MicrophoneState = Extract<MediaEvent, { type: 'microphone' }>['state'];

/** Which microphone is wanted, and how its voice is treated. Without an id: the system's choice. */
export type MicrophoneWish = Pick<
  DeviceChoice,
  'echoCancellation' | 'noiseSuppression' | 'autoGain'
> & {
  deviceId: string | null;
  /** Grows when the system's choice becomes another device: browsers stay with the one they opened. */
  systemChanges: number;
};

export interface MicrophoneHooks {
  report(event: MediaEvent): void;
  /** A stream is there; it takes the place of the one before. */
  renewed(stream: MediaStream): void;
  /** Resolves when it is known which device is wanted. */
  settled(): Promise<void>;
}

/** What getUserMedia's exceptions mean to the agent (Media Capture and Streams §10.2). */
export function microphoneFailure(error: unknown): Failure {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return fail('microphone-absent', name).error;
    case 'NotReadableError':
    case 'AbortError':
      return fail('microphone-busy', name).error;
    default:
      return fail('microphone-denied', name || 'unknown').error;
  }
}

const stateOf: Partial<Record<Failure['code'], MicrophoneState>> = {
  'microphone-denied': 'denied',
  'microphone-absent': 'absent',
  'microphone-busy': 'busy',
};

/** How often an opening that was overtaken by news begins again. */
const mostTries = 10;

/** The one microphone of this page: opened ahead and kept, calls get clones of its track. */
export class Microphone {
  #hooks: MicrophoneHooks;
  #wish: MicrophoneWish = {
    deviceId: null,
    systemChanges: 0,
    echoCancellation: true,
    noiseSuppression: true,
    autoGain: true,
  };
  #stream: MediaStream | null = null;
  /** The wish that the stream was opened for. */
  #openedFor = '';
  #opening: Promise<Result<MediaStream>> | null = null;
  /** Counts the news that make an answer of the browser out of date. */
  #news = 0;
  #told = '';

  constructor(hooks: MicrophoneHooks) {
    this.#hooks = hooks;
  }

  /** Follows the permission from now on. A browser that cannot tell it is asked again with every call. */
  async watch(): Promise<void> {
    if (!navigator.permissions) return;
    const ask = () => navigator.permissions.query({ name: 'microphone' as PermissionName });
    const permission = await ask();
    permission.addEventListener('change', () => this.#permissionIs(permission.state));
    // It may have changed before anybody listened.
    const now = await ask();
    if (now.state === 'denied') this.#permissionIs('denied');
  }

  /** The open microphone. Codes: microphone-denied, microphone-absent, microphone-busy. */
  async open(): Promise<Result<MediaStream>> {
    const asked = await this.#asWished();
    // A microphone that cannot be changed over to goes on as it is.
    if (!asked.ok && this.#stream && isLive(this.#stream)) return ok(this.#stream);
    return asked;
  }

  /** Changes over to what is wanted, where the microphone was asked for already. Codes as of `open`. */
  async want(wish: MicrophoneWish): Promise<Result<null>> {
    if (keyOf(wish) !== keyOf(this.#wish)) {
      this.#wish = wish;
      this.#news += 1;
    }
    const wasAskedFor = this.#told !== '' || this.#opening !== null;
    if (!wasAskedFor) return ok(null);
    const asked = await this.#asWished();
    return asked.ok ? ok(null) : asked;
  }

  /** The stream as it is now. */
  current(): MediaStream | null {
    return this.#stream;
  }

  #asWished(): Promise<Result<MediaStream>> {
    const isAsWished = this.#openedFor === keyOf(this.#wish);
    if (this.#stream && isLive(this.#stream) && isAsWished) {
      return Promise.resolve(ok(this.#stream));
    }
    this.#opening ??= this.#ask().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /** Asks until the answer is not overtaken by news: a permission that went, another device that is wanted. */
  async #ask(): Promise<Result<MediaStream>> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      await this.#hooks.settled();
      const { news, wish } = { news: this.#news, wish: this.#wish };
      const asked = await openDevice(wish);
      const isLate = news !== this.#news;
      if (asked.ok && (isLate || !isLive(asked.value))) {
        stopTracks(asked.value);
        continue;
      }
      if (!isLate) return asked.ok ? this.#take(asked.value, wish) : this.#missed(asked.error);
    }
    return this.#missed(fail('microphone-busy', 'it changes too fast').error);
  }

  #take(stream: MediaStream, wish: MicrophoneWish): Result<MediaStream> {
    const before = this.#stream;
    this.#stream = stream;
    this.#openedFor = keyOf(wish);
    const [track] = stream.getAudioTracks();
    track?.addEventListener('ended', () => {
      if (this.#stream !== stream) return;
      this.#stream = null;
      this.#recheck();
    });
    this.#hooks.renewed(stream);
    if (before) stopTracks(before);
    this.#tell('ok', track?.label || null);
    return ok(stream);
  }

  #missed(failure: Failure): Result<MediaStream> {
    const goesOn = this.#stream !== null && isLive(this.#stream);
    if (!goesOn) this.#tell(stateOf[failure.code] ?? 'denied', null);
    return { ok: false, error: failure };
  }

  /**
   * Browsers tell a permission that was taken away before or after they end the tracks, and a microphone being
   * opened then may come out live, or ended without a word: the permission alone decides.
   */
  #permissionIs(state: PermissionState): void {
    this.#news += 1;
    if (state !== 'denied') {
      this.#recheck();
      return;
    }
    if (this.#stream) stopTracks(this.#stream);
    this.#stream = null;
    this.#tell('denied', null);
  }

  #recheck(): void {
    this.open().catch(() => undefined);
  }

  #tell(state: MicrophoneState, label: string | null): void {
    const told = `${state} ${label ?? ''}`;
    if (told === this.#told) return;
    this.#told = told;
    this.#hooks.report({ type: 'microphone', state, label: label?.slice(0, 500) ?? null });
  }
}

async function openDevice(wish: MicrophoneWish): Promise<Result<MediaStream>> {
  try {
    if (!navigator.mediaDevices) throw new DOMException('no devices here', 'NotFoundError');
    return ok(await navigator.mediaDevices.getUserMedia({ audio: constraintsOf(wish) }));
  } catch (error) {
    const failure = microphoneFailure(error);
    const isGone = wish.deviceId !== null && failure.code === 'microphone-absent';
    // Unplugged since it was listed: the system's choice is better than none.
    if (isGone) return openDevice({ ...wish, deviceId: null });
    return { ok: false, error: failure };
  }
}

function constraintsOf(wish: MicrophoneWish): MediaTrackConstraints {
  return {
    echoCancellation: wish.echoCancellation,
    noiseSuppression: wish.noiseSuppression,
    autoGainControl: wish.autoGain,
    ...(wish.deviceId === null ? {} : { deviceId: { exact: wish.deviceId } }),
  };
}

function keyOf(wish: MicrophoneWish): string {
  const { deviceId, systemChanges, echoCancellation, noiseSuppression, autoGain } = wish;
  return JSON.stringify([deviceId ?? systemChanges, echoCancellation, noiseSuppression, autoGain]);
}

function isLive(stream: MediaStream): boolean {
  return stream.getAudioTracks().some((track) => track.readyState === 'live');
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
