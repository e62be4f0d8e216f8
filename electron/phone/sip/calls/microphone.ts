import type { PhoneStatus } from '#shared/contract/models/desk.ts';
import type { Failure, Result } from '#shared/result.ts';

type MicrophoneStatus = Pick<PhoneStatus, 'microphone' | 'microphoneLabel'>;

/** What is known of the microphone: from the media page itself, and from what failed for want of it. */
export class MicrophoneWatch {
  #status: MicrophoneStatus = { microphone: 'unknown', microphoneLabel: null };
  #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get status(): MicrophoneStatus {
    return this.#status;
  }

  is(status: MicrophoneStatus): void {
    const was = this.#status;
    this.#status = status;
    const same =
      was.microphone === status.microphone && was.microphoneLabel === status.microphoneLabel;
    if (!same) this.#changed();
  }

  /** Takes note of a failure that speaks of the microphone, and hands the result on. */
  after<T>(result: Result<T>): Result<T> {
    const microphone = result.ok ? null : saidBy(result.error);
    if (microphone) this.is({ microphone, microphoneLabel: null });
    return result;
  }
}

function saidBy(failure: Failure): MicrophoneStatus['microphone'] | null {
  switch (failure.code) {
    case 'microphone-denied':
      return 'denied';
    case 'microphone-absent':
      return 'absent';
    case 'microphone-busy':
      return 'busy';
    default:
      return null;
  }
}
