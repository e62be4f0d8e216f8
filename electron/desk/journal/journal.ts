import type { z } from 'zod';
import type { JournalLine } from '#shared/contract/methods/journal.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { DeskError, fail, type Result } from '#shared/result.ts';
import {
  type JournalPage,
  type JournalRequest,
  type JournalRow,
  journalPageSchema,
  journeySchema,
  recordingSchema,
} from '#shared/sync/journal.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../../cache/cache.ts';
import type { Handlers } from '../../handler/handler.ts';
import { unwrap } from '../../session/session.ts';
import type { DataFilesPort } from '../../sync/dataFilesClient.ts';
import { knownCaller, oneCustomer } from '../callers.ts';
import type { Downloads } from '../downloads.ts';
import { fits, lineOf, newestFirst, pageOf } from './heldCalls.ts';

type JournalMethod = Extract<
  keyof Handlers,
  'journal.page' | 'journal.journey' | `recordings.${string}`
>;

export interface JournalOptions {
  user: SignedInUser;
  cache: Pick<Cache, 'journal' | 'journalEntry' | 'customersWith'>;
  port: DataFilesPort;
  downloads: Downloads;
  /** The centre is known to be out of reach: nobody waits for it. */
  isOffline(): boolean;
  home(): HomeCountry;
}

/** Calls that this desk looks through when the centre cannot be asked. */
const heldCalls = 1_000;

/** The journal of the centre; without the centre, the calls that this desk holds. */
export function journalHandlers(options: JournalOptions): Pick<Handlers, JournalMethod> {
  const { user, cache, port, downloads, home, isOffline } = options;
  const whose = mayDo(user.role, 'team.watch') ? null : user.id;

  async function ask<S extends z.ZodType>(
    path: string,
    body: unknown,
    schema: S,
  ): Promise<Result<z.output<S>>> {
    if (isOffline()) return fail('server-unreachable', 'the centre is out of reach');
    return port.ask({ method: 'POST', path, body }, schema);
  }

  const held = (most: number): JournalLine[] => cache.journal(whose, most).map(lineOf);

  /** What this desk has of a call is never older than what the centre has: it may not have been sent yet. */
  function shown(row: JournalRow): JournalLine {
    const caller = knownCaller(row.numberKey ?? row.numberRaw, { cache, home });
    const own = row.callId === null ? null : cache.journalEntry(row.callId);
    if (!own || own.callRef !== row.callRef) {
      const customerName = row.customerName ?? oneCustomer(caller)?.name ?? null;
      return { ...row, customerName, numberDisplay: caller.display };
    }
    return { ...row, ...lineOf(own), recorded: row.recorded };
  }

  /** Calls at this desk of which the centre has not heard yet stand where they belong. */
  function withUnsent({ filter, after }: JournalRequest, page: JournalPage): JournalLine[] {
    const rows = page.rows.map(shown);
    if (after !== null) return rows;
    const known = new Set(rows.map(({ id }) => id));
    const last = page.next === null ? filter.from : (rows.at(-1)?.at ?? filter.from);
    const unsent = held(unsentCalls).filter(
      (line) => !known.has(line.id) && line.at >= last && fits(line, filter),
    );
    return [...rows, ...unsent].sort(newestFirst);
  }

  return {
    async 'journal.page'(request) {
      const { filter, after, limit } = request;
      const answer = await ask('/api/journal', request, journalPageSchema);
      if (answer.ok) {
        const { next } = answer.value;
        return { rows: withUnsent(request, answer.value), next, origin: 'centre' };
      }
      if (answer.error.code !== 'server-unreachable') unwrap(answer);
      return { ...pageOf(held(heldCalls), filter, after, limit), origin: 'desk' };
    },
    async 'journal.journey'({ callRef }) {
      const answer = await ask('/api/journal/journey', { callRef }, journeySchema);
      if (answer.ok) {
        const { parts, events, recorded } = answer.value;
        return { parts: parts.map(shown), events, recorded, origin: 'centre' };
      }
      const parts = held(heldCalls).filter((line) => line.callRef === callRef);
      const isHere = parts.length > 0;
      const { code } = answer.error;
      // The centre has not heard of a call that has not been sent yet.
      if (!isHere || (code !== 'server-unreachable' && code !== 'not-found')) unwrap(answer);
      if (!isHere) throw new DeskError('not-found', 'no such call here');
      return { parts: parts.reverse(), events: [], recorded: false, origin: 'desk' };
    },
    async 'recordings.info'(body) {
      return unwrap(await ask('/api/recordings/info', body, recordingSchema));
    },
    'recordings.open': ({ callRef, playId }) =>
      downloads.open(
        `/api/recordings/${encodeURIComponent(callRef)}/audio?play=${playId}`,
        `${callRef}.wav`,
      ),
  };
}

/** What was not sent yet is new. */
const unsentCalls = 50;
