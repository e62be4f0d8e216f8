import type {
  BoardAgent,
  BoardCall,
  BoardChanges,
  BoardQueue,
  BoardSnapshot,
} from '#shared/sync/board.ts';

/** This desk's copy of the board, numbered anew: numbers grow over all connections. */
export interface BoardCopy {
  /** Null until everything was told once. */
  snapshot(): BoardSnapshot | null;
  replace(snapshot: BoardSnapshot): BoardSnapshot;
  change(changes: BoardChanges): BoardChanges;
}

export function createBoardCopy(): BoardCopy {
  let head: Omit<BoardSnapshot, 'queues' | 'agents' | 'calls'> | null = null;
  let number = 0;
  const queues = new Map<string, BoardQueue>();
  const agents = new Map<string, BoardAgent>();
  const calls = new Map<string, BoardCall>();

  return {
    snapshot() {
      if (!head) return null;
      return {
        ...head,
        queues: [...queues.values()],
        agents: [...agents.values()],
        calls: [...calls.values()],
      };
    },
    replace(snapshot) {
      number += 1;
      for (const map of [queues, agents, calls]) map.clear();
      for (const queue of snapshot.queues) queues.set(queue.queueId, queue);
      for (const agent of snapshot.agents) agents.set(agent.agentId, agent);
      for (const call of snapshot.calls) calls.set(call.callRef, call);
      const numbered = { ...snapshot, number };
      const { queues: _queues, agents: _agents, calls: _calls, ...rest } = numbered;
      head = rest;
      return numbered;
    },
    change(changes) {
      number += 1;
      for (const id of changes.goneQueues) queues.delete(id);
      for (const id of changes.goneAgents) agents.delete(id);
      for (const id of changes.goneCalls) calls.delete(id);
      for (const queue of changes.queues) queues.set(queue.queueId, queue);
      for (const agent of changes.agents) agents.set(agent.agentId, agent);
      for (const call of changes.calls) calls.set(call.callRef, call);
      const { at, connector } = changes;
      if (head) head = { ...head, number, at, ...(connector && { connector }) };
      return { ...changes, number };
    },
  };
}
