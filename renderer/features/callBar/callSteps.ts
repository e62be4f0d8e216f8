import type { DeskCall } from '#shared/contract/models/calls.ts';
import { useInvoke, useRun } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';
import { conferenceOf, consultOf, swapTarget } from '../../store/liveCalls.ts';
import { tellFailure } from '../../store/window.ts';

/** Both are up, so that they can be joined or brought together. */
const isUp = (call: DeskCall): boolean => call.state === 'talking' || call.state === 'held';

/** What one key does with several calls; null where it makes no sense now. */
export interface CallSteps {
  /** The colleague who is asked for a caller on hold, where this call is one of the two. */
  consult: { caller: DeskCall; colleague: DeskCall } | null;
  members: DeskCall[];
  /** Joins caller and colleague, or the two of the conference, and leaves them. */
  putThrough: (() => void) | null;
  /** Brings the calls together. */
  confer: (() => void) | null;
  /** Ends the conference; the calls stay. */
  split: (() => void) | null;
  mute: () => void;
  end: () => void;
}

/** A third call on hold is never brought together with the colleague who was asked for somebody else. */
function counterpartIn(
  { caller, colleague }: NonNullable<CallSteps['consult']>,
  call: DeskCall,
): DeskCall {
  return caller.id === call.id ? colleague : caller;
}

/** The steps from the call in the bar. */
export function useCallSteps(call: DeskCall): CallSteps {
  const run = useRun();
  const invoke = useInvoke();
  const calls = useDesk((desk) => desk.calls);
  const asking = consultOf(calls);
  const isOfConsult = asking?.caller.id === call.id || asking?.colleague.id === call.id;
  const consult = isOfConsult ? asking : null;
  const members = conferenceOf(calls);
  const [first, second] = members;
  const other = consult ? counterpartIn(consult, call) : swapTarget(calls, call);
  const pair = call.conference && first && second ? [first, second] : null;
  const asked = consult && isUp(consult.caller) && isUp(consult.colleague) ? consult : null;

  const join = (callId: string, otherId: string) => () =>
    void run('calls.join', { callId, otherId });

  async function backTo(caller: DeskCall): Promise<void> {
    if ((await run('calls.hangUp', { callId: call.id })) === null) return;
    const resumed = await invoke('calls.hold', { callId: caller.id, on: false });
    // A desk that has taken the caller back by itself, or a caller who has gone, is no failure.
    const settled = resumed.ok || ['call-state', 'call-not-found'].includes(resumed.error.code);
    if (!settled && !resumed.ok) tellFailure(resumed.error);
  }

  function end(): void {
    if (call.conference) {
      for (const member of members) void run('calls.hangUp', { callId: member.id });
      return;
    }
    if (consult?.colleague.id === call.id) void backTo(consult.caller);
    else void run('calls.hangUp', { callId: call.id });
  }

  function mute(): void {
    const on = !call.muted;
    const all = call.conference ? members : [call];
    for (const { id } of all) void run('calls.mute', { callId: id, on });
  }

  function putThrough(): (() => void) | null {
    if (members.length === 2 && pair) return join(pair[0]?.id ?? '', pair[1]?.id ?? '');
    return asked ? join(asked.caller.id, asked.colleague.id) : null;
  }

  const ready = !call.conference && other !== null && isUp(other) && isUp(call);
  return {
    consult,
    members,
    putThrough: putThrough(),
    confer: ready ? () => void run('calls.confer', { callIds: [call.id, other.id] }) : null,
    split: call.conference ? () => void run('calls.confer', { callIds: [] }) : null,
    mute,
    end,
  };
}
