import { waitMs } from '../backoff.ts';
import { type PbxSurroundings, usualPbxTimes } from '../connector.ts';
import { createEventReader, type StreamedEvent } from './eventStream.ts';

export interface PracticeAccount {
  /** Such as `http://127.0.0.1:5066/control`. */
  controlUrl: string;
  token: string;
}

export interface PracticeAnswer {
  status: number;
  body: unknown;
}

export interface PracticeLine {
  start(): void;
  stop(): Promise<void>;
  /** Null where the PBX does not answer. */
  ask(method: string, path: string, body?: unknown): Promise<PracticeAnswer | null>;
}

export interface PracticeHandlers {
  /** Something happened, or the line stands anew: the state is worth a look. */
  news(event: StreamedEvent): void;
  down(): void;
}

/** The control interface of the practice PBX (server/practice/README.md), and its events; comes back by itself. */
export function createPracticeLine(
  account: PracticeAccount,
  { log, times = usualPbxTimes, random = Math.random }: Omit<PbxSurroundings, 'now'>,
  handlers: PracticeHandlers,
): PracticeLine {
  const headers = { authorization: `Bearer ${account.token}` };
  let running: { abort: AbortController; done: Promise<void> } | null = null;
  let failures = 0;

  /** Reads until the stream ends or is silent for more than two signs of life. */
  async function follow(signal: AbortSignal): Promise<void> {
    const silence = new AbortController();
    const restart = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), 3 * times.beatMs);
    };
    let timer = setTimeout(() => silence.abort(), times.answerMs);
    try {
      const answer = await fetch(`${account.controlUrl}/events`, {
        headers,
        signal: AbortSignal.any([signal, silence.signal]),
      });
      if (!answer.ok || !answer.body) throw new Error(`answered ${answer.status}`);
      const read = createEventReader((event) => {
        failures = 0;
        handlers.news(event);
      });
      const decoder = new TextDecoder();
      for await (const bytes of answer.body) {
        restart();
        read(decoder.decode(bytes, { stream: true }));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const reason = await follow(signal).then(
        () => 'closed',
        (error: unknown) => (error instanceof Error ? error.message : 'broken'),
      );
      if (signal.aborted) return;
      failures += 1;
      if (failures === 1) log('warn', 'the line to the PBX is down', { reason });
      handlers.down();
      await pause(waitMs(failures, times.backoffMs, random), signal);
    }
  }

  return {
    start() {
      if (running) return;
      const abort = new AbortController();
      running = { abort, done: run(abort.signal) };
    },
    async stop() {
      const ending = running;
      running = null;
      ending?.abort.abort();
      await ending?.done;
    },
    async ask(method, path, body) {
      try {
        const answer = await fetch(`${account.controlUrl}${path}`, {
          method,
          headers: { ...headers, 'content-type': 'application/json' },
          signal: AbortSignal.timeout(times.answerMs),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await answer.text();
        return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
      } catch {
        return null;
      }
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end);
  });
}
