import type { InputOf } from '#shared/contract/contract.ts';
import type { ListedTask, NewTask, TaskFilter } from '#shared/contract/methods/tasks.ts';
import type { TaskView } from '#shared/contract/models/records.ts';
import { nextCallTime } from '#shared/domain/calls/callHours.ts';
import { newId } from '#shared/domain/ids.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import type { Task } from '#shared/domain/task.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import { DeskError } from '#shared/result.ts';
import { knownCaller, oneCustomer } from '../callers.ts';
import { calledCustomer, callingOf } from './calling.ts';
import { centreZone, type FollowUpParts, found } from './parts.ts';

/** Call-backs and everything else somebody has to do by a time. */
export function createTasks(parts: FollowUpParts) {
  const { cache, clock, user } = parts;

  function openTask(taskId: string): TaskView {
    const task = found(cache.task(taskId), 'task');
    if (task.state !== 'open') throw new DeskError('state-not-allowed', 'the task is over');
    return task;
  }

  function write(id: string, fields: Partial<Task>): TaskView {
    cache.change([{ entity: 'task', id, fields }], user.id);
    return found(cache.task(id), 'task');
  }

  function listed(task: TaskView): ListedTask {
    if (task.numberRaw === null) return { ...task, numberDisplay: null };
    const caller = knownCaller(task.numberRaw, parts);
    const customerName = task.customerName ?? oneCustomer(caller)?.name ?? null;
    return { ...task, customerName, numberDisplay: caller.display };
  }

  function taker(id: string): { ownerId: string; ownerName: string } {
    const other = found(cache.record('user', id), 'user');
    if (!other.active) throw new DeskError('not-found', 'this user does not work here any more');
    return { ownerId: id, ownerName: other.name };
  }

  return {
    view(filter: TaskFilter, limit: number) {
      const own = filter.whose === 'mine' ? null : filter.ownerId;
      const { tasks, total } = cache.followUp.tasksBy({ ...filter, ownerId: own }, user.id, limit);
      return { tasks: tasks.map(listed), total };
    },
    get(taskId: string) {
      const task = found(cache.task(taskId), 'task');
      return { task, calling: callingOf(parts, task.customerId, task.numberRaw) };
    },
    create(input: NewTask): TaskView {
      const customer = calledCustomer(cache, input.customerId);
      const owner = input.ownerId === null ? null : taker(input.ownerId);
      const callHours = input.kind === 'reminder' ? null : (customer?.callHours ?? null);
      const ticket = input.ticketId === null ? null : cache.record('ticket', input.ticketId);
      return write(newId(), {
        kind: input.kind,
        title: normalizeText(input.title),
        customerId: input.customerId,
        customerName: customer?.name ?? null,
        numberRaw: input.numberRaw ?? customer?.number ?? null,
        callId: input.callId,
        ticketId: input.ticketId,
        ...(owner ?? { ownerId: user.id, ownerName: user.name }),
        dueAt: nextCallTime(callHours, input.dueAt, centreZone(cache)),
        state: 'open',
        createdAt: clock.now(),
        notes: normalizeText(input.notes),
        attempts: [],
        remindAt: input.remindAt,
        queueId: ticket?.queueId ?? null,
        doneAt: null,
        doneBy: null,
      });
    },
    change({ taskId, notes, ...times }: InputOf<'tasks.change'>): TaskView {
      openTask(taskId);
      const { dueAt, remindAt } = times;
      return write(taskId, {
        ...(notes !== undefined && { notes: normalizeText(notes) }),
        ...(dueAt !== undefined && { dueAt }),
        // Another due time is another time to be reminded of it.
        ...(remindAt !== undefined ? { remindAt } : dueAt !== undefined ? { remindAt: null } : {}),
      });
    },
    close({ taskId, as, notes }: InputOf<'tasks.close'>): TaskView {
      const task = openTask(taskId);
      if (task.kind === 'returnVisit' && !mayDo(user.role, 'tickets.manage')) {
        throw new DeskError('state-not-allowed', 'a return visit ends with what the customer said');
      }
      const texts = [task.notes, normalizeText(notes)].filter((text) => text.trim() !== '');
      return write(taskId, {
        state: as,
        notes: texts.join('\n'),
        doneAt: clock.now(),
        doneBy: user.name,
      });
    },
    assign({ taskId, ownerId }: InputOf<'tasks.assign'>): TaskView {
      openTask(taskId);
      return write(taskId, taker(ownerId));
    },
    tried({ taskId, outcome, callId }: InputOf<'tasks.tried'>): TaskView {
      const task = openTask(taskId);
      const attempt = { at: clock.now(), outcome, byId: user.id, byName: user.name, callId };
      return write(taskId, { attempts: [...task.attempts, attempt].slice(-100) });
    },
    takers: () => cache.followUp.takers(),
  };
}
