import type { WrapUpChoices } from '#shared/contract/methods/wrapUps.ts';
import type { BacklogEntry, DeskCall, WrapUpDraft } from '#shared/contract/models/calls.ts';
import { wrapUpDraftSchema } from '#shared/contract/models/calls.ts';
import type { Resting } from '#shared/domain/agents/agentState.ts';
import type { Call, WrapUp } from '#shared/domain/calls/call.ts';
import { demandsOf, missingOf, type WrapUpGap } from '#shared/domain/calls/wrapUpRules.ts';
import type { Configuration } from '#shared/domain/configuration.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../core/providers.ts';
import type { AgentService } from './agent.ts';
import type { CallBook } from './calls/callBook.ts';
import type { Logbook } from './logbook.ts';
import { readNumber } from './pop.ts';
import { keepTicketDraft } from './ticketDrafts.ts';
import { amendment } from './wrapUps/amendment.ts';
import { conclusion } from './wrapUps/conclusion.ts';
import { scriptDraftKey } from './wrapUps/scriptAnswers.ts';

/** After-call work and its conclusion, the wrap-up 小结 (C5). */
export interface WrapUpService {
  /** An answered call ended: the countdown starts. The answer is when it is over, ms UTC. */
  begin(call: DeskCall): number;
  /** The agent dials in after-call work: the form waits until the new call is over. */
  setAside(): void;
  /**
   * After the last call the form of the newest that needs one opens; the others go to the backlog, with
   * what was typed.
   */
  settle(): void;
  finish(callId: string, draft: WrapUpDraft, rest: Resting): void;
  /** Puts the form aside, also unfinished; it waits in the backlog with what was typed. */
  park(callId: string, draft: WrapUpDraft): void;
  extend(callId: string): DeskCall;
  backlog(): BacklogEntry[];
  /** What can be chosen in the wrap-up of a call: tickets to link, tags used lately. */
  choices(callId: string): WrapUpChoices;
  /** Changes a saved wrap-up, for its author and for a time; what it was before is kept. */
  amend(callId: string, draft: WrapUpDraft): WrapUp & { id: string };
  stop(): void;
}

export interface WrapUpOptions {
  user: SignedInUser;
  cache: Cache;
  logbook: Pick<Logbook, 'enter' | 'catchUp'>;
  book: CallBook;
  agent: AgentService;
  clock: Clock;
  configuration(): Configuration | null;
  home(): HomeCountry;
  /** Of the window: the words in which answers to a script are kept. */
  language(): Language;
}

const usualAfterCallMs = 120_000;
const extensionMs = 60_000;
const backlogLimit = 100;
const offeredTags = 30;
const offeredTickets = 50;

function draftKeyOf(callId: string): string {
  return `wrapUp:${callId}`;
}

export function createWrapUps(options: WrapUpOptions): WrapUpService {
  const { user, cache, logbook, book, agent, clock, configuration, home } = options;
  const timers = new Map<string, () => void>();
  const words = { user, cache, clock, configuration, home, language: options.language };

  function afterCallMs(queueId: string | null): number {
    const queue = configuration()?.queues.find((known) => known.id === queueId);
    return queue?.afterCallMs ?? usualAfterCallMs;
  }

  function startTimer(callId: string, endsAt: number): void {
    timers.get(callId)?.();
    timers.set(
      callId,
      clock.after(Math.max(0, endsAt - clock.now()), () => expire(callId)),
    );
  }

  function stopTimer(callId: string): void {
    timers.get(callId)?.();
    timers.delete(callId);
  }

  /** At zero the form goes to the backlog as it stands; half a record is never saved as final. */
  function expire(callId: string): void {
    stopTimer(callId);
    if (!agent.apply({ type: 'wrapUpExpired' })) {
      // The agent is dialling just now.
      book.update(callId, parked);
      return;
    }
    remove(callId);
  }

  function remove(callId: string): void {
    const customerId = book.find(callId)?.customerId ?? null;
    stopTimer(callId);
    book.remove(callId);
    logbook.enter(() => keepTicketDraft(cache, callId, customerId));
  }

  const ofWrapUp = (state: DeskCall['wrapUp']) =>
    book.list().filter((call) => call.state === 'ended' && call.wrapUp === state);

  function begin(call: DeskCall): number {
    const endsAt = clock.now() + afterCallMs(call.queueId);
    startTimer(call.id, endsAt);
    return endsAt;
  }

  function settle(): void {
    const { state } = agent.view();
    if (state === 'onCall' || state === 'ringing') return;
    const waiting = ofWrapUp('parked').sort(newestFirst);
    if (state === 'wrapUp' && ofWrapUp('due').length === 0) {
      const newest = waiting.shift();
      if (newest) book.update(newest.id, { wrapUp: 'due', wrapUpEndsAt: begin(newest) });
    }
    for (const call of waiting) remove(call.id);
  }

  function callOf(callId: string): Call {
    // Its record may wait to be written.
    logbook.catchUp();
    const call = cache.record('call', callId);
    if (!call) throw new DeskError('call-not-found', 'no such call here');
    return call;
  }

  function leave(callId: string, rest: Resting | null): void {
    const atHand = book.find(callId);
    if (atHand?.state !== 'ended') return;
    remove(callId);
    // Of several calls that wait for their wrap-up while another goes on, one may still be left.
    if (atHand.wrapUp === 'parked' && ofWrapUp('parked').length > 0) return;
    agent.apply({ type: 'wrapUpFinished', rest });
    settle();
  }

  return {
    begin,
    setAside() {
      for (const call of ofWrapUp('due')) {
        stopTimer(call.id);
        book.update(call.id, parked);
      }
    },
    settle,
    finish(callId, draft, rest) {
      const atHand = book.find(callId);
      if (atHand && atHand.state !== 'ended')
        throw new DeskError('call-state', 'the call is still on');
      const call = callOf(callId);
      const ticketIds = ticketsOf(callId);
      complete(draft, call, ticketIds);
      cache.change(
        conclusion({
          ...words,
          callId,
          call,
          draft,
          ticketIds,
          customerName: atHand?.customerName ?? null,
        }),
        user.id,
      );
      cache.removeDraft(draftKeyOf(callId));
      cache.removeDraft(scriptDraftKey(callId));
      leave(callId, rest);
    },
    park(callId, draft) {
      callOf(callId);
      cache.putDraft(draftKeyOf(callId), JSON.stringify(draft));
      leave(callId, null);
    },
    extend(callId) {
      const call = book.get(callId);
      if (call.wrapUpEndsAt === null) throw new DeskError('call-state', 'no after-call work here');
      const endsAt = Math.max(call.wrapUpEndsAt, clock.now()) + extensionMs;
      startTimer(callId, endsAt);
      return book.update(callId, { wrapUpEndsAt: endsAt });
    },
    backlog() {
      return cache
        .callsWithoutWrapUp(user.id, backlogLimit)
        .filter(({ callId }) => isWaiting(book.find(callId)))
        .map(({ callId, fields }) => backlogEntry(callId, fields));
    },
    choices(callId) {
      const call = callOf(callId);
      const { customerId } = call;
      return {
        queueId: call.queueId,
        customerId,
        customerName: nameOf(customerId),
        ticketIds: ticketsOf(callId),
        tickets: customerId ? cache.knowledge.linkableTickets(customerId, offeredTickets) : [],
        tags: cache.knowledge.usedTags(user.id, offeredTags),
      };
    },
    amend(callId, draft) {
      const call = callOf(callId);
      complete(draft, call, ticketsOf(callId));
      cache.change(amendment({ ...words, callId, call, draft }), user.id);
      const saved = cache.record('wrapUp', callId);
      if (!saved) throw new DeskError('not-found', 'no such wrap-up here');
      return { ...saved, id: callId };
    },
    stop() {
      for (const call of ofWrapUp('due')) remove(call.id);
      for (const callId of [...timers.keys()]) stopTimer(callId);
    },
  };

  function ticketsOf(callId: string): string[] {
    return book.find(callId)?.ticketIds ?? cache.ticketIdsOf(callId);
  }

  function gaps(draft: WrapUpDraft, call: Call, ticketIds: readonly string[]): WrapUpGap[] {
    const customerId = call.customerId ?? draft.customerId;
    const linked = [...ticketIds, ...draft.ticketIds];
    const demands = demandsOf(cache.part('wrapUps'), call.queueId);
    return missingOf({ ...draft, customerId, ticketIds: linked }, demands);
  }

  function complete(draft: WrapUpDraft, call: Call, ticketIds: readonly string[]): void {
    const [missing] = gaps(draft, call, ticketIds);
    if (missing)
      throw new DeskError('missing-field', 'the wrap-up is not complete', { field: missing });
  }

  function nameOf(customerId: string | null): string | null {
    return customerId ? (cache.record('customer', customerId)?.name ?? null) : null;
  }

  function backlogEntry(callId: string, call: Call): BacklogEntry {
    const endedAt = call.endedAt ?? call.offeredAt;
    const draft = readDraft(cache.draft(draftKeyOf(callId)));
    return {
      callId,
      customerName: nameOf(call.customerId),
      numberDisplay: readNumber(call.numberRaw, home()).view.display,
      endedAt,
      talkMs: call.answeredAt === null ? 0 : Math.max(0, endedAt - call.answeredAt),
      draft,
      missing: draft ? gaps(draft, call, ticketsOf(callId)) : [],
    };
  }
}

const parked = { wrapUp: 'parked', wrapUpEndsAt: null } as const;

/** Neither going on nor open as a form. */
function isWaiting(atDesk: DeskCall | null): boolean {
  return atDesk === null || atDesk.wrapUp === 'parked';
}

function newestFirst(one: DeskCall, other: DeskCall): number {
  return (other.endedAt ?? 0) - (one.endedAt ?? 0);
}

function readDraft(json: string | null): WrapUpDraft | null {
  if (json === null) return null;
  try {
    return wrapUpDraftSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}
