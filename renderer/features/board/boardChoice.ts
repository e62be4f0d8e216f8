import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Arrangement } from './agents/agentOrder.ts';
import type { QueueOrder } from './queueOrder.ts';

/** What the supervisor looks at; kept while other pages are open. */
export interface BoardChoice {
  teamId: string | null;
  queueId: string | null;
  arrangement: Arrangement;
  queueOrder: QueueOrder;
  withSignedOut: boolean;
  /** The agent whose panel is open. */
  agentId: string | null;
}

export const usualChoice: BoardChoice = {
  teamId: null,
  queueId: null,
  arrangement: 'state',
  queueOrder: 'set',
  withSignedOut: false,
  agentId: null,
};

export const choiceStore = createStore<BoardChoice>(() => usualChoice);

export function useChoice(): BoardChoice {
  return useStore(choiceStore);
}

export function choose(change: Partial<BoardChoice>): void {
  choiceStore.setState(change);
}
