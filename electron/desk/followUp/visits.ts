import type { InputOf } from '#shared/contract/contract.ts';
import type { VisitAnswer, VisitView } from '#shared/contract/methods/feedback.ts';
import type { TaskView } from '#shared/contract/models/records.ts';
import type { AnswerSheet } from '#shared/domain/feedback/feedback.ts';
import {
  checkedAnswers,
  meanHundredths,
  scoresOf,
} from '#shared/domain/feedback/questionnaires.ts';
import { answerSheetIdOf } from '#shared/domain/ids.ts';
import type { AttemptOutcome } from '#shared/domain/task.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import { afterTry, failedTries } from '#shared/domain/tickets/returnVisit.ts';
import type { StepCommand } from '#shared/domain/tickets/ticketFlow.ts';
import { DeskError } from '#shared/result.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { stepChanges } from '../tickets/steps.ts';
import { callingOf } from './calling.ts';
import { centreZone, type FollowUpParts, found } from './parts.ts';

type NotReached = InputOf<'visits.notReached'>;

/** Return visits: what is to be asked, what the customer said, and what becomes of the ticket then. */
export function createVisits(parts: FollowUpParts) {
  const { cache, clock, user } = parts;

  function visitTask(taskId: string): TaskView & { ticketId: string } {
    const task = found(cache.task(taskId), 'task');
    if (task.kind !== 'returnVisit' || task.ticketId === null) {
      throw new DeskError('not-found', 'this task is no return visit');
    }
    return { ...task, ticketId: task.ticketId };
  }

  function openVisit(taskId: string) {
    const task = visitTask(taskId);
    if (task.state !== 'open') throw new DeskError('state-not-allowed', 'the visit is over');
    return task;
  }

  function questionnaireNow() {
    const rules = cache.part('returnVisits');
    const named =
      rules.questionnaireId === null ? null : cache.followUp.questionnaire(rules.questionnaireId);
    if (named?.active && !named.retired) return named;
    return cache.followUp.questionnaires().find(({ active }) => active) ?? null;
  }

  function get(taskId: string): VisitView {
    const task = visitTask(taskId);
    const detail = found(cache.ticket(task.ticketId), 'ticket');
    return {
      task,
      ticket: detail.ticket,
      questionnaire: questionnaireNow(),
      calling: callingOf(parts, task.customerId, task.numberRaw),
      tries: failedTries(task.attempts),
      mostTries: cache.part('returnVisits').attempts,
      sheet: cache.followUp.sheet(answerSheetIdOf(taskId)),
    };
  }

  /** The visit begins with the step of that name, whatever it ends with. */
  function stepsOfVisit(task: TaskView & { ticketId: string }, end: StepCommand): LocalChange[] {
    const { state } = found(cache.record('ticket', task.ticketId), 'ticket');
    const begin: StepCommand[] = state === 'resolved' ? [{ action: 'visit' }] : [];
    const changes = stepChanges(parts, task.ticketId, [...begin, end]);
    // The end of this visit is written with what it came to.
    return changes.filter(({ entity, id }) => entity !== 'task' || id !== task.id);
  }

  function taskEnd(task: TaskView, outcome: AttemptOutcome, callId: string | null, note: string) {
    const now = clock.now();
    const attempt = { at: now, outcome, byId: user.id, byName: user.name, callId };
    const notes = [task.notes, normalizeText(note)].filter((text) => text.trim() !== '').join('\n');
    return {
      attempts: [...task.attempts, attempt],
      notes,
      state: 'done' as const,
      doneAt: now,
      doneBy: user.name,
    };
  }

  function answer({ taskId, answers, outcome, note, callId }: VisitAnswer): VisitView {
    const task = openVisit(taskId);
    const ticket = found(cache.record('ticket', task.ticketId), 'ticket');
    const questionnaire = questionnaireNow();
    const questions = questionnaire?.questions ?? [];
    const given = checkedAnswers(questions, answers);
    const { ownerId, queueId, categoryId, customerId } = ticket;
    const agentId = ownerId ?? ticket.firstContactId;
    const sheet: AnswerSheet | null = questionnaire && {
      questionnaireId: questionnaire.id,
      edition: questionnaire.edition,
      customerId,
      ticketId: task.ticketId,
      taskId,
      callId,
      agentId,
      agentName: cache.record('user', agentId)?.name ?? null,
      queueId,
      categoryId,
      answers: given,
      questions,
      scoreHundredths: meanHundredths(scoresOf(questions, given)),
      outcome,
      at: clock.now(),
      byId: user.id,
      byName: user.name,
    };
    const reason = normalizeText(note);
    const end: StepCommand =
      outcome === 'satisfied'
        ? { action: 'close', visit: 'satisfied', note: reason || null }
        : { action: 'reopen', visit: 'unsatisfied', note: reason };
    const changes: LocalChange[] = [
      ...stepsOfVisit(task, end),
      { entity: 'task', id: taskId, fields: taskEnd(task, 'reached', callId, note) },
    ];
    if (sheet) changes.push({ entity: 'answerSheet', id: answerSheetIdOf(taskId), fields: sheet });
    cache.change(changes, user.id);
    return get(taskId);
  }

  function notReached({ taskId, outcome, laterAt, note, callId }: NotReached): VisitView {
    const task = openVisit(taskId);
    const rules = cache.part('returnVisits');
    const ended = taskEnd(task, outcome, callId, note);
    const { callHours } = callingOf(parts, task.customerId, null);
    const wishes = { at: clock.now(), laterAt, callHours, timeZone: centreZone(cache) };
    const next = afterTry(rules, ended.attempts, wishes);
    if (next.kind === 'again') {
      const { attempts, notes } = ended;
      const fields = { attempts, notes, dueAt: next.dueAt, remindAt: null };
      cache.change([{ entity: 'task', id: taskId, fields }], user.id);
      return get(taskId);
    }
    const end: StepCommand = { action: 'close', visit: 'unreachable', note: note || null };
    const up: StepCommand = { ...end, action: 'escalate', note: note || unreachableNote };
    const changes = unlessForbidden(
      () => (next.outcome === 'close' ? stepsOfVisit(task, end) : null),
      () => stepsOfVisit(task, up),
    );
    cache.change([...changes, { entity: 'task', id: taskId, fields: ended }], user.id);
    return get(taskId);
  }

  return {
    get,
    ofTicket: (ticketId: string) => ({
      visits: cache.followUp.visitsOfTicket(ticketId),
      sheets: cache.followUp.sheetsOfTicket(ticketId),
    }),
    answer,
    notReached,
  };
}

/** Whoever reads the history sees why, whatever was written down. */
const unreachableNote = '—';

/** What the rules of the centre leave to a supervisor goes to one. */
function unlessForbidden<T>(first: () => T | null, second: () => T): T {
  try {
    return first() ?? second();
  } catch (error) {
    if (error instanceof DeskError && error.code === 'forbidden') return second();
    throw error;
  }
}
