import { createHash, randomBytes } from 'node:crypto';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { waitMs } from '../backoff.ts';
import { type PbxSurroundings, usualPbxTimes } from '../connector.ts';
import { type AmiMessage, amiText, createAmiReader } from './amiMessages.ts';

export interface AmiAccount {
  host: string;
  port: number;
  user: string;
  secret: string;
  tls: boolean;
}

/** The line is down, or the PBX did not answer in time. */
export class AmiDownError extends Error {}

export type AmiFields = readonly (readonly [string, string])[];

export interface AmiLine {
  start(): void;
  stop(): Promise<void>;
  /** The answer to an action, whatever it says. Throws `AmiDownError`. */
  ask(action: string, fields?: AmiFields): Promise<AmiMessage>;
  /** The answer, then every event of the same action up to the one named `last`. */
  askAll(action: string, last: string, fields?: AmiFields): Promise<AmiMessage[]>;
}

export interface AmiHandlers {
  /** Logged in: events come from here on. Where it rejects, the line is taken for down. */
  up(): Promise<void>;
  /** Told once after each `up`, and for the first failure. */
  down(reason: string): void;
  /** An event that belongs to no action of ours. */
  event(message: AmiMessage): void;
}

interface Pending {
  messages: AmiMessage[];
  /** Name of the event that ends it; null: the answer does. */
  last: string | null;
  resolve(messages: AmiMessage[]): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/**
 * One logged-in connection to the Asterisk Manager Interface. It comes back by itself with growing waits. The secret
 * never goes over the line: the login answers a challenge (MD5, as AMI has it).
 */
export function createAmiLine(
  account: AmiAccount,
  { log, times = usualPbxTimes, random = Math.random }: Omit<PbxSurroundings, 'now'>,
  handlers: AmiHandlers,
): AmiLine {
  let socket: Socket | null = null;
  let loggedIn = false;
  let toldDown = false;
  let stopped = true;
  let failures = 0;
  let lastId = 0;
  /** Asterisk tells some answers to every connection: those to another server, or to the run before, are not ours. */
  const run = randomBytes(6).toString('hex');
  let retry: NodeJS.Timeout | null = null;
  let beat: NodeJS.Timeout | null = null;
  const pending = new Map<string, Pending>();

  function settle(id: string, message: AmiMessage): boolean {
    const asked = pending.get(id);
    if (!asked) return false;
    asked.messages.push(message);
    const failed = message.get('response') === 'Error';
    const over = asked.last === null || message.get('event') === asked.last;
    if (!failed && !over) return true;
    pending.delete(id);
    clearTimeout(asked.timer);
    asked.resolve(asked.messages);
    return true;
  }

  function heard(message: AmiMessage): void {
    const id = message.get('actionid');
    if (id !== undefined && settle(id, message)) return;
    if (loggedIn && message.has('event')) handlers.event(message);
  }

  function send(
    action: string,
    fields: AmiFields,
    last: string | null,
    mostMs = times.answerMs,
  ): Promise<AmiMessage[]> {
    const line = socket;
    if (!line?.writable) return Promise.reject(new AmiDownError('not connected'));
    lastId += 1;
    const id = `switchboard-${run}-${lastId}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        pending.delete(id);
        reject(new AmiDownError(`${action} was not answered`));
      }, mostMs);
      pending.set(id, { messages: [], last, resolve, reject, timer });
      line.write(amiText([['Action', action], ['ActionID', id], ...fields]));
    });
  }

  async function ask(action: string, fields: AmiFields = []): Promise<AmiMessage> {
    const [answer] = await send(action, fields, null);
    if (!answer) throw new AmiDownError('no answer');
    return answer;
  }

  async function logIn(line: Socket): Promise<void> {
    const challenge = (await ask('Challenge', [['AuthType', 'MD5']])).get('challenge') ?? '';
    const key = createHash('md5')
      .update(challenge + account.secret)
      .digest('hex');
    const login = [
      ['AuthType', 'MD5'],
      ['Username', account.user],
      ['Key', key],
      ['Events', 'on'],
    ] as const;
    const answer = await ask('Login', login);
    if (socket !== line) return;
    if (answer.get('response') !== 'Success') throw new Error('the PBX refuses the account');
    loggedIn = true;
    await handlers.up();
    if (socket !== line) return;
    toldDown = false;
    failures = 0;
    planBeat(line);
  }

  function planBeat(line: Socket): void {
    beat = setTimeout(() => {
      ask('Ping').then(
        () => socket === line && planBeat(line),
        () => lost(line, 'no sign of life'),
      );
    }, times.beatMs);
  }

  function open(): void {
    retry = null;
    const { host, port } = account;
    const line = account.tls
      ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }) })
      : connectPlain({ host, port });
    socket = line;
    const read = createAmiReader(heard);
    const late = setTimeout(() => lost(line, 'no connection'), times.answerMs);
    line.once(account.tls ? 'secureConnect' : 'connect', () => {
      clearTimeout(late);
      logIn(line).catch((error: unknown) => lost(line, reasonOf(error)));
    });
    line.on('data', (bytes: Buffer) => socket === line && read(bytes));
    line.on('error', (error: NodeJS.ErrnoException) => lost(line, error.code ?? 'broken'));
    line.on('close', () => {
      clearTimeout(late);
      lost(line, 'closed');
    });
  }

  function lost(line: Socket, reason: string): void {
    if (socket !== line) return;
    hangUp(reason);
    if (stopped) return;
    failures += 1;
    const inMs = waitMs(failures, times.backoffMs, random);
    if (!toldDown) {
      toldDown = true;
      log('warn', 'the line to the PBX is down', { reason });
      handlers.down(reason);
    }
    retry = setTimeout(open, inMs);
  }

  function hangUp(reason: string): void {
    const line = socket;
    socket = null;
    loggedIn = false;
    line?.destroy();
    if (beat) clearTimeout(beat);
    if (retry) clearTimeout(retry);
    beat = null;
    retry = null;
    for (const asked of pending.values()) {
      clearTimeout(asked.timer);
      asked.reject(new AmiDownError(reason));
    }
    pending.clear();
  }

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      open();
    },
    async stop() {
      stopped = true;
      const line = socket;
      const closed =
        line && !line.destroyed
          ? new Promise<void>((resolve) => line.once('close', () => resolve()))
          : null;
      hangUp('stopped');
      await closed;
    },
    ask,
    askAll: (action, last, fields = []) =>
      send(action, fields, last, times.ringMs + times.answerMs),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'broken';
}
