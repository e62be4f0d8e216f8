import type { SyncStatus } from '#shared/contract/models/desk.ts';
import type { Resting } from '#shared/domain/agents/agentState.ts';
import { type Configuration, usualPhone } from '#shared/domain/configuration.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { type Parts, partsFrom } from '#shared/domain/settings/parts.ts';
import type { Language } from '#shared/domain/text/text.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import type { BlobStore } from '../attachments/blobStore.ts';
import { createUploads } from '../attachments/uploads.ts';
import type { Cache } from '../cache/cache.ts';
import type { EventHub } from '../core/events.ts';
import type { Notices } from '../core/notices.ts';
import type { Providers } from '../core/providers.ts';
import type { Handlers } from '../handler/handler.ts';
import type { Phone } from '../phone/phone.ts';
import type { SignedIn } from '../session/session.ts';
import type { DataFilesPort } from '../sync/dataFilesClient.ts';
import type { IntegrationsPort } from '../sync/integrationsClient.ts';
import type { SupervisionPort } from '../sync/supervisionClient.ts';
import type { Sync } from '../sync/sync.ts';
import { type AgentService, createAgent } from './agent.ts';
import { createBoard } from './board.ts';
import { callHandlers, deviceHandlers } from './callHandlers.ts';
import { createCallBook } from './calls/callBook.ts';
import { isOfCall } from './calls/callNotices.ts';
import { createRecognize } from './calls/recognize.ts';
import { type CallService, createCalls } from './calls.ts';
import { createChangeNews } from './changeNews.ts';
import { configurationHandlers } from './configuration.ts';
import { customerHandlers } from './customers/customers.ts';
import type { DeviceService } from './devices.ts';
import { createDownloads } from './downloads.ts';
import { beginFollowUp } from './followUp/followUp.ts';
import { followHeadset } from './headset.ts';
import { importingHandlers } from './importing.ts';
import { integrationHandlers } from './integrations.ts';
import { beginIntervention } from './intervention/intervention.ts';
import { journalHandlers } from './journal/journal.ts';
import { knowledgeHandlers } from './knowledge/knowledgeHandlers.ts';
import { createLogbook } from './logbook.ts';
import { closeLostCalls } from './lostCalls.ts';
import { qualityHandlers } from './quality/qualityHandlers.ts';
import { recordHandlers } from './recordHandlers.ts';
import { createRecords } from './records.ts';
import { reportHandlers } from './reports.ts';
import { segmentHandlers } from './segments.ts';
import { createRecordingPort, createSupervision, type SupervisionService } from './supervision.ts';
import { ticketListHandlers } from './ticketList/ticketListHandlers.ts';
import { followUrgent } from './ticketList/urgent.ts';
import { ticketHandlers } from './tickets/ticketHandlers.ts';
import { userHandlers } from './users.ts';
import { createWrapUps, type WrapUpService } from './wrapUps.ts';

/** Methods that only make sense while somebody is signed in. */
export type ShiftHandlers = Omit<
  Handlers,
  | 'desk.snapshot'
  | 'session.signIn'
  | 'session.signOut'
  | 'session.changePassword'
  | 'settings.change'
  | 'notices.dismiss'
>;

export interface Shift {
  signedIn: SignedIn;
  agent: AgentService;
  calls: CallService;
  wrapUps: WrapUpService;
  supervision: SupervisionService;
  phone: Phone;
  cache: Cache;
  sync: Sync;
  handlers: ShiftHandlers;
  configuration(): Configuration | null;
  parts(): Parts;
  syncStatus(): SyncStatus;
  end(): Promise<void>;
}

export interface ShiftOptions {
  signedIn: SignedIn;
  startAs: Resting;
  cache: Cache;
  blobs: BlobStore;
  sync: Sync;
  phone: Phone;
  events: EventHub;
  notices: Notices;
  devices: DeviceService;
  supervision: SupervisionPort;
  integrations: IntegrationsPort;
  dataFiles: DataFilesPort;
  /** A supervisor has signed this user out. */
  leave(byName: string): void;
  /** Language of the window now. */
  language(): Language;
  providers: Pick<Providers, 'clock' | 'log' | 'media'>;
}

/** Entities that a card shows: when one changes, the cards of current calls are painted anew. */
const onCards = new Set<EntityName>([
  'customer',
  'contactPoint',
  'contact',
  'ticket',
  'task',
  'order',
]);

/** Entities that say whose a number is, and how numbers are read here. */
const namingCallers = new Set<EntityName>(['customer', 'contactPoint', 'customerMerge', 'setting']);

/** One user's time at this desk: everything between sign-in and sign-out. */
export function beginShift(options: ShiftOptions): Shift {
  const { signedIn, startAs, cache, sync, phone, events, notices, devices, language, providers } =
    options;
  const { clock, log, media } = providers;
  const { user } = signedIn;
  let configuration = cache.configuration();

  const home = (): HomeCountry => homeOf(configuration);
  const rules = () => configuration?.phone ?? usualPhone;
  const setParts = () => partsFrom(cache.part);
  const logbook = createLogbook({ user, cache, clock, notices, log });
  const parts = {
    user,
    cache,
    logbook,
    phone,
    clock,
    notices,
    log,
    home,
    configuration: () => configuration,
  };
  // What reads and may fail comes before anything hears of the phone.
  for (const notice of closeLostCalls(parts, home(), clock.now())) notices.add(notice);
  const stopUrgent = followUrgent({ cache, clock, events });
  const followUp = beginFollowUp({ ...parts, events });
  const agent = createAgent({ ...parts, events, rules });
  const book = createCallBook(events, clock, user.id);
  const wrapUps = createWrapUps({ ...parts, book, agent, language });
  const pbx = signedIn.phone?.uri.split('@')[1] ?? 'none';
  const recognize = createRecognize({ cache, clock, log, home, pbx, agentId: user.id });
  const recording = createRecordingPort(options.supervision, signedIn.token);
  const calls = createCalls({ ...parts, events, agent, wrapUps, book, recognize, recording });
  const supervision = createSupervision({
    ...parts,
    signedIn,
    sync,
    server: options.supervision,
    agent,
    calls,
    events,
  });
  const board = createBoard({ cache, sync, server: options.integrations, events, clock, home });
  const records = createRecords({ user, cache, clock });

  function followRules(): void {
    const { digits, waitingCalls } = rules();
    phone.follow({ digits, waitingCalls });
    agent.refresh();
  }

  const changes = createChangeNews(clock, (entities) => events.emit('data.changed', { entities }));
  const stopCache = cache.listen((entities) => {
    if (entities.includes('setting')) {
      configuration = cache.configuration();
      if (configuration) events.emit('configuration.changed', configuration);
      events.emit('parts.changed', setParts());
      followRules();
    }
    if (entities.some((entity) => onCards.has(entity))) calls.refresh();
    if (entities.some((entity) => namingCallers.has(entity))) board.refresh();
    changes.add(entities);
  });
  const stopSync = sync.listen((status) => events.emit('sync.changed', status));
  sync.start(signedIn.token);
  followRules();
  if (signedIn.phone && mayDo(user.role, 'calls.take')) phone.start(signedIn.phone);
  agent.apply({ type: 'signedIn', as: startAs });

  const intervention = beginIntervention({
    ...parts,
    ...{ sync, agent, calls, events },
    server: options.integrations,
    leave: options.leave,
  });
  const uploads = createUploads({
    store: options.blobs,
    cache,
    port: options.dataFiles,
    sync,
    clock,
    log,
    changed: () => changes.add(['attachment']),
  });

  const downloads = createDownloads(options.dataFiles);

  const handlers: ShiftHandlers = {
    ...followUp.handlers,
    ...callHandlers({ ...parts, agent, calls, wrapUps, language }),
    ...deviceHandlers(devices, calls, rules),
    ...supervision.handlers,
    ...intervention.handlers,
    ...board.handlers,
    ...integrationHandlers(options.integrations),
    ...configurationHandlers(options.integrations),
    ...userHandlers(options.integrations),
    ...segmentHandlers({ user, cache, clock, server: options.integrations }),
    ...importingHandlers(options.dataFiles, downloads),
    ...reportHandlers(options.dataFiles, downloads, { cache, home }),
    ...journalHandlers({
      ...{ user, cache, port: options.dataFiles, downloads, home },
      isOffline: () => sync.status().state === 'offline',
    }),
    ...knowledgeHandlers({ user, cache, clock }),
    ...customerHandlers({ ...parts, calls }),
    ...ticketListHandlers({ ...parts, language }),
    ...qualityHandlers({ user, cache, clock, home }),
    ...ticketHandlers({
      ...{ user, cache, clock, calls, uploads, home },
      store: options.blobs,
      port: options.dataFiles,
      progress: (attachmentId, received, bytes) =>
        events.emit('attachment.progress', { attachmentId, received, bytes }),
    }),
    ...recordHandlers({ user, cache, clock, home, sync, records, calls }),
  };

  const stopHeadset = followHeadset({
    media,
    events,
    calls,
    log,
    async redial() {
      const recents = await handlers['calls.recents']({ limit: 100 });
      const last = recents.find(({ direction }) => direction === 'out');
      if (!last) return;
      const { number, customerId } = last;
      await handlers['calls.dial']({
        number: number.raw,
        customerId,
        callerId: null,
        consent: false,
      });
    },
  });

  return {
    signedIn,
    agent,
    calls,
    wrapUps,
    supervision,
    phone,
    cache,
    sync,
    handlers,
    configuration: () => configuration,
    parts: setParts,
    syncStatus: () => sync.status(),
    async end() {
      try {
        stopHeadset();
        stopUrgent();
        followUp.stop();
        intervention.stop();
        supervision.stop();
        board.stop();
        wrapUps.stop();
        agent.apply({ type: 'signedOut' });
        await phone.stop();
        calls.stop();
        agent.stop();
        for (const { id } of notices.list()) if (isOfCall(id)) notices.remove(id);
        stopCache();
        changes.stop();
        stopSync();
        await uploads.stop();
      } finally {
        // Whatever failed, whoever signs in next finds the line and the cache free.
        await sync.stop();
        logbook.stop();
        await cache.close();
      }
    },
  };
}

function homeOf(configuration: Configuration | null): HomeCountry {
  const home = configuration?.home ?? { country: 'CN', areaCode: null };
  const country = home.country as HomeCountry['country'];
  return home.areaCode === null ? { country } : { country, areaCode: home.areaCode };
}
