import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Call } from '#shared/domain/calls/call.ts';
import type { CallReport } from '#shared/domain/calls/callQuality.ts';
import { DeskError } from '#shared/result.ts';
import type { LocalChange } from '../../cache/cache.ts';
import type { EventHub } from '../../core/events.ts';
import type { Clock } from '../../core/providers.ts';
import { callFields } from '../callRecords.ts';
import { createHoldTimes } from '../holdTimes.ts';

/** What is recorded of a call beside what the window is shown. */
export interface Noted {
  report: CallReport | null;
  transferredTo: string | null;
  recordingGaps: Call['recordingGaps'];
  /** What the phone dials to reach the far side again; null where it withheld its number. */
  target: string | null;
  /** The agent has chosen a customer, or none: nothing is bound by itself any more. */
  decided: boolean;
}

/** The calls at this desk with their legs at the phone; every change is told to the window. */
export interface CallBook {
  list(): DeskCall[];
  /** Calls that are not over, newest first. */
  live(): DeskCall[];
  find(callId: string): DeskCall | null;
  /** Throws `call-not-found`. */
  get(callId: string): DeskCall;
  ofLeg(leg: string): DeskCall | null;
  /** The leg of a call that is not over. Throws `call-not-found`, `call-state`. */
  legFor(callId: string): string;
  add(call: DeskCall, leg: string, target: string | null): DeskCall;
  /** Merges into the call and tells the window. */
  update(callId: string, change: Partial<DeskCall>): DeskCall;
  remove(callId: string): void;
  noted(callId: string): Noted;
  note(callId: string, change: Partial<Noted>): void;
  /** Counts the time on hold, told with every change of state. */
  held(callId: string, isHeld: boolean): void;
  /** The record of the call as it stands now. */
  recordOf(call: DeskCall): LocalChange;
}

interface Entry {
  call: DeskCall;
  leg: string;
  noted: Noted;
}

export function createCallBook(
  events: Pick<EventHub, 'emit'>,
  clock: Clock,
  agentId: string,
): CallBook {
  const entries = new Map<string, Entry>();
  const callOf = new Map<string, string>();
  const holds = createHoldTimes(clock);

  function entry(callId: string): Entry {
    const found = entries.get(callId);
    if (!found) throw new DeskError('call-not-found', 'no such call at this desk');
    return found;
  }

  function put(callId: string, call: DeskCall): DeskCall {
    entry(callId).call = call;
    events.emit('call.changed', call);
    return call;
  }

  const list = () => [...entries.values()].map(({ call }) => call);

  return {
    list,
    live: () =>
      list()
        .filter(({ state }) => state !== 'ended')
        .reverse(),
    find: (callId) => entries.get(callId)?.call ?? null,
    get: (callId) => entry(callId).call,
    ofLeg(leg) {
      const callId = callOf.get(leg);
      return callId ? (entries.get(callId)?.call ?? null) : null;
    },
    legFor(callId) {
      const { call, leg } = entry(callId);
      if (call.state === 'ended') throw new DeskError('call-state', 'the call is over');
      return leg;
    },
    add(call, leg, target) {
      const noted = {
        report: null,
        transferredTo: null,
        recordingGaps: [],
        target,
        decided: false,
      };
      entries.set(call.id, { call, leg, noted });
      callOf.set(leg, call.id);
      return put(call.id, call);
    },
    update: (callId, change) => put(callId, { ...entry(callId).call, ...change }),
    remove(callId) {
      const found = entries.get(callId);
      if (!found) return;
      entries.delete(callId);
      callOf.delete(found.leg);
      holds.forget(callId);
      events.emit('call.removed', { callId });
    },
    noted: (callId) => entry(callId).noted,
    note(callId, change) {
      const found = entries.get(callId);
      if (found) found.noted = { ...found.noted, ...change };
    },
    held(callId, isHeld) {
      holds.change(callId, isHeld);
    },
    recordOf(call) {
      const { noted } = entry(call.id);
      const fields = callFields(call, agentId, { ...noted, heldMs: holds.total(call.id) });
      return { entity: 'call', id: call.id, fields };
    },
  };
}
