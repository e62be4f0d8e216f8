import { v5, v7 } from 'uuid';

/** Namespace of ids that follow from something else; never change it, or calls would be counted twice. */
const namespace = '6f1c1b52-7f0e-4a53-9a51-0b7ad7a3c6d1';

/** UUIDv7, made where the thing is made. */
export function newId(): string {
  return v7();
}

/** Id of an agent's part of the journey `callRef` on the PBX `pbx` (its SIP domain). */
export function callIdOf(pbx: string, callRef: string, agentId: string): string {
  return v5(`call ${pbx} ${callRef} ${agentId}`, namespace);
}

/** Id of the return visit that follows from the step that resolved a ticket: two desks never make two. */
export function returnVisitIdOf(ticketId: string, stepId: string): string {
  return v5(`returnVisit ${ticketId} ${stepId}`, namespace);
}

/** Id of the answers of one visit: whoever brings them first has asked. */
export function answerSheetIdOf(taskId: string): string {
  return v5(`answerSheet ${taskId}`, namespace);
}

/** Id of the record of missed calls of a caller that begins with the call `callRef`. */
export function missedCallIdOf(caller: string, callRef: string): string {
  return v5(`missedCall ${caller} ${callRef}`, namespace);
}

/** Id of what a user is told of a cause (an event's id, or another word): told once, however often it is tried. */
export function notificationIdOf(cause: string, userId: string): string {
  return v5(`notification ${cause} ${userId}`, namespace);
}
