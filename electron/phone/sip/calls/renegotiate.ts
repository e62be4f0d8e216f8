import type { Session } from 'sip.js';
import { SignalingState } from 'sip.js/lib/core/index.js';
import { DeskError, type Failure, fail, ok, type Result } from '#shared/result.ts';
import { glareMs } from '../line/backoff.ts';
import { lostEnd } from './endings.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';

const mostTries = 5;
const statusGlare = 491;
const statusDialogUnknown = 481;
/** Between two looks whether a change by the far side is through, ms; and how often at the most. */
const lookMs = 50;
const mostLooks = 60;

type Outcome = { status: number } | { failure: Failure };

/**
 * Sends a re-INVITE with the leg's present wishes, again after a glare (RFC 3261 §14.1).
 * Codes: call-state, phone-unreachable, media-failed and the other media codes.
 */
export async function renegotiate(host: LegHost, leg: Leg): Promise<Result<null>> {
  for (let tries = 1; tries <= mostTries && !leg.isEnded; tries += 1) {
    await farSideIsDone(host, leg);
    const outcome = await reinvite(leg.session);
    if ('failure' in outcome) return { ok: false, error: outcome.failure };
    const { status } = outcome;
    if (status < 300) return ok(null);
    if (status === statusDialogUnknown) {
      leg.finish(lostEnd('the PBX does not know this call any more'));
      leg.endDialog(leg.session);
      return fail('call-state', 'the PBX does not know this call any more');
    }
    if (status !== statusGlare) {
      return status === 408 || status === 503
        ? fail('phone-unreachable', 'the PBX did not answer')
        : fail('call-state', 'the PBX refused the change', { status });
    }
    await leg.media.withdrawOffer();
    await pause(host, glareMs(leg.direction === 'out', host.random()));
  }
  return fail('call-state', 'both sides kept changing the call');
}

/** The far side's own re-INVITE is answered first: an offer of ours would meet it in the media page. */
async function farSideIsDone(host: LegHost, leg: Leg): Promise<void> {
  for (let looks = 0; looks < mostLooks && !leg.isEnded; looks += 1) {
    if (leg.session.dialog?.signalingState !== SignalingState.HaveRemoteOffer) return;
    await pause(host, lookMs);
  }
}

/** A re-INVITE that the library will not send now, because one of the far side is under way, counts as glare. */
function reinvite(session: Session): Promise<Outcome> {
  return new Promise((resolve) => {
    const final = (statusCode: number | undefined): void => resolve({ status: statusCode ?? 500 });
    session
      .invite({
        requestDelegate: {
          onAccept: ({ message }) => final(message.statusCode),
          onReject: ({ message }) => final(message.statusCode),
          onRedirect: ({ message }) => final(message.statusCode),
        },
      })
      .catch((error: unknown) => {
        if (!(error instanceof DeskError)) return final(statusGlare);
        resolve({ failure: fail(error.code, error.message).error });
      });
  });
}

function pause(host: LegHost, ms: number): Promise<void> {
  return new Promise((resolve) => {
    host.clock.after(ms, resolve);
  });
}
