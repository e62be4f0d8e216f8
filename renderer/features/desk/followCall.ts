import { useEffect } from 'react';
import { goTo } from '../../app/routes.ts';
import { useDesk } from '../../store/desk.ts';
import { subjectOf } from '../../store/liveCalls.ts';
import { followCall, windowStore } from '../../store/window.ts';

/** Opens the card of a call because the agent asks for it. */
export function openCardOf(callId: string): void {
  followCall(callId);
  goTo('desk');
}

/** The call whose card belongs to what is in the call bar; while a colleague is asked, the customer's. */
export function useSubjectId(): string | null {
  return useDesk((desk) => {
    const active = desk.calls.find((call) => call.id === desk.activeCallId) ?? null;
    return subjectOf(desk.calls, active)?.id ?? null;
  });
}

/**
 * A new call's card opens by itself only while no form holds typing; otherwise the work stays in
 * its place and the call bar offers to open the card.
 */
export function useFollowCall(): void {
  const callId = useSubjectId();
  useEffect(() => {
    if (callId === null) return;
    const { dirtyForms, followedCallId } = windowStore.getState();
    if (followedCallId === callId) return;
    if (dirtyForms.size === 0) openCardOf(callId);
  }, [callId]);
}
