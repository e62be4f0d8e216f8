import type { NewCustomer, NewTicket } from '#shared/contract/methods/records.ts';
import type { Card, TaskView, TicketDetail, TicketView } from '#shared/contract/models.ts';
import { newId } from '#shared/domain/ids.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { foldText, normalizeText } from '#shared/domain/text.ts';
import { defaultResolveMs } from '#shared/domain/ticket.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache, LocalChange } from '../cache/cache.ts';
import type { Clock } from '../core/providers.ts';
import type { CallService } from './calls.ts';

/** What the agent writes down besides the wrap-up: customers, tickets, notes, tasks. */
export interface RecordService {
  register(customer: NewCustomer): Card;
  createTicket(ticket: NewTicket): TicketView;
  noteTicket(ticketId: string, note: string): TicketDetail;
  finishTask(taskId: string): TaskView;
}

export interface RecordOptions {
  user: SignedInUser;
  cache: Cache;
  calls: CallService;
  clock: Clock;
  home(): HomeCountry;
}

export function createRecords(options: RecordOptions): RecordService {
  const { user, cache, calls, clock, home } = options;

  function ticketDetail(ticketId: string): TicketDetail {
    const detail = cache.ticket(ticketId);
    if (!detail) throw new DeskError('not-found', 'no such ticket here');
    return detail;
  }

  function register(input: NewCustomer): Card {
    const id = newId();
    cache.change(registration(id, input), user.id);
    const card = cache.card(id);
    if (!card) throw new DeskError('internal', 'the new customer is not in the cache');
    if (input.callId && calls.find(input.callId)) calls.chooseCustomer(input.callId, id);
    return card;
  }

  function registration(id: string, input: NewCustomer): LocalChange[] {
    const now = clock.now();
    const today = localDate(now);
    const source = input.callId ? 'call' : 'desk';
    const customer = {
      no: null,
      kind: input.kind,
      name: normalizeText(input.name),
      valueClass: 'B' as const,
      since: today,
      tags: [],
      profile: input.language
        ? { language: { value: input.language, verifiedOn: today, source } }
        : {},
      pinnedNote: input.pinnedNote,
      createdAt: now,
      createdBy: user.id,
    };
    const changes: LocalChange[] = [{ entity: 'customer', id, fields: customer }];
    const point = (kind: 'phone' | 'email' | 'address', raw: string, preferred: boolean) => {
      const number = kind === 'phone' ? parseNumber(raw, home()) : null;
      changes.push({
        entity: 'contactPoint',
        id: newId(),
        fields: {
          customerId: id,
          kind,
          label: 'other',
          raw: normalizeText(raw),
          normal: number ? (number.matchKeys.exactKey ?? null) : foldText(raw),
          extension: number?.extension ?? null,
          preferred,
          verifiedOn: today,
          retired: false,
        },
      });
    };
    if (input.numberRaw.trim()) point('phone', input.numberRaw, true);
    if (input.email?.trim()) point('email', input.email, false);
    if (input.address?.trim()) point('address', input.address, false);
    return changes;
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
    register,
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
      cache.change([{ entity: 'task', id: taskId, fields: { state: 'done' } }], user.id);
      const task = cache.task(taskId);
      if (!task) throw new DeskError('internal', 'the task is not in the cache');
      return task;
    },
  };
}

/** Today at this desk, `YYYY-MM-DD`. */
function localDate(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
