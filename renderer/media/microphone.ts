import type { MediaEvent } from '#shared/contract/media.ts';
import { type Failure, fail, ok, type Result } from '#shared/result.ts';

type MicrophoneState = Extract<MediaEvent, { type: 'microphone' }>['state'];

const wanted: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

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

/** The one microphone of this page: opened ahead and kept, calls get clones of its track. */
export class Microphone {
  #report: (event: MediaEvent) => void;
  #renewed: (stream: MediaStream) => void;
  #stream: MediaStream | null = null;
  #opening: Promise<Result<MediaStream>> | null = null;
  #told = '';

  /** `renewed` gets the stream that takes the place of one that ended. */
  constructor(report: (event: MediaEvent) => void, renewed: (stream: MediaStream) => void) {
    this.#report = report;
    this.#renewed = renewed;
  }

  /** Follows the devices and the permission from now on. */
  watch(): void {
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#recheck());
    navigator.permissions
      ?.query({ name: 'microphone' as PermissionName })
      .then((permission) => permission.addEventListener('change', () => this.#recheck()))
      .catch(() => undefined);
  }

  /** The open microphone. Codes: microphone-denied, microphone-absent, microphone-busy. */
  open(): Promise<Result<MediaStream>> {
    if (this.#stream && isLive(this.#stream)) return Promise.resolve(ok(this.#stream));
    this.#opening ??= this.#ask().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #ask(): Promise<Result<MediaStream>> {
    const before = this.#stream;
    try {
      if (!navigator.mediaDevices) throw new DOMException('no devices here', 'NotFoundError');
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      this.#stream = stream;
      const [track] = stream.getAudioTracks();
      track?.addEventListener('ended', () => this.#recheck());
      this.#tell('ok', track?.label || null);
      if (before) this.#renewed(stream);
      return ok(stream);
    } catch (error) {
      const failure = microphoneFailure(error);
      this.#tell(stateOf[failure.code] ?? 'denied', null);
      return { ok: false, error: failure };
    }
  }

  #recheck(): void {
    this.open().catch(() => undefined);
  }

  #tell(state: MicrophoneState, label: string | null): void {
    const told = `${state} ${label ?? ''}`;
    if (told === this.#told) return;
    this.#told = told;
    this.#report({ type: 'microphone', state, label: label?.slice(0, 500) ?? null });
  }
}

function isLive(stream: MediaStream): boolean {
  return stream.getAudioTracks().some((track) => track.readyState === 'live');
}
