import { Inviter } from 'sip.js';
import { v7 as uuidv7 } from 'uuid';
import { fail, ok, type Result } from '#shared/result.ts';
import { lostEnd, refusedEnd } from './endings.ts';
import { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';
import type { LegMedia } from './sessionDescriptionHandler.ts';
import { preferredIdentity, targetUri } from './target.ts';

/**
 * Calls `target`. The offer is made first, so that a failing microphone is told before anything rings; `clear` is
 * the last step before the INVITE. Codes: number-invalid, media-page-absent, media-failed, microphone-*, those of
 * `clear`, phone-not-registered.
 */
export async function place(
  host: LegHost,
  by: { target: string; callerId?: string | undefined },
  clear: () => Promise<Result<() => Promise<void>>>,
  created: (leg: Leg) => void,
): Promise<Result<Leg>> {
  const { target, callerId } = by;
  const domain = host.userAgent.configuration.uri.host;
  const uri = targetUri(domain, target);
  const identity = callerId === undefined ? '' : preferredIdentity(domain, callerId);
  if (!uri || identity === undefined) {
    return fail('number-invalid', 'not a number that can be dialled or shown');
  }
  const media = host.newMedia(false);
  const ready = await readyToInvite(host, media, clear);
  if (!ready.ok) {
    media.close();
    return ready;
  }
  const inviter = new Inviter(host.userAgent, uri, {
    earlyMedia: true,
    extraHeaders: identity ? [identity] : [],
  });
  const leg = new Leg(host, {
    id: uuidv7(),
    caller: {
      number: target,
      name: null,
      callRef: inviter.request.callId,
      queueId: null,
      waitedMs: null,
      transferredBy: null,
      autoAnswer: false,
      listening: null,
    },
    session: inviter,
    media,
  });
  leg.mediaState = 'connecting';
  created(leg);
  invite(leg, inviter);
  return ok(leg);
}

async function readyToInvite(
  host: LegHost,
  media: LegMedia,
  clear: () => Promise<Result<() => Promise<void>>>,
): Promise<Result<null>> {
  const prepared = await media.prepare(null);
  if (!prepared.ok) return prepared;
  const cleared = await clear();
  if (!cleared.ok) return cleared;
  if (host.isRegistered()) return ok(null);
  await cleared.value();
  return fail('phone-not-registered', 'the phone lost its registration');
}

function invite(leg: Leg, inviter: Inviter): void {
  inviter
    .invite({
      requestDelegate: {
        // What the library makes up itself (408, 503) has no Call-ID: the PBX never said it.
        onReject: ({ message }) =>
          leg.note(
            message.callId
              ? refusedEnd(message.statusCode ?? 500)
              : lostEnd('the PBX did not answer the call'),
          ),
        onRedirect: ({ message }) => leg.note(refusedEnd(message.statusCode ?? 300)),
      },
    })
    .catch(() => leg.finish(lostEnd('the call could not be sent')));
}
