import type { BoardLink, BoardView } from '#shared/contract/methods/board.ts';
import { formatNumber } from '#shared/domain/numbers/format.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { type BoardCall, type BoardMessage, boardCurveSchema } from '#shared/sync/board.ts';
import type { EventHub } from '../core/events.ts';
import type { Clock } from '../core/providers.ts';
import type { Handlers } from '../handler/handler.ts';
import { unwrap } from '../session/session.ts';
import type { IntegrationsPort } from '../sync/integrationsClient.ts';
import type { Sync } from '../sync/sync.ts';
import { createBoardCopy } from './boardCopy.ts';

export interface BoardOptions {
  sync: Pick<Sync, 'watchBoard'>;
  server: IntegrationsPort;
  events: EventHub;
  clock: Clock;
  home(): HomeCountry;
}

export interface BoardService {
  handlers: Pick<Handlers, 'board.watch' | 'board.curve' | 'board.alert'>;
  stop(): void;
}

/** The server tells the board every 5 s though nothing has changed; silence of so many ms: it does not come through. */
const silenceMs = 12_000;

/**
 * The live board at this desk. The server is asked for it while the window watches; what was heard last is kept with
 * its age while the server is away.
 */
export function createBoard({ sync, server, events, clock, home }: BoardOptions): BoardService {
  const copy = createBoardCopy();

  /** With the number as people read it, as everywhere else in the window. */
  function readable(call: BoardCall): BoardCall {
    const { e164 } = parseNumber(call.caller ?? '', home());
    return e164 === undefined ? call : { ...call, caller: formatNumber(e164, home(), 'screen') };
  }

  let watching = false;
  let state: BoardLink['state'] = 'waiting';
  /** The truth, or less by as long as a message took. */
  let aheadMs: number | null = null;
  let cancelSilence = () => {};

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
    const calls = message.calls.map(readable);
    if (message.type === 'board') {
      events.emit('board.snapshot', copy.replace({ ...message, calls }));
    } else events.emit('board.changed', copy.change({ ...message, calls }));
    become('live');
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
    stop: () => watch(false),
  };
}
