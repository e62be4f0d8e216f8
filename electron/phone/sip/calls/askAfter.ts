import { Dialog, NonInviteClientTransaction, UserAgentClient } from 'sip.js/lib/core/index.js';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';

/** `gone`: the PBX does not know the call; `silent`: it did not answer. */
export type Word = 'known' | 'gone' | 'silent';

const answerWithinMs = 8_000;
/** Call/Transaction Does Not Exist (RFC 3261 §12.2.2); other refusals speak of the request, not of the call. */
const statusGone = 481;
const statusUnavailable = 503;

/** Asks the PBX whether it still has this call: OPTIONS in its dialog, which changes nothing (RFC 3261 §11, §12.2.2). */
export function askAfter(host: LegHost, leg: Leg): Promise<Word> {
  const { dialog } = leg.session;
  if (!(dialog instanceof Dialog)) return Promise.resolve('known');
  return new Promise((resolve) => {
    const cancel = host.clock.after(answerWithinMs, () => resolve('silent'));
    const heard = (status: number | undefined): void => {
      cancel();
      if (status === statusGone) resolve('gone');
      else resolve(status === statusUnavailable || status === 408 ? 'silent' : 'known');
    };
    const message = dialog.createOutgoingRequestMessage('OPTIONS');
    new UserAgentClient(NonInviteClientTransaction, dialog.userAgentCore, message, {
      onAccept: (response) => heard(response.message.statusCode),
      onReject: (response) => heard(response.message.statusCode),
      onRedirect: (response) => heard(response.message.statusCode),
    });
  });
}
