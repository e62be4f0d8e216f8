import type { Desk } from '#electron/core/desk.ts';
import { createEventHub } from '#electron/core/events.ts';
import type { Log } from '#electron/core/providers.ts';
import { usualDevices } from '#shared/contract/media.ts';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Notice, Snapshot } from '#shared/contract/models/desk.ts';
import { partsFrom } from '#shared/domain/settings/parts.ts';
import { ok, type Result } from '#shared/result.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';

/** A log that keeps what it was told, as `level message`. */
export function keptLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

/** The desk as a shell sees it, whose state a test sets. */
export class DeskDouble implements Desk {
  readonly events = createEventHub(keptLog());
  readonly handled: [string, unknown][] = [];
  readonly asked: string[] = [];
  readonly notices: Notice[] = [];
  answer: Result<unknown> = ok({});
  state: Snapshot = signedInSnapshot();
  wakes = 0;
  sleeps = 0;

  listen = this.events.listen;
  handle = async (name: string, input: unknown) => {
    this.handled.push([name, input]);
    return this.answer;
  };
  snapshot = () => this.state;
  wake = () => {
    this.wakes += 1;
  };
  sleep = () => {
    this.sleeps += 1;
  };
  askToDial = (number: string) => void this.asked.push(number);
  notify = (notice: Notice) => void this.notices.push(notice);
  stop = async () => {};

  /** Changes the state and tells, as the real desk does. */
  change(change: Partial<Snapshot>): void {
    this.state = { ...this.state, ...change };
    if (change.session) this.events.emit('session.changed', change.session);
    if (change.agent) this.events.emit('agent.changed', change.agent);
    if (change.phone) this.events.emit('phone.changed', change.phone);
    if (change.settings) this.events.emit('settings.changed', change.settings);
  }

  /** One call changed; it takes the place of the one before. */
  call(call: DeskCall): void {
    this.state = { ...this.state, calls: [call] };
    this.events.emit('call.changed', call);
  }
}

export function signedInSnapshot(): Snapshot {
  return {
    session: {
      state: 'signedIn',
      user: null,
      offline: false,
      server: { url: 'http://127.0.0.1:7080', reachable: true },
      practice: null,
      version: '0.0.0',
    },
    settings: { language: 'en', theme: 'light', rememberedLogin: null, devices: usualDevices },
    agent: {
      state: 'ready',
      reason: null,
      since: 0,
      next: null,
      breakEndsAt: null,
      pbx: null,
    },
    calls: [],
    phone: {
      state: 'registered',
      failure: null,
      nextTryAt: null,
      microphone: 'ok',
      microphoneLabel: null,
    },
    sync: {
      state: 'online',
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
    configuration: defaultConfiguration,
    parts: partsFrom(() => null),
    notices: [],
    now: 0,
  };
}

export function ringingCall(change: Partial<DeskCall> = {}): DeskCall {
  const id = '0199aaaa-0000-7000-8000-000000000001';
  return {
    id,
    callRef: 'ref-1',
    kind: 'customer',
    direction: 'in',
    state: 'ringing',
    number: {
      raw: '+8613800138000',
      display: '138 0013 8000',
      key: '+8613800138000',
      withheld: false,
      region: null,
    },
    callerName: null,
    queueId: defaultConfiguration.queues[0]?.id ?? null,
    waitedMs: 1000,
    offeredAt: 0,
    ringEndsAt: null,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    result: null,
    muted: false,
    consultFor: null,
    conference: false,
    transferring: false,
    heldSince: null,
    transferredBy: null,
    autoAnswerAt: null,
    quality: null,
    recording: null,
    listener: null,
    media: 'none',
    customerId: null,
    customerName: '王芳',
    ticketIds: [],
    pop: { callId: id, match: 'none', candidates: [], card: null },
    wrapUp: 'none',
    wrapUpEndsAt: null,
    failure: null,
    ...change,
  };
}
