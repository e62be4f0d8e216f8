import type {
  MediaCommandName,
  MediaEvent,
  MediaInput,
  MediaOutput,
} from '#shared/contract/media.ts';
import type { Result } from '#shared/result.ts';

/** What the services take from the shell they run in. Each shell composes its own set in one place. */

export interface Log {
  info(message: string, details?: Record<string, unknown>): void;
  warn(message: string, details?: Record<string, unknown>): void;
  error(message: string, details?: Record<string, unknown>): void;
}

export interface Clock {
  /** ms UTC of this machine. */
  now(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}

/** Small secrets of this desk: the cache's key, the sign-in verifier. Never readable from a window. */
export interface Secrets {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The page that holds microphone and peer connections, wherever it lives. */
export interface MediaPort {
  /** Fails with `media-page-absent` while no page is there. */
  run<C extends MediaCommandName>(
    command: C,
    input: MediaInput<C>,
  ): Promise<Result<MediaOutput<C>>>;
  listen(listener: (event: MediaEvent) => void): () => void;
  present(): boolean;
}

export interface Providers {
  log: Log;
  clock: Clock;
  secrets: Secrets;
  media: MediaPort;
  /** Folder of this desk's data, absolute, already made and writable. */
  dataDir: string;
  version: string;
  /** Base address of the central server, such as `http://127.0.0.1:7080`. */
  serverUrl: string;
}
