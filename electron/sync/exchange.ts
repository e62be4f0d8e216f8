import type { Cache } from '../cache/cache.ts';
import type { Log } from '../core/providers.ts';
import { offerLost } from './offerLost.ts';
import { offerMisunderstood } from './offerMisunderstood.ts';
import type { Puller } from './puller.ts';
import type { Pusher } from './pusher.ts';
import { register } from './registering.ts';
import type { Timed } from './timedAnswers.ts';
import type { Transport } from './transport.ts';

/** What the rounds exchange with the server, and what is still to be exchanged. */
export interface Exchange {
  /** Until nothing is left, or the session is another one. Throws what the transport throws. */
  run(transport: Transport): Promise<void>;
  /** There is something to pull, or to push now. */
  hasWork(): boolean;
  /** Something was committed since the last page was asked for. */
  noteNews(): void;
  /** A page is to be pulled. */
  wantPage(): void;
  /** The server may have been started anew, on a database from a backup, since it was last heard. */
  doubt(): void;
  /** What was asked for ahead is not wanted any more. */
  forget(): void;
}

export interface ExchangeOptions {
  log: Log;
  timed: Timed;
  pusher: Pusher;
  puller: Puller;
  /** False: the session of this transport is over. */
  isCurrent(transport: Transport): boolean;
}

export function createExchange(
  cache: Cache,
  { log, timed, pusher, puller, isCurrent }: ExchangeOptions,
): Exchange {
  let pullDue = false;
  let lookFirst = true;

  async function registerSelf(transport: Transport): Promise<void> {
    const answer = await timed(() => register(cache, transport, log));
    if (answer === null) return;
    offerMisunderstood(cache, answer.knows);
  }

  async function pullPage(transport: Transport): Promise<void> {
    // Set before the next await: news that arrives meanwhile asks for another page.
    pullDue = false;
    if (await puller.pullPage(transport)) pullDue = true;
  }

  /** What the server has lost goes before what builds on it. */
  async function meet(transport: Transport): Promise<void> {
    await registerSelf(transport);
    if (!isCurrent(transport)) return;
    await pullPage(transport);
    if (!isCurrent(transport)) return;
    await offerLost(cache, transport);
    lookFirst = false;
  }

  /** Once all has been handed in, under stamps that nobody believed. */
  function mendClock(): void {
    if (!cache.mendClock()) return;
    log.warn(
      'the clock of this desk was far ahead: it goes on with the right time as a new device',
    );
    lookFirst = true;
  }

  return {
    async run(transport) {
      if (lookFirst) await meet(transport);
      while (isCurrent(transport)) {
        await pusher.pushAll(transport);
        if (!isCurrent(transport)) return;
        if (!pullDue) return mendClock();
        await pullPage(transport);
        if (isCurrent(transport)) await offerLost(cache, transport);
      }
    },
    hasWork: () => pullDue || pusher.hasWork(),
    noteNews() {
      pullDue = true;
      puller.noteNews();
    },
    wantPage() {
      pullDue = true;
    },
    doubt() {
      lookFirst = true;
    },
    forget() {
      puller.forget();
      pusher.forget();
    },
  };
}
