import { v5 as uuidv5 } from 'uuid';
import type { CallEnder } from '#shared/domain/calls/call.ts';
import type { Happening } from './connector.ts';

/** A caller in a queue. `mark` tells entries of one call into one queue apart, and is the PBX's own. */
export interface EntryNow {
  callRef: string;
  queueId: string;
  mark: string;
  caller?: string;
  enteredAt: number;
}

/** A desk's part of a call, as the PBX has it at this moment. */
export interface PartNow {
  /** The PBX's name for this part, such as its channel: never given twice. */
  key: string;
  callRef: string;
  extension: string;
  /** Who began: it was rung, or it dialled. */
  began: 'rung' | 'dialled';
  called?: string;
  /** The queue it is rung or talks for. */
  queueId: string | null;
  startedAt: number;
  isAnswered: boolean;
  /** Where it talks for a queue: how the caller came into it. */
  entry?: EntryNow;
}

export type Part = Pick<PartNow, 'key' | 'callRef' | 'extension'>;
type LeftHow = Extract<Happening, { name: 'queue.left' }>['how'];
type NotAnswered = Extract<Happening, { name: 'agent.notAnswered' }>['how'];

/**
 * What was told of calls, so that nothing is told twice and nothing is left open. What does not fit (an answer of an
 * unknown part, the end of an entry that is over) tells nothing. Times are ms UTC.
 */
export interface Ledger {
  entered(entry: EntryNow): void;
  left(callRef: string, queueId: string, how: LeftHow, at: number): void;
  isWaiting(callRef: string, queueId: string): boolean;
  offered(part: Part, queueId: string | null, at: number): void;
  dialled(part: Part, called: string, at: number): void;
  /** With `queueId` the caller leaves that queue. */
  answered(key: string, queueId: string | null, at: number): void;
  /** A desk that came into a call without having been rung or having dialled. */
  joined(part: Part, at: number): void;
  notAnswered(key: string, how: NotAnswered, at: number): void;
  /** `mark`: the PBX's own name of that moment, where it has one. */
  held(key: string, isHeld: boolean, at: number, mark?: string): void;
  transferred(key: string, to: string, at: number): void;
  /** The part is over; one that was offered and not answered was withdrawn. */
  ended(key: string, by: CallEnder | null, at: number): void;
  /** The part goes on under another name. */
  renamed(from: string, to: string): void;
  part(key: string): Part | null;
  /**
   * All there is at this moment, after the line was down since `lostAt`. Of what was told and is no more the rest is
   * told as of `lostAt`: a caller who talks to somebody now was answered, of the others nobody saw how it ended.
   */
  present(now: Present, lostAt: number): void;
  open(): { entries: Pick<EntryNow, 'callRef' | 'queueId'>[]; parts: Part[] };
}

export interface Present {
  entries: EntryNow[];
  parts: PartNow[];
  /** Keys of all parts that still exist, also of those of which nothing can be said now. */
  alive: ReadonlySet<string>;
}

interface OpenPart extends Part {
  /** Names it in its events, also after it was renamed. */
  name: string;
  began: 'rung' | 'dialled';
  queueId: string | null;
  isAnswered: boolean;
  isHeld: boolean;
  isTransferred: boolean;
}

const namespace = '6f0d2b0e-6a63-4f55-9a0b-6f6c1f6f9d3a';

export function createLedger(tell: (event: Happening) => void): Ledger {
  const entries = new Map<string, EntryNow>();
  const parts = new Map<string, OpenPart>();

  function enter(entry: EntryNow): void {
    const key = entryKey(entry);
    if (entries.has(key)) return;
    entries.set(key, entry);
    const { callRef, queueId, mark, caller, enteredAt: at } = entry;
    const id = idOf('queue.entered', callRef, queueId, mark);
    tell({ name: 'queue.entered', id, at, callRef, queueId, ...(caller ? { caller } : {}) });
  }

  function leave(callRef: string, queueId: string, how: LeftHow, at: number): void {
    const key = entryKey({ callRef, queueId });
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    const id = idOf('queue.left', callRef, queueId, entry.mark);
    tell({ name: 'queue.left', id, at: Math.max(at, entry.enteredAt), callRef, queueId, how });
  }

  function begin(part: Part, began: OpenPart['began'], queueId: string | null): OpenPart | null {
    const { key, callRef, extension } = part;
    if (parts.has(key)) return null;
    const open = { key, callRef, extension, name: key, began, queueId };
    const made = { ...open, isAnswered: false, isHeld: false, isTransferred: false };
    parts.set(key, made);
    return made;
  }

  /** What every event of a part begins with; `also` tells apart what happens to a part more than once. */
  function common<N extends string>(name: N, part: OpenPart, at: number, ...also: string[]) {
    const { callRef, extension } = part;
    return { name, id: idOf(name, part.name, ...also), at, callRef, extension };
  }

  function offer(part: Part, queueId: string | null, at: number): void {
    const made = begin(part, 'rung', queueId);
    if (made) tell({ ...common('agent.offered', made, at), queueId });
  }

  function dial(part: Part, called: string, at: number): void {
    const made = begin(part, 'dialled', null);
    if (!made) return;
    tell({ ...common('agent.dialled', made, at), ...(called === '' ? {} : { called }) });
  }

  function answer(part: OpenPart, queueId: string | null, at: number): void {
    if (part.isAnswered) return;
    part.isAnswered = true;
    part.queueId = queueId;
    if (queueId !== null) entries.delete(entryKey({ callRef: part.callRef, queueId }));
    tell({ ...common('agent.answered', part, at), queueId });
  }

  function decline(part: OpenPart, how: NotAnswered, at: number): void {
    if (part.isAnswered || part.began === 'dialled') return;
    parts.delete(part.key);
    tell({ ...common('agent.notAnswered', part, at), queueId: part.queueId, how });
  }

  function end(part: OpenPart, by: CallEnder | null, at: number): void {
    if (part.began === 'rung' && !part.isAnswered) {
      decline(part, 'withdrawn', at);
      return;
    }
    parts.delete(part.key);
    tell({ ...common('agent.left', part, at), by });
  }

  function rename(from: string, to: string): void {
    const part = parts.get(from);
    if (!part || parts.has(to)) return;
    parts.delete(from);
    part.key = to;
    parts.set(to, part);
  }

  /** A desk may have gone on with its call under another name. */
  function follow(now: PartNow, alive: ReadonlySet<string>): void {
    const former = [...parts.values()].find(
      ({ key, callRef, extension, isAnswered }) =>
        isAnswered && !alive.has(key) && callRef === now.callRef && extension === now.extension,
    );
    if (former && now.isAnswered) rename(former.key, now.key);
  }

  function takePart(now: PartNow, lostAt: number): void {
    if (!parts.has(now.key)) {
      if (now.entry) enter(now.entry);
      if (now.began === 'dialled') dial(now, now.called ?? '', now.startedAt);
      else offer(now, now.queueId, now.startedAt);
    }
    const open = parts.get(now.key);
    if (!open || !now.isAnswered || open.isAnswered) return;
    answer(open, now.queueId ?? open.queueId, Math.max(lostAt, now.startedAt));
  }

  return {
    entered: enter,
    left: leave,
    isWaiting: (callRef, queueId) => entries.has(entryKey({ callRef, queueId })),
    offered: offer,
    dialled: dial,
    answered(key, queueId, at) {
      const part = parts.get(key);
      if (part) answer(part, queueId, at);
    },
    joined(part, at) {
      const made = begin(part, 'rung', null);
      if (made) answer(made, null, at);
    },
    notAnswered(key, how, at) {
      const part = parts.get(key);
      if (part) decline(part, how, at);
    },
    held(key, isHeld, at, mark = String(at)) {
      const part = parts.get(key);
      if (!part?.isAnswered || part.isHeld === isHeld) return;
      part.isHeld = isHeld;
      tell(common(isHeld ? 'agent.held' : 'agent.resumed', part, at, mark));
    },
    transferred(key, to, at) {
      const part = parts.get(key);
      if (!part || part.isTransferred) return;
      part.isTransferred = true;
      tell({ ...common('agent.transferred', part, at), ...(to === '' ? {} : { to }) });
    },
    ended(key, by, at) {
      const part = parts.get(key);
      if (part) end(part, by, at);
    },
    renamed: rename,
    part: (key) => parts.get(key) ?? null,
    present(now, lostAt) {
      for (const entry of now.entries) enter(entry);
      for (const part of now.parts) {
        follow(part, now.alive);
        takePart(part, lostAt);
      }
      const waiting = new Map(now.entries.map((entry) => [entryKey(entry), entry]));
      for (const [key, entry] of [...entries]) {
        if (waiting.get(key)?.mark !== entry.mark)
          leave(entry.callRef, entry.queueId, 'unseen', lostAt);
      }
      for (const entry of now.entries) enter(entry);
      const gone = [...parts.values()].filter(({ key }) => !now.alive.has(key));
      for (const part of gone) end(part, null, lostAt);
    },
    open: () => ({ entries: [...entries.values()], parts: [...parts.values()] }),
  };
}

function entryKey({ callRef, queueId }: { callRef: string; queueId: string | null }): string {
  return JSON.stringify([callRef, queueId]);
}

function idOf(...words: string[]): string {
  return uuidv5(JSON.stringify(words), namespace);
}
