import type { Handlers } from '../../handler/handler.ts';
import { done } from '../done.ts';
import { createComplaints } from './complaints.ts';
import { createFeedback } from './feedback.ts';
import { createHandOver } from './handOver.ts';
import { createMissedCalls } from './missedCalls.ts';
import type { FollowUpParts } from './parts.ts';
import { createTasks } from './tasks.ts';
import { createVisits } from './visits.ts';

type FollowUpMethod = Extract<
  keyof Handlers,
  | `complaints.${string}`
  | `visits.${string}`
  | `feedback.${string}`
  | `handOver.${string}`
  | `missedCalls.${string}`
  | `tasks.${'view' | 'get' | 'create' | 'change' | 'close' | 'assign' | 'tried' | 'takers'}`
>;

/** What a window asks of complaints, return visits, answers, tasks and missed calls. */
export function followUpHandlers(parts: FollowUpParts): Pick<Handlers, FollowUpMethod> {
  const complaints = createComplaints(parts);
  const visits = createVisits(parts);
  const feedback = createFeedback(parts);
  const tasks = createTasks(parts);
  const handOver = createHandOver(parts);
  const missedCalls = createMissedCalls(parts);
  return {
    'complaints.get': ({ ticketId }) => complaints.get(ticketId),
    'complaints.change': ({ ticketId, change }) => complaints.change(ticketId, change),
    'complaints.reach': ({ ticketId, stage }) => complaints.reach(ticketId, stage),
    'complaints.repeats': complaints.repeats,
    'complaints.list': ({ filter, limit }) => complaints.list(filter, limit),
    'complaints.figures': complaints.figures,
    'visits.get': ({ taskId }) => visits.get(taskId),
    'visits.ofTicket': ({ ticketId }) => visits.ofTicket(ticketId),
    'visits.answer': visits.answer,
    'visits.notReached': visits.notReached,
    'feedback.questionnaires': feedback.questionnaires,
    'feedback.save': feedback.save,
    'feedback.retire': ({ id }) => done(feedback.retire(id)),
    'feedback.scores': feedback.scores,
    'feedback.sheets': ({ filter, limit }) => feedback.sheets(filter, limit),
    'tasks.view': ({ filter, limit }) => tasks.view(filter, limit),
    'tasks.get': ({ taskId }) => tasks.get(taskId),
    'tasks.create': tasks.create,
    'tasks.change': tasks.change,
    'tasks.close': tasks.close,
    'tasks.assign': tasks.assign,
    'tasks.tried': tasks.tried,
    'tasks.takers': tasks.takers,
    'handOver.preview': ({ fromId }) => handOver.preview(fromId),
    'handOver.run': ({ fromId, toIds }) => handOver.run(fromId, toIds),
    'missedCalls.list': ({ state, limit }) => missedCalls.list(state, limit),
    'missedCalls.take': ({ id, mine }) => missedCalls.take(id, mine),
    'missedCalls.dismiss': ({ id, reason }) => missedCalls.dismiss(id, reason),
  };
}
