import type { PhoneStatus } from '#shared/contract/models.ts';
import type { Failure } from '#shared/result.ts';

export type MicrophoneStatus = Pick<PhoneStatus, 'microphone' | 'microphoneLabel'>;

/** What a failure of the media page says about the microphone; null where it says nothing. */
export function microphoneAfter(failure: Failure): MicrophoneStatus['microphone'] | null {
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
