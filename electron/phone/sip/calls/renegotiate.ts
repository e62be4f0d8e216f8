import { type Session, SessionState } from 'sip.js';
import { type IncomingResponse, SignalingState } from 'sip.js/lib/core/index.js';
import { DeskError, type Failure, fail, ok, type Result } from '#shared/result.ts';
import { glareMs } from '../line/backoff.ts';
import { lostEnd } from './endings.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';

const mostTries = 5;
const mostRetryS = 10;
const statusGlare = 491;
const statusDialogUnknown = 481;
/** Between two looks whether a change by the far side is through, ms; and how often at the most. */
const lookMs = 50;
const mostLooks = 60;

type Outcome = { status: number; retryMs: number | null } | { failure: Failure };

/**
 * Sends a re-INVITE with the leg's present wishes; again after a glare (RFC 3261 §14.1), and where the far side is not
 * through with an earlier one (500 with Retry-After, §14.2), as when our ACK was lost with its socket.
 * Codes: call-state, phone-unreachable, media-failed and the other media codes.
 */
export async function renegotiate(host: LegHost, leg: Leg): Promise<Result<null>> {
  for (let tries = 1; tries <= mostTries && !leg.isEnded; tries += 1) {
    await farSideIsDone(host, leg);
    const outcome = await reinvite(leg.session);
    if ('failure' in outcome) return { ok: false, error: outcome.failure };
    const { status, retryMs } = outcome;
    if (status < 300) return ok(null);
    if (status === statusDialogUnknown) {
      leg.finish(lostEnd('the PBX does not know this call any more'));
      leg.endDialog(leg.session);
      return fail('call-state', 'the PBX does not know this call any more');
    }
    if (status !== statusGlare && retryMs === null) {
      return status === 408 || status === 503
        ? fail('phone-unreachable', 'the PBX did not answer')
        : fail('call-state', 'the PBX refused the change', { status });
    }
    await leg.media.withdrawOffer();
    await pause(host, retryMs ?? glareMs(leg.direction === 'out', host.random()));
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

/**
 * A re-INVITE that the library will not send now, because one of the far side is under way, counts as glare. The end of
 * the dialog ends it too: the library says nothing more then, as after a BYE that crossed, or a 200 without description.
 */
function reinvite(session: Session): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const onState = (state: SessionState): void => {
    if (state !== SessionState.Terminating && state !== SessionState.Terminated) return;
    resolve({ failure: fail('call-state', 'the call ended meanwhile').error });
  };
  session.stateChange.addListener(onState);
  send(session).then(resolve);
  return promise.finally(() => session.stateChange.removeListener(onState));
}

function send(session: Session): Promise<Outcome> {
  return new Promise((resolve) => {
    const final = ({ message }: IncomingResponse): void =>
      resolve({ status: message.statusCode ?? 500, retryMs: retryMs(message) });
    session
      .invite({
        requestDelegate: {
          onAccept: final,
          onReject: final,
          onRedirect: final,
        },
      })
      .catch((error: unknown) => {
        if (error instanceof DeskError) {
          resolve({ failure: fail(error.code, error.message).error });
        } else resolve({ status: statusGlare, retryMs: null });
      });
  });
}

/** Null where the answer is no 500 that asks to come again; the RFC lets it ask for 10 s at the most. */
function retryMs(message: IncomingResponse['message']): number | null {
  const seconds = Number.parseInt(message.getHeader('Retry-After') ?? '', 10);
  if (message.statusCode !== 500 || !Number.isInteger(seconds) || seconds < 0) return null;
  return Math.min(seconds, mostRetryS) * 1_000;
}

function pause(host: LegHost, ms: number): Promise<void> {
  return new Promise((resolve) => {
    host.clock.after(ms, resolve);
  });
}
