import { DeskError } from '#shared/result.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { stepChanges } from '../tickets/steps.ts';
import { type FollowUpParts, found } from './parts.ts';

interface Taker {
  id: string;
  name: string;
}

/** What somebody who leaves has open, given to others in one go. */
export function createHandOver({ cache, clock, user }: FollowUpParts) {
  /** Tickets that may change their owner; those that are resolved already keep theirs. */
  function planned(fromId: string) {
    const tasks = cache.followUp.openTasksOf(fromId);
    const ids = cache.followUp.openTicketsOf(fromId);
    const tickets = ids.filter((id) => assignment(id, { id: user.id, name: user.name }) !== null);
    return { tasks, tickets, skipped: ids.length - tickets.length };
  }

  function assignment(ticketId: string, to: Taker): LocalChange[] | null {
    try {
      return stepChanges({ user, cache, clock }, ticketId, [{ action: 'assign', ownerId: to.id }]);
    } catch (error) {
      if (error instanceof DeskError) return null;
      throw error;
    }
  }

  function takersOf(fromId: string, toIds: readonly string[]): Taker[] {
    found(cache.record('user', fromId), 'user');
    return [...new Set(toIds)].map((id) => {
      const to = found(cache.record('user', id), 'user');
      if (id === fromId || !to.active) {
        throw new DeskError('invalid-input', 'this user cannot take it', { field: 'toIds' });
      }
      return { id, name: to.name };
    });
  }

  return {
    preview(fromId: string) {
      const { tasks, tickets, skipped } = planned(fromId);
      return { tasks: tasks.length, tickets: tickets.length, skipped };
    },
    run(fromId: string, toIds: readonly string[]) {
      const takers = takersOf(fromId, toIds);
      const { tasks, tickets } = planned(fromId);
      const inTurn = (at: number): Taker => found(takers[at % takers.length], 'user');
      const changes = tasks.map((task, at): LocalChange => {
        const { id: ownerId, name: ownerName } = inTurn(at);
        return { entity: 'task', id: task.id, fields: { ownerId, ownerName } };
      });
      for (const [at, ticketId] of tickets.entries()) {
        changes.push(...(assignment(ticketId, inTurn(at)) ?? []));
      }
      if (changes.length > 0) cache.change(changes, user.id);
      return { tasks: tasks.length, tickets: tickets.length };
    },
  };
}
