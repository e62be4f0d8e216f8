import { v7 as uuidv7 } from 'uuid';
import { WebSocket } from 'ws';
import type {
  Operation,
  Problem,
  PullResponse,
  PushResponse,
  SignInResponse,
} from '#shared/sync/messages.ts';
import { beforeAskingAgain } from './askAgain.ts';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export const testDevice = 'desk0001';

/** Speaks to a running server as a desk would, over real HTTP. */
export class ServerClient {
  token: string | null = null;
  readonly #url: () => string;
  readonly #markId = uuidv7();
  #tip: string | null = null;

  /** `url` may be a function where the server is not there yet. */
  constructor(url: string | (() => string)) {
    this.#url = typeof url === 'string' ? () => url : url;
  }

  get url(): string {
    return this.#url();
  }

  async call<T = Problem>(
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const headers: Record<string, string> = { ...more };
    if (this.token !== null) headers.authorization = `Bearer ${this.token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? null : JSON.parse(text)) as T,
    };
  }

  async signIn(login: string, password = 'practice'): Promise<SignInResponse> {
    const body = { login, password, deviceId: testDevice };
    const answer = await this.call<SignInResponse>('POST', '/api/session', body);
    if (answer.status !== 200) throw new Error(`sign-in: ${answer.status}`);
    this.token = answer.body.token;
    return answer.body;
  }

  async push(...operations: unknown[]): Promise<PushResponse['results']> {
    const body = { deviceId: testDevice, operations };
    const answer = await this.call<PushResponse>('POST', '/api/sync/push', body);
    if (answer.status !== 200) throw new Error(`push: ${JSON.stringify(answer.body)}`);
    return answer.body.results;
  }

  async pull(cursor: string | null = null, limit = 2000): Promise<PullResponse> {
    const body = { deviceId: testDevice, cursor, limit };
    const answer = await this.call<PullResponse>('POST', '/api/sync/pull', body);
    if (answer.status !== 200) throw new Error(`pull: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Every change behind `cursor`, page by page, and the cursor behind them. */
  async pullAll(cursor: string | null = null, limit = 2000): Promise<PullResponse> {
    const changes: PullResponse['changes'] = [];
    let page = await this.pull(cursor, limit);
    changes.push(...page.changes);
    while (page.more) {
      page = await this.pull(page.cursor, limit);
      changes.push(...page.changes);
    }
    return { ...page, changes };
  }

  /**
   * As `pullAll`, once all is shown that anybody had committed when this was asked. What was committed after an older
   * transaction of the server began is held back until that has ended, whichever it is: a job, another push. So a mark
   * is pushed behind all of it, and waited for. What the server itself writes again meanwhile may be held back anew.
   */
  async pullSettled(cursor: string | null = null, limit = 2000): Promise<PullResponse> {
    const version = await this.#pushMark();
    for (;;) {
      const page = await this.pullAll(cursor, limit);
      if (page.changes.some((change) => change.id === this.#markId && change.version >= version)) {
        return { ...page, changes: page.changes.filter((change) => !isMark(change)) };
      }
      await beforeAskingAgain();
    }
  }

  /** The record as it is once nothing is held back any more; null where this desk does not get it. */
  async settledRecord(id: string): Promise<PullResponse['changes'][number] | null> {
    const found = (await this.pullSettled()).changes.filter((change) => change.id === id);
    if (found.length > 1) throw new Error(`${id} came ${found.length} times`);
    return found[0] ?? null;
  }

  /** Of a kind that everybody may make and sees, and no other test counts. */
  async #pushMark(): Promise<number> {
    const { body } = await this.call<SignInResponse['user']>('GET', '/api/me');
    const [result] = await this.push(
      operationBy(body.id, {
        entity: 'savedView',
        entityId: this.#markId,
        fields: {
          ownerId: body.id,
          list: 'tickets',
          name: markName,
          filter: {},
          sort: '',
          shared: false,
          retired: true,
        },
      }),
    );
    if (!result?.version) throw new Error(`mark: ${JSON.stringify(result)}`);
    return result.version;
  }

  /** The cursor behind everything there is, what is held back for a moment included. */
  async tip(): Promise<string | null> {
    this.#tip = (await this.pullSettled(this.#tip)).cursor;
    return this.#tip;
  }

  /** `autoPong: false` is a desk whose network died: it answers no ping. `ofPbx`: hears of the PBX as well. */
  live({ autoPong = true, ofPbx = false } = {}): LiveSocket {
    const address = `${this.url.replace('http', 'ws')}/api/sync/live`;
    return new LiveSocket(address, { autoPong, ofPbx });
  }
}

const markName = 'mark of pullSettled';

function isMark({ entity, fields }: PullResponse['changes'][number]): boolean {
  return entity === 'savedView' && fields.name === markName;
}

/** A live socket whose messages are awaited one by one. */
export class LiveSocket {
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #unread: unknown[] = [];
  #waiting: ((message: unknown) => void) | null = null;

  constructor(url: string, { autoPong, ofPbx }: { autoPong: boolean; ofPbx: boolean }) {
    this.#socket = new WebSocket(url, { autoPong });
    this.closed = new Promise((resolve) => this.#socket.once('close', resolve));
    this.#socket.on('error', () => {});
    this.#socket.on('message', (data) => {
      const message: { type?: unknown } = JSON.parse(String(data));
      // How the line to the PBX stands is told to every desk; it is no part of sync.
      if (message.type === 'connector' && !ofPbx) return;
      if (!this.#waiting) {
        this.#unread.push(message);
        return;
      }
      this.#waiting(message);
      this.#waiting = null;
    });
  }

  opened(): Promise<void> {
    return new Promise((resolve) => this.#socket.once('open', () => resolve()));
  }

  async hello(token: string | null): Promise<void> {
    await this.opened();
    this.say(JSON.stringify({ type: 'hello', token, deviceId: testDevice }));
  }

  say(text: string): void {
    this.#socket.send(text);
  }

  next(): Promise<unknown> {
    if (this.#unread.length > 0) return Promise.resolve(this.#unread.shift());
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  close(): void {
    this.#socket.terminate();
  }
}

/** The ids of what a desk finds behind `cursor` that pulls at each piece of news, once the record `id` is among it. */
export async function pulledAtNews(
  socket: LiveSocket,
  client: ServerClient,
  { cursor, id }: { cursor: string | null; id: string },
): Promise<string[]> {
  for (;;) {
    const said = await socket.next();
    if (!isNews(said)) throw new Error(`news awaited: ${JSON.stringify(said)}`);
    const found = (await client.pullAll(cursor)).changes.map((change) => change.id);
    if (found.includes(id)) return found;
  }
}

/** What is said next that is no news: those come again whenever something was held back. */
export async function behindNews(socket: LiveSocket): Promise<unknown> {
  let said = await socket.next();
  while (isNews(said)) said = await socket.next();
  return said;
}

function isNews(said: unknown): boolean {
  return (said as { type?: unknown }).type === 'news';
}

let counter = 0;

/** A stamp of `ms` that sorts after those made before for the same ms. */
export function stampAt(ms: number, device = testDevice): string {
  counter = (counter + 1) % 0x10000;
  return `${ms.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${device}`;
}

/** An operation of `authorId` made now, parts of it replaced by `parts`. */
export function operationBy(
  authorId: string,
  parts: Partial<Omit<Operation, 'entity'>> & { entity: string; fields: Record<string, unknown> },
): Omit<Operation, 'entity'> & { entity: string } {
  const at = parts.at ?? Date.now();
  return {
    id: uuidv7(),
    entityId: uuidv7(),
    clock: stampAt(at),
    baseVersion: null,
    authorId,
    at,
    ...parts,
  };
}

export function customerFields(name = '王芳') {
  return {
    no: null,
    kind: 'person',
    name,
    valueClass: 'C',
    since: '2026-01-02',
    tags: [],
    profile: {},
    pinnedNote: null,
    createdAt: 1_767_312_000_000,
    createdBy: 'xu.jing',
  };
}

export function ticketFields(firstContactId: string, subject = 'Boiler leaks') {
  return {
    no: null,
    type: 'repair',
    categoryId: null,
    priority: 'normal',
    state: 'registered',
    subject,
    description: '',
    customerId: null,
    callId: null,
    queueId: null,
    numberRaw: null,
    ownerId: null,
    firstContactId,
    firstContactName: '徐静',
    createdAt: 1_767_312_000_000,
    // As the service levels have it: the server has nothing to put right.
    dueAt: 1_767_542_400_000,
    closedAt: null,
  };
}

export function taskFields(ownerId: string) {
  return {
    kind: 'callBack',
    title: 'Call back about the boiler',
    customerId: null,
    customerName: null,
    numberRaw: null,
    callId: null,
    ticketId: null,
    ownerId,
    ownerName: '徐静',
    dueAt: 1_767_312_000_000,
    state: 'open',
    createdAt: 1_767_312_000_000,
  };
}

export function wrapUpFields(agentId: string, notes = 'All well') {
  return {
    callId: uuidv7(),
    customerId: null,
    agentId,
    agentName: '徐静',
    dispositionId: 'repair',
    result: 'resolved',
    notes,
    followUpAt: null,
    ticketIds: [],
    afterCallMs: 20_000,
    savedAt: Date.now(),
  };
}
