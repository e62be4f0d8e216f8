import type { DeskCall, NumberView, Pop } from '#shared/contract/models/calls.ts';
import type { CallKind } from '#shared/domain/calls/call.ts';
import { dialTarget } from '#shared/domain/calls/dialPolicy.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import type { HomeCountry, ParsedNumber } from '#shared/domain/numbers/types.ts';
import type { Cache } from '../../cache/cache.ts';
import type { Clock, Log } from '../../core/providers.ts';
import type { PhoneLeg } from '../../phone/phone.ts';
import { buildPop, readNumber } from '../pop.ts';

/** Who is on the line: from a leg of the phone to a call as the window is shown it. */
export interface Recognize {
  /** A call that rings here. */
  offered(leg: PhoneLeg): DeskCall;
  /** A call dialled here, to whom `dialled` says. */
  dialled(leg: PhoneLeg, dialled: Dialled): DeskCall;
  /**
   * The far side of a call with a colleague became somebody else (connected line, after a transfer to this
   * desk); null where it is still the same.
   */
  becomes(call: DeskCall, leg: PhoneLeg): Partial<DeskCall> | null;
  /** What the phone dials to reach the far side of an incoming leg; null where the number is withheld. */
  targetOf(leg: PhoneLeg): string | null;
}

export interface Dialled {
  kind: CallKind;
  number: NumberView;
  /** Known without a customer's card: a colleague, an entry of the directory. */
  name: string | null;
  queueId: string | null;
  consultFor: string | null;
}

export interface RecognizeOptions {
  cache: Cache;
  clock: Clock;
  home(): HomeCountry;
  log: Log;
  /** Name of the PBX in ids: the SIP domain of the account. */
  pbx: string;
  agentId: string;
}

/** How long queues let an agent's phone ring unless they say so; shown as a drain, decides nothing. */
const usualRingMs = 20_000;
/** One caller does not come back to one agent more often within one journey. */
const mostParts = 50;

export function createRecognize(options: RecognizeOptions): Recognize {
  const { cache, clock, log, home, pbx, agentId } = options;

  /** A cache that cannot be read costs the card, not the call. */
  function tried<T>(read: () => T, otherwise: T): T {
    try {
      return read();
    } catch (error) {
      log.error('a call is shown with less than there is', { error: String(error) });
      return otherwise;
    }
  }

  function colleagueOf(extension: string | null | undefined) {
    if (!extension) return undefined;
    return tried(() => cache.colleagues(), []).find(
      (colleague) => colleague.extension === extension,
    );
  }

  /** A caller who comes back to this agent in the same journey begins a part of its own. */
  function idFor(callRef: string): string {
    for (let part = 1; part < mostParts; part += 1) {
      const id = callIdOf(pbx, part === 1 ? callRef : `${callRef} ${part}`, agentId);
      const record = tried(() => cache.record('call', id), null);
      if (!record || record.answeredAt === null || record.endedAt === null) return id;
    }
    return callIdOf(pbx, `${callRef} ${clock.now()}`, agentId);
  }

  /** Between extensions; a queue's caller with a short number is a customer unless a colleague has it. */
  function kindOf(leg: PhoneLeg, parsed: ParsedNumber): CallKind {
    if (parsed.kind !== 'internal') return 'customer';
    return leg.queueId === null || colleagueOf(parsed.national) ? 'colleague' : 'customer';
  }

  function popFor(callId: string, kind: CallKind, parsed: ParsedNumber): Pop {
    const none: Pop = { callId, match: 'none', candidates: [], card: null };
    return kind === 'customer' ? tried(() => buildPop(cache, callId, parsed), none) : none;
  }

  function whoOf(callId: string, leg: PhoneLeg) {
    const { parsed, view } = readNumber(leg.number, home());
    const kind = kindOf(leg, parsed);
    const pop = popFor(callId, kind, parsed);
    const colleague = kind === 'colleague' ? colleagueOf(parsed.national) : undefined;
    return {
      kind,
      number: view,
      // RFC 3323 §4.1.1.3: with a withheld number stands a word such as "Anonymous", not a name.
      callerName: view.withheld ? null : (colleague?.name ?? leg.name),
      customerId: pop.card?.customer.id ?? null,
      customerName: pop.card?.customer.name ?? null,
      pop,
    };
  }

  function rest(leg: PhoneLeg): Omit<DeskCall, 'id' | 'pop' | keyof ReturnType<typeof whoOf>> {
    return {
      callRef: leg.callRef,
      direction: leg.direction,
      state: leg.state,
      queueId: leg.queueId,
      waitedMs: leg.waitedMs,
      offeredAt: clock.now(),
      ringEndsAt: leg.direction === 'in' ? clock.now() + usualRingMs : null,
      answeredAt: null,
      endedAt: null,
      endedBy: null,
      result: null,
      muted: leg.muted,
      heldSince: null,
      consultFor: null,
      conference: leg.conference,
      transferring: leg.transferring,
      transferredBy: colleagueOf(leg.transferredBy)?.name ?? leg.transferredBy,
      autoAnswerAt: null,
      quality: leg.quality,
      recording: null,
      listener: null,
      media: leg.media,
      ticketIds: [],
      wrapUp: 'none',
      wrapUpEndsAt: null,
      failure: null,
    };
  }

  return {
    offered(leg) {
      const id = idFor(leg.callRef);
      return { id, ...rest(leg), ...whoOf(id, leg) };
    },
    dialled(leg, { kind, number, name, queueId, consultFor }) {
      const id = idFor(leg.callRef);
      const { parsed } = readNumber(number.raw, home());
      const pop = popFor(id, kind, parsed);
      return {
        id,
        ...rest(leg),
        ...{ kind, number, queueId, consultFor, pop },
        callerName: name,
        customerId: pop.card?.customer.id ?? null,
        customerName: pop.card?.customer.name ?? null,
      };
    },
    becomes(call, leg) {
      if (call.kind !== 'colleague' || call.direction !== 'in') return null;
      const { view } = readNumber(leg.number, home());
      if (view.raw === call.number.raw) return null;
      return { callRef: leg.callRef, queueId: leg.queueId, ...whoOf(call.id, leg) };
    },
    targetOf: (leg) => dialTarget(readNumber(leg.number, home()).parsed),
  };
}
