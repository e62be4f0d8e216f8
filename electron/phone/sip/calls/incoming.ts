import type { Invitation } from 'sip.js';
import { v7 as uuidv7 } from 'uuid';
import { fail, ok, type Result } from '#shared/result.ts';
import { callerHeaders } from '../headers.ts';
import { quietly } from '../quietly.ts';
import { type LegEnd, mediaEnd } from './endings.ts';
import { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';

const rejections = { busy: 486, decline: 603 } as const;
const rejectedHere: LegEnd = { by: 'agent', how: 'rejected', failure: null };

/** An offered call: tells the PBX that it rings here (180). */
export function receive(host: LegHost, invitation: Invitation): Leg {
  const leg = new Leg(host, {
    id: uuidv7(),
    caller: callerHeaders(invitation.request, invitation.request.callId),
    session: invitation,
    media: host.newMedia(false),
  });
  quietly(host.log, () => invitation.progress({ statusCode: 180 }));
  return leg;
}

/**
 * Takes the call. The media comes first: where the page or the microphone fails, nothing was sent, the call rings
 * on and can be answered again. `clear` is the last step before the 200; its result gives back what it took.
 * Codes: call-state, media-page-absent, media-failed, microphone-*, those of `clear`.
 */
export async function answer(
  host: LegHost,
  leg: Leg,
  clear: () => Promise<Result<() => Promise<void>>>,
): Promise<Result<null>> {
  const { session } = leg;
  if (leg.state !== 'ringing' || !isInvitation(session)) {
    return fail('call-state', 'only a ringing call can be answered');
  }
  leg.become('connecting');
  // Made when it began to ring, for a page that was loaded anew since.
  if (leg.media.stale) leg.renewMedia();
  const { media } = leg;
  const prepared = await media.prepare(session.body || null);
  if (leg.isEnded) return fail('call-state', 'the call ended meanwhile');
  const cleared = prepared.ok ? await clear() : prepared;
  if (!cleared.ok) {
    leg.renewMedia();
    leg.become('ringing');
    return cleared;
  }
  leg.setMediaState('connecting');
  try {
    if (!leg.isEnded) await session.accept();
  } catch (error) {
    host.log.warn('phone answer not sent', { reason: String(error).slice(0, 200) });
    leg.finish(mediaEnd('the answer could not be sent'));
  }
  if (!leg.isEnded) return ok(null);
  await cleared.value();
  return fail('call-state', 'the call ended meanwhile');
}

/** Turns the call away: 486 sends it on to the next agent, 603 away altogether (RFC 3261 §21.6.2). */
export function reject(host: LegHost, leg: Leg, how: keyof typeof rejections): Result<null> {
  const { session } = leg;
  if (leg.state !== 'ringing' || !isInvitation(session)) {
    return fail('call-state', 'only a ringing call can be rejected');
  }
  leg.note(rejectedHere);
  quietly(host.log, () => session.reject({ statusCode: rejections[how] }));
  leg.finish(rejectedHere);
  return ok(null);
}

function isInvitation(session: Leg['session']): session is Invitation {
  return 'accept' in session;
}
