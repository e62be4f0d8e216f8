import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { marksOf } from '#shared/domain/metrics/recordingMarks.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { type Sight, sightOf } from '#shared/domain/visibility.ts';
import type {
  JournalCursor,
  JournalFilter,
  JournalPage,
  JournalRequest,
  Journey,
  RecordingMark,
} from '#shared/sync/journal.ts';
import type { Caller } from '../accounts/accounts.ts';
import {
  asksOfDesks,
  type JournalCall,
  type LoneEntry,
  readJournalCalls,
  readJourney,
  readLoneEntries,
  readNames,
} from '../store/calls/journal.ts';
import type { Db } from '../store/store.ts';
import type { Recordings } from './recordings.ts';
import { rowsOf } from './rows.ts';

export interface JournalOptions {
  db: Db;
  recordings: Recordings;
}

export interface Journal {
  page(caller: Caller, request: JournalRequest): Promise<JournalPage>;
  /** Null where there is no such call, or none that the caller sees. */
  journey(caller: Caller, callRef: string): Promise<Journey | null>;
  /** Marks along the recording of a call. */
  marks(callRef: string): Promise<RecordingMark[]>;
}

/** A filter that few calls fit is worked through in pieces of so many, no more than so often in one request. */
const pieceRows = 400;
const mostPieces = 10;

interface Found {
  at: number;
  id: string;
  callRef: string;
  call: JournalCall | null;
  entry: LoneEntry | null;
}

/** All calls of the centre, as their desks and the PBX told of them. */
export function createJournal({ db, recordings }: JournalOptions): Journal {
  /** The next calls in their order, and whether there are more behind them. */
  async function findPiece(
    caller: Caller,
    filter: JournalFilter,
    page: { after: JournalCursor | null; limit: number },
  ): Promise<{ found: Found[]; more: boolean }> {
    const sight = sightOfCalls(caller);
    const wanted = { after: page.after, limit: page.limit + 1 };
    const calls = await readJournalCalls(db, sight, filter, wanted);
    // Behind the end of a full page nothing is looked for: it comes with the next.
    const last = calls.length < wanted.limit ? undefined : calls.at(-1);
    const since = last ? last.fields.offeredAt : filter.from;
    const seesLone = sight === 'all' && !asksOfDesks(filter);
    const entries = seesLone ? await readLoneEntries(db, filter, { ...wanted, since }) : [];
    const found = [...calls.map(ofCall), ...entries.map(ofEntry)].sort(newestFirst);
    return { found: found.slice(0, page.limit), more: found.length > page.limit };
  }

  async function recordedOnly(found: readonly Found[]): Promise<Found[]> {
    const has = await Promise.all(found.map(({ callRef, at }) => recordings.has(callRef, at)));
    return found.filter((_, index) => has[index]);
  }

  async function shown(found: readonly Found[]) {
    const rows = await rowsOf(db, recordings, {
      calls: found.flatMap(({ call }) => (call ? [call] : [])),
      entries: found.flatMap(({ entry }) => (entry ? [entry] : [])),
    });
    return rows.sort(newestFirst);
  }

  return {
    async page(caller, { filter, after, limit }) {
      if (!filter.recorded) {
        const { found, more } = await findPiece(caller, filter, { after, limit });
        return { rows: await shown(found), next: more ? cursorOf(found.at(-1)) : null };
      }
      const kept: Found[] = [];
      let next = after;
      for (let piece = 0; piece < mostPieces; piece += 1) {
        const { found, more } = await findPiece(caller, filter, { after: next, limit: pieceRows });
        kept.push(...(await recordedOnly(found)));
        next = more ? cursorOf(found.at(-1)) : null;
        if (kept.length > limit) next = cursorOf(kept[limit - 1]);
        if (kept.length >= limit || !more) break;
      }
      return { rows: await shown(kept.slice(0, limit)), next };
    },
    async journey(caller, callRef) {
      const { calls, entries, events } = await readJourney(db, callRef);
      const sight = sightOfCalls(caller);
      const isOwn = calls.some(({ fields }) => fields.agentId === caller.user.id);
      if (sight !== 'all' && !isOwn) return null;
      if (calls.length + entries.length + events.length === 0) return null;
      const seen = sight === 'all' ? calls : calls.filter((one) => isOwnOf(caller, one));
      const told = toldOnce(events);
      const names = await readNames(
        db,
        'user',
        told.map((event) => ('agentId' in event ? event.agentId : null)),
      );
      const lone = sight === 'all' ? entries : [];
      return {
        parts: (await rowsOf(db, recordings, { calls: seen, entries: lone })).sort(oldestFirst),
        events: told.map((event) => ({
          event,
          agentName: 'agentId' in event ? (names.get(event.agentId) ?? null) : null,
        })),
        recorded: (await recordings.find(callRef)) !== null,
      };
    },
    async marks(callRef) {
      const { calls, events } = await readJourney(db, callRef);
      const told = toldOnce(events);
      const answers = [
        ...calls.map(({ fields }) => fields.answeredAt),
        ...told.map((event) => (event.name === 'agent.answered' ? event.at : null)),
      ].filter((at) => at !== null);
      if (answers.length === 0) return [];
      const gaps = calls.flatMap(({ fields }) => fields.recordingGaps);
      return marksOf(told, gaps, Math.min(...answers));
    },
  };
}

function sightOfCalls({ user: { id, role }, team }: Caller): Sight {
  return mayDo(role, 'team.watch') ? 'all' : sightOf({ id, role, team }, 'call');
}

function isOwnOf({ user }: Caller, { fields }: JournalCall): boolean {
  return fields.agentId === user.id;
}

/** What the PBX saw a desk need not tell as well; when after-call work ended only desks know. */
function toldOnce(events: readonly CallEvent[]): CallEvent[] {
  const seen = events.some(({ source }) => source === 'pbx');
  if (!seen) return [...events];
  return events.filter(({ source, name }) => source === 'pbx' || name === 'agent.wrappedUp');
}

function ofCall(call: JournalCall): Found {
  const { callRef, offeredAt } = call.fields;
  return { at: offeredAt, id: call.id, callRef, call, entry: null };
}

function ofEntry(entry: LoneEntry): Found {
  const { id, callRef, enteredAt } = entry;
  return { at: enteredAt, id, callRef, call: null, entry };
}

interface Placed {
  at: number;
  id: string;
}

function newestFirst(a: Placed, b: Placed): number {
  return b.at - a.at || (a.id < b.id ? 1 : -1);
}

function oldestFirst(a: Placed, b: Placed): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

function cursorOf(row: Placed | undefined): JournalCursor | null {
  return row ? { at: row.at, id: row.id } : null;
}
