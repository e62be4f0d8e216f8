import type { BoardLink, BoardView } from '#shared/contract/methods/board.ts';
import { type BoardCall, type BoardMessage, boardCurveSchema } from '#shared/sync/board.ts';
import type { EventHub } from '../core/events.ts';
import type { Clock } from '../core/providers.ts';
import type { Handlers } from '../handler/handler.ts';
import { unwrap } from '../session/session.ts';
import type { IntegrationsPort } from '../sync/integrationsClient.ts';
import type { Sync } from '../sync/sync.ts';
import { createBoardCallers } from './boardCallers.ts';
import { createBoardCopy } from './boardCopy.ts';
import type { CallerSources } from './callers.ts';

export interface BoardOptions extends CallerSources {
  sync: Pick<Sync, 'watchBoard'>;
  server: IntegrationsPort;
  events: EventHub;
  clock: Clock;
}

export interface BoardService {
  handlers: Pick<Handlers, 'board.watch' | 'board.curve' | 'board.alert'>;
  /** Customers or their numbers have changed: names of callers are looked up anew, soon. */
  refresh(): void;
  stop(): void;
}

/** Customers come in pages: their names are looked up once for all that come within so many ms. */
const gatherMs = 1_000;
/** The server tells the board every 5 s though nothing has changed; silence of so many ms: it does not come through. */
const silenceMs = 12_000;

/**
 * The live board at this desk. The server is asked for it while the window watches; what was heard last is kept with
 * its age while the server is away.
 */
export function createBoard(options: BoardOptions): BoardService {
  const { sync, server, events, clock } = options;
  const copy = createBoardCopy();
  const callers = createBoardCallers(options);
  /** Calls as the server told them: with the numbers that names are looked up by. */
  const told = new Map<string, BoardCall>();

  let watching = false;
  let state: BoardLink['state'] = 'waiting';
  /** The truth, or less by as long as a message took. */
  let aheadMs: number | null = null;
  let cancelSilence = () => {};
  let cancelRefresh: (() => void) | null = null;

  const link = (): BoardLink => ({ state, asOf: copy.snapshot()?.at ?? null });
  const view = (): BoardView => ({ link: link(), board: copy.snapshot(), aheadMs: aheadMs ?? 0 });

  function become(next: BoardLink['state']): void {
    if (next !== 'live') cancelSilence();
    if (state === next) return;
    state = next;
    events.emit('board.link', link());
  }

  function heard(message: BoardMessage): void {
    cancelSilence();
    cancelSilence = clock.after(silenceMs, () => become('stale'));
    aheadMs = Math.max(aheadMs ?? Number.NEGATIVE_INFINITY, message.at - clock.now());
    const calls = message.calls.map(callers.named);
    keep(message);
    if (message.type === 'board') {
      events.emit('board.snapshot', copy.replace({ ...message, calls }));
    } else events.emit('board.changed', copy.change({ ...message, calls }));
    become('live');
  }

  function keep(message: BoardMessage): void {
    if (message.type === 'board') told.clear();
    else for (const callRef of message.goneCalls) told.delete(callRef);
    for (const call of message.calls) told.set(call.callRef, call);
  }

  function nameAgain(): void {
    cancelRefresh = null;
    callers.forget();
    const shown = copy.snapshot();
    const calls = (shown?.calls ?? []).flatMap((call) => {
      const next = callers.named(told.get(call.callRef) ?? call);
      return JSON.stringify(next.who) === JSON.stringify(call.who) ? [] : [next];
    });
    if (!shown || calls.length === 0) return;
    const changes = {
      ...{ queues: [], agents: [], goneQueues: [], goneCalls: [] },
      goneAgents: [],
    };
    const { number, at } = shown;
    events.emit(
      'board.changed',
      copy.change({ type: 'boardChanges', number, at, ...changes, calls }),
    );
  }

  function watch(on: boolean): void {
    if (watching === on) return;
    watching = on;
    // Until a connection says otherwise.
    state = 'stale';
    cancelSilence();
    const asked = () => {
      aheadMs = null;
      become('waiting');
    };
    const lost = () => become('stale');
    sync.watchBoard(on ? { heard, asked, lost } : null);
  }

  return {
    handlers: {
      'board.watch'({ on }) {
        watch(on);
        return view();
      },
      async 'board.curve'({ queueId }) {
        const query = queueId === null ? '' : `?${new URLSearchParams({ queueId })}`;
        const request = { method: 'GET' as const, path: `/api/board/curve${query}` };
        return unwrap(await server.ask(request, boardCurveSchema));
      },
      'board.alert'(alert) {
        events.emit('board.alerted', alert);
        return {};
      },
    },
    refresh() {
      if (watching) cancelRefresh ??= clock.after(gatherMs, nameAgain);
      else callers.forget();
    },
    stop() {
      cancelRefresh?.();
      watch(false);
    },
  };
}
