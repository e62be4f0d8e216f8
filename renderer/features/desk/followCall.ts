import { useEffect } from 'react';
import { goTo } from '../../app/routes.ts';
import { useCallInBar } from '../../store/desk.ts';
import { followCall, windowStore } from '../../store/window.ts';

/** Opens the card of a call because the agent asks for it. */
export function openCardOf(callId: string): void {
  followCall(callId);
  goTo('desk');
}

/**
 * A new call's card opens by itself only while no form holds typing; otherwise the work stays in
 * its place and the call bar offers to open the card.
 */
export function useFollowCall(): void {
  const callId = useCallInBar()?.id ?? null;
  useEffect(() => {
    if (callId === null) return;
    const { dirtyForms, followedCallId } = windowStore.getState();
    if (followedCallId === callId) return;
    if (dirtyForms.size === 0) openCardOf(callId);
  }, [callId]);
}
