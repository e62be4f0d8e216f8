import type { DeskCall } from '#shared/contract/models/calls.ts';
import { DeskError, type Result } from '#shared/result.ts';
import { unwrap } from '../../session/session.ts';
import type { CallContext } from './callContext.ts';

/** Pauses and resumes the recording of a journey; the centre's connector does it at the PBX. */
export interface RecordingPort {
  set(callRef: string, on: boolean): Promise<Result<null>>;
}

/** What only the centre knows of a call: whether it is recorded, and who listens in. */
export interface CentreWord {
  /** Codes: connector-absent, call-state, and what the port fails with. */
  record(callId: string, on: boolean): Promise<void>;
  heardRecording(callRef: string, state: 'on' | 'paused' | 'off'): void;
  heardListener(callRef: string, listener: DeskCall['listener']): void;
}

export function createCentreWord(
  { book, clock, logbook }: CallContext,
  recording: RecordingPort | undefined,
): CentreWord {
  /** The gap of a card number: from the pause on, until it is resumed or the call ends. */
  function markGap(call: DeskCall, paused: boolean): void {
    const gaps = book.noted(call.id).recordingGaps;
    const open = gaps.at(-1)?.to === null;
    if (paused === open) return;
    const now = clock.now();
    book.note(call.id, {
      recordingGaps: paused
        ? [...gaps, { from: now, to: null }]
        : gaps.map((gap) => ({ ...gap, to: gap.to ?? now })),
    });
    logbook.record([book.recordOf(call)]);
  }

  function ofJourney(callRef: string): DeskCall[] {
    return book.live().filter((call) => call.callRef === callRef && call.kind !== 'test');
  }

  function heardRecording(callRef: string, state: 'on' | 'paused' | 'off'): void {
    for (const call of ofJourney(callRef)) {
      const shown = state === 'off' ? null : state;
      if (call.recording !== shown) book.update(call.id, { recording: shown });
      markGap(book.get(call.id), state === 'paused');
    }
  }

  return {
    async record(callId, on) {
      book.legFor(callId);
      const { callRef } = book.get(callId);
      if (!recording) throw new DeskError('connector-absent', 'the centre has no connector');
      unwrap(await recording.set(callRef, on));
      heardRecording(callRef, on ? 'on' : 'paused');
    },
    heardRecording,
    heardListener(callRef, listener) {
      for (const call of ofJourney(callRef)) book.update(call.id, { listener });
    },
  };
}
