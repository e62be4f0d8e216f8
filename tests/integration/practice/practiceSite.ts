import { fileURLToPath } from 'node:url';
import type { Session } from 'sip.js';
import { afterEach, expect } from 'vitest';
import type { PlaceCall } from '#server/practice/calls/callers.ts';
import type { PracticeEventMap } from '#server/practice/events.ts';
import {
  type PracticePbx,
  type PracticePbxOptions,
  startPracticePbx,
} from '#server/practice/practicePbx.ts';
import { PracticeDesk } from '../desk/practiceDesk.ts';
import { HandClock } from './practiceClock.ts';

const resourcesDir = fileURLToPath(new URL('../../../resources', import.meta.url));
const controlToken = 'a-token-for-tests-only';
const accounts = [
  { extension: '1001', password: 'p-1001', name: '李雷', queues: ['service'] },
  { extension: '1002', password: 'p-1002', name: 'Mary', queues: ['service', 'sales'] },
  { extension: '1003', password: 'p-1003', name: 'Ann', queues: [] },
];
const queues = [
  { id: 'service', name: '客户服务' },
  { id: 'sales', name: 'Sales' },
];

export const caller = { number: '+8613800138000', name: '王芳', queue: 'service' };

type Payload<K extends keyof PracticeEventMap> = PracticeEventMap[K][0];

/** A practice PBX on a clock that stands still, and desks without a window, for each test of a file. */
export class PracticeSite {
  #pbx: PracticePbx | null = null;
  #clock: HandClock | null = null;
  #desks: PracticeDesk[] = [];

  get pbx(): PracticePbx {
    if (!this.#pbx) throw new Error('the practice PBX is not started');
    return this.#pbx;
  }

  get clock(): HandClock {
    if (!this.#clock) throw new Error('the practice PBX is not started');
    return this.#clock;
  }

  async start(options: Partial<PracticePbxOptions> = {}): Promise<void> {
    this.#clock = new HandClock();
    this.#pbx = await startPracticePbx({
      accounts,
      queues,
      resourcesDir,
      controlToken,
      loopbackMedia: true,
      clock: this.#clock,
      ...options,
      // With a clock that jumps, a socket would seem dead.
      timing: { wrapUpMs: 0, pingMs: 1e9, ...options.timing },
    });
  }

  async stop(): Promise<void> {
    for (const open of this.#desks.splice(0)) await open.close();
    await this.#pbx?.close();
    this.#pbx = null;
  }

  /** Is closed with the others. */
  keep(desk: PracticeDesk): void {
    this.#desks.push(desk);
  }

  async desk(extension: string): Promise<PracticeDesk> {
    const made = await PracticeDesk.registered(this.pbx.url, extension, `p-${extension}`);
    this.keep(made);
    return made;
  }

  async readyDesk(extension: string): Promise<PracticeDesk> {
    const made = await this.desk(extension);
    expect(await made.tell('ready')).toBe(200);
    return made;
  }

  /** The next event of a name that is meant; ask before the cause, await after. */
  next<K extends keyof PracticeEventMap>(
    name: K,
    isMeant: (payload: Payload<K>) => boolean = () => true,
  ): Promise<Payload<K>> {
    const { events } = this.pbx;
    return new Promise((resolve) => {
      const listener = (payload: Payload<K>) => {
        if (!isMeant(payload)) return;
        events.off(name, listener as never);
        resolve(payload);
      };
      events.on(name, listener as never);
    });
  }

  /** The only leg of the only call. */
  onlyLeg() {
    const [leg, more] = this.pbx.state().calls.flatMap((call) => call.legs);
    if (!leg || more) throw new Error('exactly one leg was expected');
    return leg;
  }

  /** A caller who is talking with the desk. */
  async talking(agent: PracticeDesk, call: Partial<PlaceCall> = {}) {
    const answered = this.next('callAnswered');
    const callRef = this.pbx.placeCall({ ...caller, ...call }) ?? '';
    const invitation = await agent.nextCall();
    await agent.accept(invitation);
    await answered;
    return { invitation, callRef };
  }

  /** Asks the control interface. */
  async ask(method: string, path: string, body?: unknown) {
    const response = await fetch(`${this.pbx.controlUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${controlToken}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** The control interface's events as they come; ends with the PBX or by `abort`. */
  async events(lastId?: string): Promise<EventReader> {
    const abort = new AbortController();
    const response = await fetch(`${this.pbx.controlUrl}/events`, {
      headers: {
        authorization: `Bearer ${controlToken}`,
        ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
      },
      signal: abort.signal,
    });
    if (!response.body) throw new Error(`no events: ${response.status}`);
    return new EventReader(response.body, abort);
  }
}

export interface StreamedEvent {
  name: string;
  id: string;
  // Whatever the PBX said: each test looks at what it expects.
  data: Record<string, unknown>;
}

/** Reads server-sent events one by one. */
export class EventReader {
  #reader: ReadableStreamDefaultReader<Uint8Array>;
  #abort: AbortController;
  #decoder = new TextDecoder();
  #text = '';

  constructor(body: ReadableStream<Uint8Array>, abort: AbortController) {
    this.#reader = body.getReader();
    this.#abort = abort;
  }

  async next(isMeant: (event: StreamedEvent) => boolean = () => true): Promise<StreamedEvent> {
    for (;;) {
      const event = await this.#read();
      if (isMeant(event)) return event;
    }
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(): Promise<StreamedEvent> {
    for (let end = this.#text.indexOf('\n\n'); ; end = this.#text.indexOf('\n\n')) {
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        if (!block.startsWith(':')) return eventOf(block);
        continue;
      }
      const { done, value } = await this.#reader.read();
      if (done) throw new Error('the stream ended');
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }
}

function eventOf(block: string): StreamedEvent {
  const lines = new Map(
    block.split('\n').map((line) => {
      const at = line.indexOf(': ');
      return [line.slice(0, at), line.slice(at + 2)] as const;
    }),
  );
  return {
    name: lines.get('event') ?? '',
    id: lines.get('id') ?? '',
    data: JSON.parse(lines.get('data') ?? '{}'),
  };
}

/** Names a dialog as the desk sees it (RFC 3891 section 6.1). */
export function replaces(session: Session): string {
  const { dialog } = session;
  if (!dialog) throw new Error('no dialog');
  return `Replaces: ${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`;
}

export function openPractice(): PracticeSite {
  const site = new PracticeSite();
  afterEach(() => site.stop());
  return site;
}
