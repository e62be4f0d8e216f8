import type { EventName, EventOf } from '#shared/contract/contract.ts';
import { type DeviceList, usualDevices } from '#shared/contract/media.ts';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type {
  AgentView,
  Notice,
  PhoneStatus,
  SessionView,
  Settings,
  Snapshot,
  SupervisionView,
  SyncStatus,
} from '#shared/contract/models/desk.ts';
import type { Configuration } from '#shared/domain/configuration.ts';
import type { Parts } from '#shared/domain/settings/parts.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import { callInBar } from './liveCalls.ts';

/** What the desk told the window, one slice a thing. Only snapshots and events write here. */
export interface DeskState {
  /** False until the first snapshot. */
  loaded: boolean;
  /** Whether the desk behind the window answers (browser shell). */
  connected: boolean;
  /** Another window took over. */
  moved: boolean;
  session: SessionView;
  settings: Settings;
  agent: AgentView;
  calls: readonly DeskCall[];
  /** The call in the call bar; kept over changes that leave it alive. */
  activeCallId: string | null;
  phone: PhoneStatus;
  sync: SyncStatus;
  configuration: Configuration | null;
  parts: Parts | null;
  notices: readonly Notice[];
  /** Null until the media page has told. */
  devices: DeviceList | null;
  /** What this desk does as a listener; only told where the user may listen in. */
  supervision: SupervisionView;
  /** A number that the system or another program asks to dial. */
  dialAsked: string | null;
  /** Grows whenever records of the entity change: lists that show them read again. */
  versions: Readonly<Partial<Record<EntityName, number>>>;
}

export const emptyDesk: DeskState = {
  loaded: false,
  connected: true,
  moved: false,
  session: {
    state: 'signedOut',
    user: null,
    offline: false,
    server: { url: '', reachable: null },
    practice: null,
    version: '',
  },
  settings: { language: 'en', theme: 'system', rememberedLogin: null, devices: usualDevices },
  agent: {
    state: 'signedOut',
    reason: null,
    since: 0,
    next: null,
    breakEndsAt: null,
    pbx: null,
  },
  calls: [],
  activeCallId: null,
  phone: {
    state: 'off',
    failure: null,
    nextTryAt: null,
    microphone: 'unknown',
    microphoneLabel: null,
  },
  sync: {
    state: 'off',
    offlineSince: null,
    nextTryAt: null,
    waiting: 0,
    waitingSince: null,
    refused: [],
    received: 0,
    total: null,
    comparing: null,
    lastSyncAt: null,
  },
  configuration: null,
  parts: null,
  notices: [],
  devices: null,
  supervision: { connector: { state: 'unknown', since: null }, listening: null },
  dialAsked: null,
  versions: {},
};

/** The whole state after a snapshot; every list reads again, for records may have changed unseen. */
export function applySnapshot(state: DeskState, snapshot: Snapshot): DeskState {
  const versions: Partial<Record<EntityName, number>> = {};
  for (const name of Object.keys(state.versions) as EntityName[]) {
    versions[name] = (state.versions[name] ?? 0) + 1;
  }
  return {
    ...state,
    loaded: true,
    moved: false,
    session: snapshot.session,
    settings: snapshot.settings,
    agent: snapshot.agent,
    ...withCalls(state, snapshot.calls),
    phone: snapshot.phone,
    sync: snapshot.sync,
    configuration: snapshot.configuration,
    parts: snapshot.parts,
    notices: snapshot.notices,
    supervision: snapshot.supervision ?? emptyDesk.supervision,
    versions: { ...versions, ...grown(versions, ['call', 'task', 'ticket']) },
  };
}

function grown(
  versions: DeskState['versions'],
  entities: readonly EntityName[],
): Partial<Record<EntityName, number>> {
  return Object.fromEntries(entities.map((name) => [name, (versions[name] ?? 0) + 1]));
}

/** The calls, and which of them has the bar now. */
function withCalls(
  state: DeskState,
  calls: readonly DeskCall[],
): Pick<DeskState, 'calls' | 'activeCallId'> {
  return { calls, activeCallId: callInBar(calls, state.activeCallId)?.id ?? null };
}

function put<T extends { id: string }>(list: readonly T[], item: T): readonly T[] {
  const at = list.findIndex((one) => one.id === item.id);
  if (at < 0) return [...list, item];
  return list.with(at, item);
}

type Reducers = { [E in EventName]: (state: DeskState, payload: EventOf<E>) => DeskState };

const reducers: Reducers = {
  'session.changed': (state, session) => ({ ...state, session }),
  'settings.changed': (state, settings) => ({ ...state, settings }),
  'agent.changed': (state, agent) => ({ ...state, agent }),
  'call.changed': (state, call) => ({ ...state, ...withCalls(state, put(state.calls, call)) }),
  'call.removed': (state, { callId }) => ({
    ...state,
    ...withCalls(
      state,
      state.calls.filter((call) => call.id !== callId),
    ),
  }),
  'phone.changed': (state, phone) => ({ ...state, phone }),
  'devices.changed': (state, devices) => ({ ...state, devices }),
  // Twenty a second: the page that shows the meter listens itself.
  'devices.level': (state) => state,
  // The file on the screen listens itself.
  'attachment.progress': (state) => state,
  'sync.changed': (state, sync) => ({ ...state, sync }),
  'configuration.changed': (state, configuration) => ({ ...state, configuration }),
  'parts.changed': (state, parts) => ({ ...state, parts }),
  // The system tells it where the window is not in front; the list shows it in any case.
  'notification.urgent': (state) => state,
  'notice.added': (state, notice) => ({ ...state, notices: put(state.notices, notice) }),
  'notice.removed': (state, { id }) => ({
    ...state,
    notices: state.notices.filter((notice) => notice.id !== id),
  }),
  'supervision.changed': (state, supervision) => ({ ...state, supervision }),
  // The board has a store of its own (board.ts), for it changes several times a second.
  'board.link': (state) => state,
  'board.snapshot': (state) => state,
  'board.changed': (state) => state,
  // The system tells it where the window is not in front.
  'board.alerted': (state) => state,
  'data.changed': (state, { entities }) => ({
    ...state,
    versions: { ...state.versions, ...grown(state.versions, entities) },
  }),
  'dial.asked': (state, { number }) => ({ ...state, dialAsked: number }),
  'window.moved': (state) => ({ ...state, moved: true }),
};

/** Event → store: every event tells the whole new state of its thing. */
export function applyEvent<E extends EventName>(
  state: DeskState,
  name: E,
  payload: EventOf<E>,
): DeskState {
  const reduce: ((state: DeskState, payload: EventOf<E>) => DeskState) | undefined = reducers[name];
  return reduce ? reduce(state, payload) : state;
}
