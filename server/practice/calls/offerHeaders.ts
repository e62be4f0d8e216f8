import type { PracticeContext } from '../context.ts';
import { headerText, practiceDomain } from '../sip/address.ts';
import type { Call } from './call.ts';

/** Asks a desk to take the call without ringing, in both ways that phones understand. */
export const autoAnswerHeaders: readonly string[] = [
  `Call-Info: <sip:${practiceDomain}>;answer-after=0`,
  `Alert-Info: <http://${practiceDomain}>;info=alert-autoanswer;delay=0`,
];

/** What a desk is told about a call that it is offered. */
export function offerHeaders(call: Call, { settings, clock }: PracticeContext): string[] {
  const queue = settings.queues.find((known) => known.id === call.queueId);
  const by = call.transferredBy;
  return [
    ...(queue ? [`X-Queue: ${queue.id}`, `X-Queue-Name: ${headerText(queue.name)}`] : []),
    `X-Call-Ref: ${call.ref}`,
    `X-Waited: ${clock.now() - call.enteredAtMs}`,
    ...(by ? [`X-Transferred-By: ${by}`] : []),
  ];
}
