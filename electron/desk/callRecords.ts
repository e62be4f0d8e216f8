import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Call } from '#shared/domain/calls/call.ts';
import type { Contact } from '#shared/domain/customers/contact.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';

/** The call as it is stored and synced. */
export function callFields(
  call: DeskCall,
  agentId: string,
  noted: Pick<Call, 'heldMs' | 'report' | 'transferredTo' | 'recordingGaps'>,
): Call {
  return {
    callRef: call.callRef,
    direction: call.direction,
    queueId: call.queueId,
    numberRaw: call.number.raw,
    numberKey: call.number.key,
    callerName: call.callerName,
    customerId: call.customerId,
    agentId,
    offeredAt: call.offeredAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    endedBy: call.endedBy,
    result: call.result,
    waitedMs: call.waitedMs,
    heldMs: noted.heldMs,
    report: noted.report,
    transferredTo: noted.transferredTo,
    transferredBy: call.transferredBy,
    recordingGaps: noted.recordingGaps,
    kind: call.kind,
  };
}

type EndedCall = Pick<
  Call,
  'customerId' | 'queueId' | 'direction' | 'offeredAt' | 'answeredAt' | 'endedAt' | 'result'
>;

/** Time-line entry of a call that has ended; its wrap-up completes title, detail and outcome. */
export function endedContact(callId: string, call: EndedCall, user: SignedInUser): Contact {
  const talkMs =
    call.answeredAt !== null && call.endedAt !== null ? call.endedAt - call.answeredAt : null;
  return {
    customerId: call.customerId,
    kind: 'call',
    at: call.offeredAt,
    title: '',
    detail: '',
    agentId: user.id,
    agentName: user.name,
    queueId: call.queueId,
    direction: call.direction,
    durationMs: talkMs,
    refId: callId,
    outcome: call.result === 'answered' ? null : call.result,
  };
}
