import type { NewTicket } from '#shared/contract/methods/records.ts';
import type { TaskView, TicketDetail, TicketView } from '#shared/contract/models.ts';
import { newId } from '#shared/domain/ids.ts';
import { normalizeText } from '#shared/domain/text.ts';
import { defaultResolveMs } from '#shared/domain/ticket.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../core/providers.ts';
import type { CallService } from './calls.ts';

/** What the agent writes down besides the wrap-up: tickets, notes, tasks. */
export interface RecordService {
  createTicket(ticket: NewTicket): TicketView;
  noteTicket(ticketId: string, note: string): TicketDetail;
  finishTask(taskId: string): TaskView;
}

export interface RecordOptions {
  user: SignedInUser;
  cache: Cache;
  calls: CallService;
  clock: Clock;
}

export function createRecords(options: RecordOptions): RecordService {
  const { user, cache, calls, clock } = options;

  function ticketDetail(ticketId: string): TicketDetail {
    const detail = cache.ticket(ticketId);
    if (!detail) throw new DeskError('not-found', 'no such ticket here');
    return detail;
  }

  function createTicket(input: NewTicket): TicketView {
    const now = clock.now();
    const id = newId();
    const call = input.callId ? calls.find(input.callId) : null;
    const customerId = input.customerId ?? call?.customerId ?? null;
    const subject = normalizeText(input.subject);
    const ticket = {
      no: null,
      type: input.type,
      categoryId: input.categoryId,
      priority: input.priority,
      state: 'registered' as const,
      subject,
      description: normalizeText(input.description),
      customerId,
      callId: input.callId,
      queueId: call?.queueId ?? null,
      numberRaw: call?.number.raw || null,
      ownerId: user.id,
      firstContactId: user.id,
      firstContactName: user.name,
      createdAt: now,
      dueAt: input.dueAt ?? now + defaultResolveMs[input.priority],
      closedAt: null,
    };
    const by = { at: now, byId: user.id, byName: user.name };
    cache.change(
      [
        { entity: 'ticket', id, fields: ticket },
        {
          entity: 'ticketEvent',
          id: newId(),
          fields: { ticketId: id, name: 'ticket.created', note: null, ...by },
        },
        {
          entity: 'contact',
          id: newId(),
          fields: {
            customerId,
            kind: 'ticket',
            at: now,
            title: subject,
            detail: '',
            agentId: user.id,
            agentName: user.name,
            queueId: ticket.queueId,
            direction: null,
            durationMs: null,
            refId: id,
            outcome: 'registered',
          },
        },
      ],
      user.id,
    );
    if (call) calls.update(call.id, { ticketIds: [...call.ticketIds, id] });
    return ticketDetail(id).ticket;
  }

  return {
    createTicket,
    noteTicket(ticketId, note) {
      ticketDetail(ticketId);
      const fields = {
        ticketId,
        name: 'ticket.noted' as const,
        at: clock.now(),
        byId: user.id,
        byName: user.name,
        note: normalizeText(note),
      };
      cache.change([{ entity: 'ticketEvent', id: newId(), fields }], user.id);
      return ticketDetail(ticketId);
    },
    finishTask(taskId) {
      if (!cache.task(taskId)) throw new DeskError('not-found', 'no such task here');
      const fields = { state: 'done' as const, doneAt: clock.now(), doneBy: user.name };
      cache.change([{ entity: 'task', id: taskId, fields }], user.id);
      const task = cache.task(taskId);
      if (!task) throw new DeskError('internal', 'the task is not in the cache');
      return task;
    },
  };
}
