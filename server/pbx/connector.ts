import type { ListenMode } from '#shared/domain/calls/listening.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
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

/** A queue of the PBX that offers calls to an extension; members of a lower penalty are asked first. */
export interface Membership {
  queueId: string;
  /** 0 or more. */
  penalty: number;
}

/** What happens to calls at desks. Dialled calls end with `agent.left` whether they were answered or not. */
type DeskEventName =
  | 'agent.offered'
  | 'agent.notAnswered'
  | 'agent.dialled'
  | 'agent.answered'
  | 'agent.held'
  | 'agent.resumed'
  | 'agent.transferred'
  | 'agent.left';

type AtDesk<E> = E extends { agentId: string }
  ? Omit<E, 'source' | 'agentId'> & { extension: string }
  : never;

/**
 * What happened to a call, as shared/domain/metrics/callEvents.ts has it, with the desk's extension in place of the
 * agent. The id follows from what happened: the same told again, also by another node's connector or after a restart,
 * has the same. What happened while the line was down comes at the time when the line was lost: a wait or a
 * conversation that ended meanwhile is booked up to where it was seen.
 */
export type Happening =
  | Omit<Extract<CallEvent, { name: 'queue.entered' }>, 'source'>
  | Omit<Extract<CallEvent, { name: 'queue.left' }>, 'source'>
  | AtDesk<Extract<CallEvent, { name: DeskEventName }>>;

/**
 * What happens at the PBX. Every call, answer, end, listener is told once, also where the connection was lost
 * meanwhile: after it is back the present state is compared with what was told.
 */
export type PbxEvent =
  | { type: 'connection'; status: ConnectorStatus }
  | { type: 'member'; member: Member }
  | { type: 'call'; change: 'started' | 'answered' | 'ended'; call: LiveCall; at: number }
  | { type: 'recording'; call: LiveCall; at: number }
  | { type: 'listener'; change: 'joined' | 'changed' | 'left'; listener: Listener; at: number }
  | { type: 'happened'; event: Happening }
  /** A desk knows the call that it dialled by another reference: its SIP Call-ID. Told after `agent.dialled`. */
  | { type: 'alias'; extension: string; callRef: string; deskRef: string }
  /**
   * Told before every `connected`: all callers that wait and all parts of desks there are now; whatever else was told,
   * by whatever run of the server, is over. `lostAt`: since when nothing was seen; null where this run saw nothing yet.
   */
  | {
      type: 'present';
      waiting: { callRef: string; queueId: string }[];
      parts: { callRef: string; extension: string }[];
      lostAt: number | null;
      at: number;
    }
  /** All queues that an extension is a member of now. */
  | { type: 'memberships'; extension: string; memberships: Membership[]; at: number };

export interface ListenRequest {
  /** Extension whose desk is rung and let in. */
  supervisor: string;
  /** Extension whose call is listened to. */
  agent: string;
  agentName: string;
  mode: ListenMode;
}

/** Who is offered calls of which queue. */
export interface QueueActions {
  /** Queues by extension; extensions that are a member of none are absent. */
  memberships(): ReadonlyMap<string, Membership[]>;
  /**
   * Makes an extension a member of a queue until the PBX starts anew, paused as it is in its other queues (where it
   * has none, paused); one that is a member already gets the penalty. `not-found`: no such queue.
   */
  join(extension: string, membership: Membership & { name: string }): Promise<Result<null>>;
  /** `not-found`: no such queue, or no member of it. */
  leave(extension: string, queueId: string): Promise<Result<null>>;
  /** `not-found`: as for `leave`. */
  setPenalty(extension: string, membership: Membership): Promise<Result<null>>;
  /**
   * Ends all parts that this extension has of calls, ringing ones too, as a sign-out by force needs after `pause`.
   * Also where there are none.
   */
  hangUp(extension: string): Promise<Result<null>>;
}

/**
 * The server's line to a PBX. It connects by itself, comes back by itself, and never throws. Every action fails with
 * `connector-absent` while it is blind; the other codes stand with the action.
 */
export interface PbxConnector extends QueueActions {
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
