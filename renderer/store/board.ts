import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { EventName, EventOf } from '#shared/contract/contract.ts';
import type { BoardChanges, BoardSnapshot } from '#shared/sync/board.ts';
import { deskNow, useNow } from '../ui/clock.ts';
import { type BoardState, boardAfter, boardOf, emptyBoard } from './boardState.ts';

/** The live board, while somebody watches it. Only the desk's answers and events write here. */
export const boardStore = createStore<BoardState>(() => emptyBoard);

/** Reads one slice: `useBoard(({ board }) => board?.figures.get(queueId))`. */
export function useBoard<T>(select: (state: BoardState) => T): T {
  return useStore(boardStore, select);
}

/** How many parts of the window want to be told. */
let watchers = 0;
let bridge: Bridge | null = null;
/** Grows with every question: an answer that was overtaken by another one counts for nothing. */
let asked = 0;

/** Feeds the store from the desk while somebody watches. Returns the way to stop. */
export function feedBoard(to: Bridge): () => void {
  bridge = to;
  const stopEvents = to.listen(take);
  const stopConnection = to.onConnection((connected) => {
    if (!connected) return;
    // It may be another desk, which counts from its beginning.
    boardStore.setState(({ board }) => ({ board: board && { ...board, number: -1 } }));
    if (watchers > 0) void ask(true);
  });
  if (watchers > 0) void ask(true);
  return () => {
    stopEvents();
    stopConnection();
    if (bridge === to) bridge = null;
  };
}

function take<E extends EventName>(name: E, payload: EventOf<E>): void {
  if (name === 'session.changed') {
    const { state } = payload as EventOf<'session.changed'>;
    if (state === 'signedOut') boardStore.setState(emptyBoard, true);
    return;
  }
  if (name === 'board.link') boardStore.setState({ link: payload as EventOf<'board.link'> });
  else if (name === 'board.snapshot') {
    const snapshot = payload as BoardSnapshot;
    takeSnapshot(snapshot, snapshot.at - deskNow());
  } else if (name === 'board.changed') takeChanges(payload as BoardChanges);
}

function takeSnapshot(snapshot: BoardSnapshot, aheadMs: number): void {
  boardStore.setState(({ board }) => ({
    board: boardOf(snapshot, board),
    aheadMs: Math.abs(aheadMs) < 1_000 ? 0 : aheadMs,
  }));
}

function takeChanges(changes: BoardChanges): void {
  // A window that was loaded anew: the one before it watched.
  if (watchers === 0) return void ask(false);
  const { board } = boardStore.getState();
  if (!board) return;
  const next = boardAfter(board, changes);
  if (next) boardStore.setState({ board: next });
  else if (changes.number > board.number) void ask(true);
}

async function ask(on: boolean): Promise<void> {
  asked += 1;
  const mine = asked;
  // Where the desk is gone for now, the connection that comes back asks.
  const result = await bridge?.invoke('board.watch', { on }).catch(() => null);
  if (!result?.ok || !on || mine !== asked) return;
  const { link, board, aheadMs } = result.value;
  boardStore.setState({ link });
  const shown = boardStore.getState().board;
  if (board && (shown === null || shown.number <= board.number)) takeSnapshot(board, aheadMs);
}

/** The board is told while a part of the window that uses this is on the screen. */
export function useWatchBoard(): void {
  useEffect(() => {
    watchers += 1;
    if (watchers === 1) void ask(true);
    return () => {
      watchers -= 1;
      if (watchers === 0) void ask(false);
    };
  }, []);
}

/** The server's time, ms UTC, new every second: what times on the board are compared with. */
export function useBoardNow(): number {
  const now = useNow();
  return now + useBoard(({ aheadMs }) => aheadMs);
}

/** The same at this moment, for what draws its times itself. */
export function boardNow(): number {
  return deskNow() + boardStore.getState().aheadMs;
}
