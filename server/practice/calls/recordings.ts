import { join } from 'node:path';
import type { PracticeContext } from '../context.ts';
import { WaveFile } from '../media/waveFile.ts';
import type { Call } from './call.ts';

/** Which calls are recorded, and where their files lie; tells of every change. */
export class Recordings {
  #context: PracticeContext;

  constructor(context: PracticeContext) {
    this.#context = context;
  }

  /** A call is talked on: its recording begins where its queue is recorded. */
  start(call: Call): void {
    const { queues, recordingsDir } = this.#context.settings;
    const queue = queues.find((known) => known.id === call.queueId);
    if (!queue?.recorded || call.recording.state !== 'off') return;
    call.recording.start(
      recordingsDir ? new WaveFile(join(recordingsDir, `${call.ref}.wav`)) : null,
    );
    this.#tell(call);
  }

  /** Pauses or resumes the recording; false where nothing is recorded. */
  set(call: Call, state: 'on' | 'paused'): boolean {
    if (!call.recording.set(state)) return false;
    this.#tell(call);
    return true;
  }

  #tell(call: Call): void {
    const atMs = this.#context.clock.now();
    const { snapshot } = call.recording;
    this.#context.events.emit('recordingChanged', { callRef: call.ref, atMs, ...snapshot });
  }
}
