import type { Result } from '../result.ts';
import type { EventName, EventOf, InputOf, MethodName, OutputOf } from './contract.ts';
import type { MediaCommandName, MediaEvent, MediaInput, MediaOutput } from './media.ts';

/** What both shells give the window: the preload in Electron, a WebSocket client in the browser. */
export interface Bridge {
  shell: 'electron' | 'browser';
  invoke<M extends MethodName>(name: M, input: InputOf<M>): Promise<Result<OutputOf<M>>>;
  /** One listener for all events; returns the way to stop listening. */
  listen(listener: <E extends EventName>(name: E, payload: EventOf<E>) => void): () => void;
  /** Tells when the desk behind the window goes away or comes back (browser shell). */
  onConnection(listener: (connected: boolean) => void): () => void;
}

/** What a media page gives: one handler for commands; and its way to report. */
export interface MediaLink {
  handle(
    handler: <C extends MediaCommandName>(
      command: C,
      input: MediaInput<C>,
    ) => Promise<Result<MediaOutput<C>>>,
  ): void;
  report(event: MediaEvent): void;
}
