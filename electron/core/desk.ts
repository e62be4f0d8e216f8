import { methods } from '#shared/contract/contract.ts';
import type { Notice, Snapshot, SyncStatus } from '#shared/contract/models/desk.ts';
import type { Resting } from '#shared/domain/agents/agentState.ts';
import { signedOutState } from '#shared/domain/agents/agentState.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { DeskError } from '#shared/result.ts';
import { viewOfAgent } from '../desk/agent.ts';
import { createDevices } from '../desk/devices.ts';
import { beginShift, type Shift, type ShiftHandlers } from '../desk/shift.ts';
import { createHandler, type Handle, type Handlers } from '../handler/handler.ts';
import { createSipPhone } from '../phone/sip/sipPhone.ts';
import { followUser } from '../session/followUser.ts';
import { createSession, type SignedIn } from '../session/session.ts';
import { createDataFilesPort } from '../sync/dataFilesClient.ts';
import { createIntegrationsPort } from '../sync/integrationsClient.ts';
import { createServerClient } from '../sync/serverClient.ts';
import { serversOf } from '../sync/servers.ts';
import { createSupervisionClient } from '../sync/supervisionClient.ts';
import type { Sync } from '../sync/sync.ts';
import { createSync } from '../sync/syncClient.ts';
import { createEventHub, type DeskListener } from './events.ts';
import { guardedClock } from './guardedClock.ts';
import { createNotices } from './notices.ts';
import { openUserCache, type UserCache } from './openUserCache.ts';
import type { Providers } from './providers.ts';
import { createSettings } from './settings.ts';

/** The desk without its window: the same in every shell. */
export interface Desk {
  handle: Handle;
  listen(listener: DeskListener): () => void;
  snapshot(): Snapshot;
  /** The system goes to sleep: nothing is tried until `wake`. */
  sleep(): void;
  /** The system woke up or the network changed: try phone and server now. */
  wake(): void;
  /** A number from outside (tel:, sip:, callto:); the window asks before it is dialled. */
  askToDial(number: string): void;
  /** A thing the shell has to tell, shown like every other notice. */
  notify(notice: Notice): void;
  stop(): Promise<void>;
}

export interface DeskOptions extends Providers {
  /** Language of the first start, before anybody chose one. */
  language: Language;
  /** Where the cache's worker stands, for bundles. */
  cacheWorkerUrl?: URL;
}

const syncOff: SyncStatus = {
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
};

export function createDesk(options: DeskOptions): Desk {
  const { log, secrets, media, dataDir, version, serverUrl } = options;
  const clock = guardedClock(options.clock, log);
  const events = createEventHub(log);
  const notices = createNotices(events);
  const settings = createSettings(dataDir, options.language, events, log);
  // All that this desk asks goes to the same of several servers.
  const servers = serversOf(serverUrl);
  const server = createServerClient({ serverUrl: servers });
  const supervision = createSupervisionClient({ serverUrl: servers });
  const session = createSession({ server, serverUrl, secrets, clock, log, events, version });
  const devices = createDevices({ media, settings, events });
  const phone = createSipPhone({ media, clock, log });
  let shift: Shift | null = null;
  let busy: Promise<unknown> = Promise.resolve();

  const stopPhone = phone.listen((event) => {
    if (!shift && event.type === 'status') events.emit('phone.changed', event.status);
  });

  async function begin(signedIn: SignedIn, startAs: Resting): Promise<void> {
    const { user } = signedIn;
    const opened = await openUserCache({
      secrets,
      clock,
      log,
      dataDir,
      userId: user.id,
      workerUrl: options.cacheWorkerUrl,
    });
    const { cache, notice } = opened;
    if (notice) notices.add(notice);
    const sync = createSync({ cache, serverUrl: servers, clock, log });
    try {
      shift = shiftWith(opened, sync, signedIn, startAs);
    } catch (error) {
      // The next try shall find the phone free and the cache unlocked.
      await Promise.all([phone.stop(), sync.stop()]);
      await cache.close();
      throw error;
    }
    session.begin(signedIn);
    const { offline } = signedIn;
    followUser(user, cache, { offline, changed: tellUser, extensionMoved: tellOfExtension });
    tellWindow(shift);
  }

  function shiftWith(
    { cache, blobs }: UserCache,
    sync: Sync,
    signedIn: SignedIn,
    startAs: Resting,
  ): Shift {
    sync.listen((status) => {
      if (status.state === 'online') session.reachable(true);
      if (status.state === 'offline') session.reachable(false);
    });
    return beginShift({
      signedIn,
      startAs,
      cache,
      blobs,
      sync,
      phone,
      events,
      notices,
      devices,
      supervision,
      integrations: createIntegrationsPort(servers, signedIn.token),
      dataFiles: createDataFilesPort(servers, signedIn.token),
      leave: leaveShift,
      language: () => settings.get().language,
      providers: { clock, log, media },
    });
  }

  function tellUser(): void {
    events.emit('session.changed', session.view());
    const view = supervisionOf(shift);
    if (view) events.emit('supervision.changed', view);
  }

  function tellOfExtension(moved: boolean): void {
    const failure = { code: 'extension-changed' as const, message: 'from the next sign-in on' };
    if (moved) notices.add({ id: extensionNotice, level: 'warning', failure });
    else notices.remove(extensionNotice);
  }

  /** What the window knew before sign-in is out of date at once. */
  function tellWindow(current: Shift): void {
    const configuration = current.configuration();
    if (configuration) events.emit('configuration.changed', configuration);
    events.emit('parts.changed', current.parts());
    events.emit('agent.changed', current.agent.view());
    events.emit('phone.changed', phone.status());
    events.emit('sync.changed', current.syncStatus());
    const view = supervisionOf(current);
    if (view) events.emit('supervision.changed', view);
  }

  async function endShift(): Promise<void> {
    const leaving = shift;
    shift = null;
    if (!leaving) return;
    for (const call of leaving.calls.list()) events.emit('call.removed', { callId: call.id });
    await leaving.end();
    notices.remove(extensionNotice);
    // Whoever measured is gone.
    void devices.meter(false).catch(() => undefined);
    events.emit('sync.changed', syncOff);
  }

  /** The session has been ended by a supervisor: said where the next one signs in, until it was seen. */
  function leaveShift(byName: string): void {
    const details = { name: byName };
    const failure = { code: 'signed-out-by' as const, message: 'by a supervisor', details };
    notices.add({ id: signedOutNotice, level: 'warning', failure });
    inTurn(signOut).catch((error: unknown) => {
      log.error('the desk could not be left', { error: String(error) });
    });
  }

  async function signOut(): Promise<Record<string, never>> {
    try {
      await endShift();
    } finally {
      await session.end();
    }
    return {};
  }

  /** Sign-in and sign-out never overlap, whatever keys are pressed. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = busy.then(work, work);
    busy = next.catch(() => {});
    return next;
  }

  function snapshot(): Snapshot {
    return {
      session: session.view(),
      settings: settings.get(),
      agent: shift?.agent.view() ?? viewOfAgent(signedOutState),
      calls: shift?.calls.list() ?? [],
      phone: phone.status(),
      sync: shift?.syncStatus() ?? syncOff,
      configuration: shift?.configuration() ?? null,
      parts: shift?.parts() ?? null,
      notices: notices.list(),
      supervision: supervisionOf(shift),
      now: clock.now(),
    };
  }

  function supervisionOf(current: Shift | null) {
    const may = current && mayDo(current.signedIn.user.role, 'calls.listen');
    return may ? current.supervision.view() : undefined;
  }

  const always = {
    'desk.snapshot': snapshot,
    'session.signIn': (input) =>
      inTurn(async () => {
        if (shift) throw new DeskError('state-not-allowed', 'somebody is signed in already');
        const signedIn = await session.verify(input);
        await begin(signedIn, input.startAs);
        settings.change({ rememberedLogin: input.remember ? input.login : null });
        return session.view();
      }),
    'session.signOut': () => inTurn(signOut),
    'session.changePassword': (passwords) =>
      inTurn(async () => {
        await session.changePassword(passwords);
        return {};
      }),
    'settings.change': (change) => settings.change(change),
    'notices.dismiss': ({ id }) => {
      notices.remove(id);
      return {};
    },
  } satisfies Omit<Handlers, keyof ShiftHandlers>;

  return {
    handle: createHandler({
      handlers: { ...always, ...duringShift(always, () => shift?.handlers) },
      user: session.user,
      log,
    }),
    listen: events.listen,
    snapshot,
    sleep() {
      phone.suspend();
    },
    wake() {
      phone.resume();
      shift?.sync.retry();
    },
    notify: notices.add,
    askToDial: (number) => events.emit('dial.asked', { number: number.slice(0, 100) }),
    async stop() {
      session.stop();
      await inTurn(endShift);
      stopPhone();
      devices.stop();
    },
  };
}

const signedOutNotice = 'signed-out-by';
const extensionNotice = 'extension-changed';

/** Methods of a shift, looked up when they are called. */
function duringShift(always: object, current: () => ShiftHandlers | undefined): ShiftHandlers {
  const entries = Object.keys(methods)
    .filter((name) => !Object.hasOwn(always, name))
    .map((name) => {
      const call = (input: never) => {
        const handlers = current();
        if (!handlers) throw new DeskError('signed-out', 'nobody is signed in');
        return handlers[name as keyof ShiftHandlers](input);
      };
      return [name, call];
    });
  return Object.fromEntries(entries) as ShiftHandlers;
}
