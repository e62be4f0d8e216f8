import type { BulkCommand, BulkResult } from '#shared/contract/methods/ticketLists.ts';
import type { Ticket } from '#shared/domain/tickets/ticket.ts';
import { DeskError } from '#shared/result.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { fieldChanges } from '../tickets/changes.ts';
import { heldTicket, type TicketParts } from '../tickets/parts.ts';
import { stepChanges } from '../tickets/steps.ts';

type Undo = NonNullable<BulkResult['undo']>;

/** So many tickets are done before calls and keys get a turn. */
const atOnce = 25;

/**
 * One command for many tickets, each by the rules of its own: those that it is not allowed for are named, with the
 * code of the refusal, and the others are done. With `preview` nothing is written.
 */
export async function bulk(
  parts: TicketParts,
  given: { ticketIds: readonly string[]; command: BulkCommand; preview: boolean },
): Promise<BulkResult> {
  const { command, preview } = given;
  const done: string[] = [];
  const refused: BulkResult['refused'] = [];
  const before: { ticketId: string; ticket: Ticket }[] = [];
  let unchanged = 0;
  for (const [place, ticketId] of [...new Set(given.ticketIds)].entries()) {
    if (place % atOnce === atOnce - 1) await new Promise(setImmediate);
    const ticket = parts.cache.record('ticket', ticketId);
    const changes = attempt(() => changesOf(parts, ticketId, command));
    if (changes instanceof DeskError) {
      const { no = null, subject = '' } = ticket ?? {};
      refused.push({ ticketId, no, subject, code: changes.code });
    } else if (changes.length === 0) {
      unchanged += 1;
    } else {
      if (!preview) parts.cache.change(changes, parts.user.id);
      if (ticket) before.push({ ticketId, ticket });
      done.push(ticketId);
    }
  }
  return { done, unchanged, refused, undo: undoOf(command, before) };
}

function attempt(make: () => LocalChange[]): LocalChange[] | DeskError {
  try {
    return make();
  } catch (error) {
    if (error instanceof DeskError) return error;
    throw error;
  }
}

function changesOf(parts: TicketParts, ticketId: string, command: BulkCommand): LocalChange[] {
  const ticket = heldTicket(parts.cache, ticketId);
  switch (command.kind) {
    case 'assign': {
      if (ticket.ownerId === command.ownerId) return [];
      const { ownerId, note } = command;
      return stepChanges(parts, ticketId, [{ action: 'assign', ownerId, note }]);
    }
    case 'close':
      if (ticket.state === 'closed') return [];
      return stepChanges(parts, ticketId, [{ action: 'close', note: command.note }]);
    case 'priority':
      return fieldChanges(parts, ticketId, { priority: command.priority });
    case 'tag': {
      const kept = ticket.tags.filter((tag) => !command.remove.includes(tag));
      return fieldChanges(parts, ticketId, { tags: [...new Set([...kept, ...command.add])] });
    }
  }
}

/** Nothing brings back a closed ticket as it was; what had no owner is not taken from the new one. */
function undoOf(
  command: BulkCommand,
  before: readonly { ticketId: string; ticket: Ticket }[],
): Undo | null {
  switch (command.kind) {
    case 'close':
      return null;
    case 'priority':
      return grouped(before, ({ priority }) => ({ kind: 'priority', priority }));
    case 'assign':
      if (before.some(({ ticket }) => ticket.ownerId === null)) return null;
      return grouped(before, ({ ownerId }) => ({
        kind: 'assign',
        ownerId: ownerId ?? '',
        note: command.note,
      }));
    case 'tag':
      return grouped(before, ({ tags }) => ({
        kind: 'tag',
        add: command.remove.filter((tag) => tags.includes(tag)),
        remove: command.add.filter((tag) => !tags.includes(tag)),
      }));
  }
}

function grouped(
  before: readonly { ticketId: string; ticket: Ticket }[],
  commandOf: (ticket: Ticket) => BulkCommand,
): Undo {
  const groups = new Map<string, Undo[number]>();
  for (const { ticketId, ticket } of before) {
    const command = commandOf(ticket);
    const key = JSON.stringify(command);
    const group = groups.get(key) ?? { ticketIds: [], command };
    group.ticketIds.push(ticketId);
    groups.set(key, group);
  }
  return [...groups.values()];
}
