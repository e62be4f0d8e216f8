import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Notice } from '#shared/contract/models/desk.ts';
import { mayDo, type Permission } from '#shared/domain/permissions.ts';
import type { Parts } from '#shared/domain/settings/parts.ts';
import { lackForCalls } from '#shared/domain/user.ts';
import { setClockOffset } from '../ui/clock.ts';
import { feedBoard } from './board.ts';
import { applyEvent, applySnapshot, type DeskState, emptyDesk } from './deskState.ts';

export const deskStore = createStore<DeskState>(() => emptyDesk);

/** Reads one slice: `useDesk((desk) => desk.agent)`. */
export function useDesk<T>(select: (desk: DeskState) => T): T {
  return useStore(deskStore, select);
}

/**
 * Feeds the store from the desk. Events that arrive while the snapshot is on its way are applied
 * after it: each tells the whole state of its thing, so the newest one wins in any order.
 * Returns the way to stop.
 */
export function feedDesk(bridge: Bridge): () => void {
  let waiting: (() => void)[] | null = [];

  const stopEvents = bridge.listen((name, payload) => {
    const apply = () => deskStore.setState((state) => applyEvent(state, name, payload), true);
    if (waiting) waiting.push(apply);
    else apply();
  });

  async function readSnapshot(): Promise<void> {
    waiting ??= [];
    const result = await bridge.invoke('desk.snapshot', {});
    if (!result.ok) return;
    setClockOffset(result.value.now - Date.now());
    deskStore.setState((state) => applySnapshot(state, result.value), true);
    const late = waiting ?? [];
    waiting = null;
    for (const apply of late) apply();
  }

  const stopConnection = bridge.onConnection((connected) => {
    deskStore.setState({ connected });
    if (connected) void readSnapshot();
  });
  void readSnapshot();
  const stopBoard = feedBoard(bridge);

  return () => {
    stopBoard();
    stopEvents();
    stopConnection();
  };
}

/** Forgets a number that was asked for, once the agent has decided. */
export function clearDialAsked(): void {
  deskStore.setState({ dialAsked: null });
}

/** The call that has the call bar. */
export function useCallInBar(): DeskCall | null {
  return useDesk((desk) => desk.calls.find((call) => call.id === desk.activeCallId) ?? null);
}

/** Whether the signed-in user may do that. */
export function useMayDo(permission: Permission): boolean {
  return useDesk((desk) => {
    const role = desk.session.user?.role;
    return role !== undefined && mayDo(role, permission);
  });
}

/** Whether a phone can ring for the signed-in user, so that they dial and choose when calls come. */
export function useTakesCalls(): boolean {
  return useDesk(({ session }) => session.user !== null && lackForCalls(session.user) === null);
}

/** What the desk has to tell, the newest last. That a break is over is nothing to who takes no calls. */
export function useNotices(): readonly Notice[] {
  const notices = useDesk((desk) => desk.notices);
  const takesCalls = useTakesCalls();
  return useMemo(
    () => notices.filter(({ failure }) => takesCalls || failure.code !== 'break-over'),
    [notices, takesCalls],
  );
}

/** A part of what is set for everybody; null until the desk has told. */
export function usePart<K extends keyof Parts>(key: K): Parts[K] | null {
  return useDesk((desk) => desk.parts?.[key] ?? null);
}
