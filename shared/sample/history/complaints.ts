import { meanHundredths, scoresOf } from '../../domain/feedback/questionnaires.ts';
import type { Complaint, ComplaintStage } from '../../domain/tickets/complaint.ts';
import { asFarAs, reopened } from '../../domain/tickets/complaintStages.ts';
import type { Level, Ticket, TicketAction, TicketStep } from '../../domain/tickets/ticket.ts';
import { practiceUsers } from '../practiceUsers.ts';
import { usualQuestionnaire } from '../questionnaire.ts';
import { Random, weights } from '../random.ts';
import { streams } from '../size.ts';
import { betterWords, complaintWords } from './complaintWords.ts';
import type { Making } from './making.ts';
import { of } from './words.ts';

const severities = weights<Level>([
  [30, 'low'],
  [50, 'medium'],
  [20, 'high'],
]);

/** As complaints follow their tickets at a desk, and as people work on them beside. */
const stagesBySteps: Partial<Record<TicketAction, ComplaintStage>> = {
  acknowledge: 'acknowledged',
  assign: 'acknowledged',
  start: 'assessed',
  escalate: 'investigated',
  wait: 'investigated',
  resolve: 'responded',
  visit: 'communicated',
  close: 'closed',
};

/** The record of a complaint, from its ticket and the steps that were taken. */
export function addComplaint(
  { into, plan }: Making,
  id: string,
  { customerId, categoryId, createdAt }: Ticket,
  steps: readonly TicketStep[],
): void {
  const words = complaintWords[categoryId ?? ''];
  if (!words) return;
  // A series of its own: what the other records draw does not move.
  const random = new Random(createdAt, streams.complaints, plan.index);
  const own = of(words, plan.language);
  let complaint: Complaint = {
    ...{ ticketId: id, customerId, categoryId, createdAt, repeatOf: null },
    ...{ severity: random.weighted(severities), impact: random.weighted(severities) },
    ...{ remedySought: random.pick(own.remedies), rootCause: '', correctiveAction: '' },
    ...{ stage: 'received', stagesAt: { received: createdAt } },
  };
  const rootCause = random.pick(own.causes);
  const correctiveAction = random.pick(own.actions);
  for (const { action, at } of steps) {
    if (action === 'escalate' || action === 'wait') complaint = { ...complaint, rootCause };
    if (action === 'resolve') complaint = { ...complaint, rootCause, correctiveAction };
    const to = stagesBySteps[action];
    const next = action === 'reopen' ? reopened(complaint) : to ? asFarAs(complaint, to, at) : null;
    complaint = { ...complaint, ...next };
  }
  into.push({ entity: 'complaint', id, fields: complaint });
}

const satisfiedScores = weights([
  [62, 5],
  [33, 4],
  [5, 3],
]);
const unsatisfiedScores = weights([
  [30, 1],
  [45, 2],
  [25, 3],
]);

/** What the customer answered at a return visit that led to a step. */
export function addAnswers(
  { into, plan }: Making,
  ticketId: string,
  { customerId, categoryId, queueId, ownerId, firstContactId }: Ticket,
  { at, byId, byName, visit }: TicketStep,
): void {
  if (visit !== 'satisfied' && visit !== 'unsatisfied') return;
  const random = new Random(at, streams.complaints, plan.index);
  const scores = visit === 'satisfied' ? satisfiedScores : unsatisfiedScores;
  const score = () => random.weighted(scores);
  const answers: Record<string, number | boolean | string> = {
    ...{ overall: score(), speed: score(), manner: score() },
    solved: visit === 'satisfied',
    ...(random.chance(0.3) && { better: random.pick(of(betterWords, plan.language)) }),
  };
  const { id: questionnaireId, fields } = usualQuestionnaire;
  const { edition, questions } = fields;
  const agentId = ownerId ?? firstContactId;
  into.push({
    entity: 'answerSheet',
    id: random.uuid(at),
    fields: {
      ...{ questionnaireId, edition, customerId, ticketId, taskId: null, callId: null },
      ...{ agentId, queueId, categoryId, answers, questions, outcome: visit, at, byId, byName },
      agentName: practiceUsers.find((user) => user.id === agentId)?.name ?? null,
      scoreHundredths: meanHundredths(scoresOf(questions, answers)),
    },
  });
}
