import type { ListenMode } from '#shared/domain/calls/listening.ts';
import type { Result } from '#shared/result.ts';
import type { ConnectorStatus } from '#shared/sync/messages.ts';

/** Whether the queues of the PBX offer calls to an extension. `paused`: in every queue it is a member of. */
export interface Member {
  extension: string;
  paused: boolean;
  /** The PBX's word, such as `lunch`; null while not paused or where it gives none. */
  reason: string | null;
  /** ms UTC. */
  at: number;
}

export type RecordingState = 'on' | 'paused' | 'off';

/** One agent's part of a caller's journey. */
export interface LiveCall {
  /** The same through queue, transfers and take-overs; unique together with `extension`. */
  callRef: string;
  extension: string;
  startedAt: number;
  answeredAt: number | null;
  recording: RecordingState;
}

export interface Listener {
  /** Names this listening from its beginning to its end, also after the connection was lost and found again. */
  id: string;
  supervisor: string;
  agent: string;
  callRef: string;
  mode: ListenMode;
  /** True where it was asked for through a connector, false where it was dialled at the PBX. */
  asked: boolean;
}

/**
 * What happens at the PBX. Every call, answer, end, listener is told once, also where the connection was lost
 * meanwhile: after it is back the present state is compared with what was told.
 */
export type PbxEvent =
  | { type: 'connection'; status: ConnectorStatus }
  | { type: 'member'; member: Member }
  | { type: 'call'; change: 'started' | 'answered' | 'ended'; call: LiveCall; at: number }
  | { type: 'recording'; call: LiveCall; at: number }
  | { type: 'listener'; change: 'joined' | 'changed' | 'left'; listener: Listener; at: number };

export interface ListenRequest {
  /** Extension whose desk is rung and let in. */
  supervisor: string;
  /** Extension whose call is listened to. */
  agent: string;
  agentName: string;
  mode: ListenMode;
}

/**
 * The server's line to a PBX. It connects by itself, comes back by itself, and never throws. Every action fails with
 * `connector-absent` while it is blind; the other codes stand with the action.
 */
export interface PbxConnector {
  start(): void;
  /** Resolves when nothing of it is left: no socket, no timer. */
  stop(): Promise<void>;
  status(): ConnectorStatus;
  members(): Member[];
  calls(): LiveCall[];
  listeners(): Listener[];
  heard(listener: (event: PbxEvent) => void): () => void;
  /** Pauses (`reason` a word) or unpauses (null) a member in all its queues. `not-found`: no such member. */
  pause(extension: string, reason: string | null): Promise<Result<null>>;
  /**
   * Rings the supervisor's desk and lets it into the agent's call; resolves once it is in. Codes: `not-in-call`,
   * `phone-not-registered` (the desk cannot be rung), `pbx-refused` (it was rung and not taken).
   */
  listen(request: ListenRequest): Promise<Result<Listener>>;
  /** `not-found`: no such listener. */
  changeMode(id: string, mode: ListenMode): Promise<Result<null>>;
  stopListening(id: string): Promise<Result<null>>;
  /**
   * Leads the caller from the agent's desk to the supervisor's; a listening of that supervisor ends. Codes as for
   * `listen`.
   */
  takeOver(request: Omit<ListenRequest, 'mode'>): Promise<Result<{ callRef: string }>>;
  /**
   * Pauses or resumes the recording of the extension's call. `not-in-call`: it has no call; `call-state`: nothing is
   * recorded.
   */
  record(extension: string, callRef: string, on: boolean): Promise<Result<RecordingState>>;
}

/** Where a connector writes. Fields hold neither secrets nor numbers of callers. */
export type PbxLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Record<string, string | number | boolean | null>,
) => void;

/** How connectors keep time; a test may bring its own. */
export interface PbxTimes {
  /** First wait before a new try, and the longest. */
  backoffMs: { first: number; most: number };
  /** Between two signs of life. */
  beatMs: number;
  /** How long an answer of the PBX may take. */
  answerMs: number;
  /** How long a supervisor's desk may ring. */
  ringMs: number;
}

export const usualPbxTimes: PbxTimes = {
  backoffMs: { first: 500, most: 15_000 },
  beatMs: 15_000,
  answerMs: 8_000,
  ringMs: 15_000,
};

export interface PbxSurroundings {
  now: () => number;
  log: PbxLog;
  times?: PbxTimes;
  /** 0 ≤ x < 1, for the spread of new tries. */
  random?: () => number;
}
