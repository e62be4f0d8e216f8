import { join } from 'node:path';
import { createBlobStore } from '#electron/attachments/blobStore.ts';
import type { Cache } from '#electron/cache/cache.ts';
import { createEventHub } from '#electron/core/events.ts';
import { createNotices } from '#electron/core/notices.ts';
import { beginShift, type Shift } from '#electron/desk/shift.ts';
import type { IntegrationsPort } from '#electron/sync/integrationsClient.ts';
import type { SupervisionPort } from '#electron/sync/supervisionClient.ts';
import type { Sync } from '#electron/sync/sync.ts';
import type { ErrorCode } from '#shared/contract/errors.ts';
import { usualDevices } from '#shared/contract/media.ts';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Notice } from '#shared/contract/models/desk.ts';
import type { Resting } from '#shared/domain/agents/agentState.ts';
import type { Configuration } from '#shared/domain/configuration.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { practiceUsers, userFieldsOf } from '#shared/sample/practiceUsers.ts';
import type { CentreMessage } from '#shared/sync/messages.ts';
import {
  changeOf,
  customerFields,
  newId,
  openedCache,
  phoneFields,
  temporaryFolder,
  testKey,
} from './cacheFixture.ts';
import { keptLog, signedInSnapshot } from './deskDouble.ts';
import { ManualClock } from './manualClock.ts';
import { ScriptedMedia } from './scriptedMedia.ts';
import { ScriptedPhone } from './scriptedPhone.ts';

/** The customer of the practice sample whose number the scripted phone offers. */
export const customerId = '019b76da-a800-7000-8000-0000000000aa';
const [me] = practiceUsers;
const settingId = newId();

export interface TestShift {
  shift: Shift;
  phone: ScriptedPhone;
  clock: ManualClock;
  cache: Cache;
  log: ReturnType<typeof keptLog>;
  centre: Pick<ReturnType<typeof centreDouble>, 'asked' | 'refusals' | 'tell'>;
  /** Supervisors who signed this user out, once the desk was left for it. */
  left: string[];
  notices(): Notice[];
  /** Asks the desk as a window does; throws what it refuses. */
  ask: Shift['handlers'];
  calls(): DeskCall[];
  /** The only call, or the one of this leg's number of order. */
  call(at?: number): DeskCall;
  state(): string;
  configure(change: Partial<Configuration>): Promise<void>;
  stop(): Promise<void>;
}

/** A centre that is there: it tells what a test says, and does what it is asked. */
function centreDouble() {
  const listeners = new Set<(message: CentreMessage) => void>();
  const asked: string[] = [];
  const refusals: ErrorCode[] = [];
  const answer = async (what: string): Promise<Result<null>> => {
    asked.push(what);
    const code = refusals.shift();
    return code ? fail(code, 'scripted') : ok(null);
  };
  /** Takes what this desk says to a supervisor's wish; there is nothing else behind it. */
  const integrations: IntegrationsPort = {
    async ask({ path, body }, schema) {
      if (!path.endsWith('/taken')) return fail('server-unreachable', 'there is no centre');
      const done = await answer(`taken ${JSON.stringify(body)}`);
      return done.ok ? ok(schema.parse({}) as never) : done;
    },
  };
  const sync: Sync = {
    start() {},
    stop: async () => {},
    status: () => signedInSnapshot().sync,
    retry() {},
    compare() {},
    watchBoard() {},
    listen: () => () => {},
    heard(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const supervision: SupervisionPort = {
    listen: (_, userId, mode) => answer(`listen ${userId} ${mode}`),
    stopListening: () => answer('stopListening'),
    takeOver: (_, userId) => answer(`takeOver ${userId}`),
    record: (_, callRef, on) => answer(`record ${callRef} ${on}`),
    audit: async () => ok([]),
  };
  const tell = (message: CentreMessage) => {
    for (const listener of [...listeners]) listener(message);
  };
  return { asked, refusals, tell, sync, supervision, integrations };
}

/** Xu Jing's shift on a scripted phone, with real services, a real cache and a clock that goes when told. */
export async function startShift(
  startAs: Resting = { state: 'ready' },
  before: (cache: Cache) => void = () => {},
  extension = me?.extension ?? null,
): Promise<TestShift> {
  if (!me) throw new Error('no practice user');
  const folder = temporaryFolder();
  const clock = new ManualClock();
  const log = keptLog();
  const cache = await openedCache(folder.path, { userId: me.id, clock });
  const setting = (value: Configuration, version: number) =>
    changeOf('setting', settingId, { key: 'configuration', value }, { version });
  await cache.apply(
    [
      setting(defaultConfiguration, 1),
      ...practiceUsers.map((user) => changeOf('user', user.id, userFieldsOf(user))),
      changeOf('customer', customerId, customerFields({ name: '张伟' })),
      changeOf('contactPoint', newId(), phoneFields(customerId, '+8613800138000')),
    ],
    null,
    0,
  );
  before(cache);
  const events = createEventHub(log);
  const notices = createNotices(events);
  const phone = new ScriptedPhone();
  const centre = centreDouble();
  const left: string[] = [];
  const shift = beginShift({
    signedIn: {
      token: 'token',
      user: { ...me, extension, queueIds: [...me.queueIds] },
      phone: { uri: 'sip:2041@pbx.test', server: 'ws://pbx.test', user: '2041', password: '' },
      offline: false,
    },
    startAs,
    cache,
    blobs: createBlobStore(join(folder.path, 'files'), testKey),
    sync: centre.sync,
    supervision: centre.supervision,
    integrations: centre.integrations,
    leave: (byName) => left.push(byName),
    dataFiles: {
      ask: async () => fail('server-unreachable', 'there is no centre'),
      send: async () => fail('server-unreachable', 'there is no centre'),
      open: async () => fail('server-unreachable', 'there is no centre'),
    },
    phone,
    events,
    notices,
    devices: {
      list: () => {
        const { microphone, speaker, ringer } = usualDevices;
        const inUse = { microphone, speaker, ringer };
        return { microphones: [], speakers: [], inUse, headset: null };
      },
      choose: async () => {},
      meter: async () => {},
      testSound: async () => {},
      stop() {},
    },
    language: () => 'zh-CN',
    providers: { clock, log, media: new ScriptedMedia() },
  });
  let version = 1;
  const calls = () => shift.calls.list();
  return {
    shift,
    phone,
    clock,
    cache,
    log,
    centre,
    left,
    notices: notices.list,
    ask: shift.handlers,
    calls,
    call(at = 0) {
      const call = calls().at(at);
      if (!call) throw new Error(`no call ${at}`);
      return call;
    },
    state() {
      const { state, reason } = shift.agent.view();
      return reason === null ? state : `${state} ${reason}`;
    },
    async configure(change) {
      version += 1;
      await cache.apply([setting({ ...defaultConfiguration, ...change }, version)], null, 0);
    },
    async stop() {
      await shift.end();
      folder.remove();
    },
  };
}
