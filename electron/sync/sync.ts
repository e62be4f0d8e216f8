import type { SyncStatus } from '#shared/contract/models/desk.ts';
import type { CentreMessage } from '#shared/sync/messages.ts';
import type { BoardListener } from './boardWatch.ts';

/** Keeps one user's cache and the central server equal: push, pull and live news. */
export interface Sync {
  start(token: string): void;
  stop(): Promise<void>;
  status(): SyncStatus;
  /** Try now instead of at the next planned time. */
  retry(): void;
  /** Compare this desk's records with the server's from now on, in the background. */
  compare(): void;
  listen(listener: (status: SyncStatus) => void): () => void;
  /** What the centre tells live of the PBX and of supervisors, from `start` on. */
  heard(listener: (message: CentreMessage) => void): () => void;
  /** Whoever hears the live board while there is a connection; null: nobody, and the server does not tell it. */
  watchBoard(listener: BoardListener | null): void;
}
