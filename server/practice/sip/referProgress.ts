import type { Session } from 'sip.js';

/** Tells how far a transfer is (RFC 3515 section 2.4.4). */
export function notifyReferProgress(session: Session, statusLine: string, isFinal: boolean): void {
  const state = isFinal ? 'terminated;reason=noresource' : 'active;expires=60';
  session.dialog?.notify(undefined, {
    extraHeaders: ['Event: refer', `Subscription-State: ${state}`],
    body: {
      contentDisposition: 'render',
      contentType: 'message/sipfrag;version=2.0',
      content: `SIP/2.0 ${statusLine}\r\n`,
    },
  });
}
