import { Inviter, UserAgent } from 'sip.js';
import { v7 as uuidv7 } from 'uuid';
import { fail, ok, type Result } from '#shared/result.ts';
import { lostEnd, refusedEnd } from './endings.ts';
import { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';

/** Digits with optional leading `+`, `*` and `#` of service codes, or an extension by name. */
const dialable = /^(\+?[0-9*#]{1,40}|[A-Za-z0-9][\w.-]{0,39})$/u;

/**
 * Calls `target`. The offer is made first, so that a failing microphone is told before anything rings.
 * Codes: number-invalid, media-page-absent, media-failed, microphone-*.
 */
export async function place(
  host: LegHost,
  target: string,
  created: (leg: Leg) => void,
): Promise<Result<Leg>> {
  const domain = host.userAgent.configuration.uri.host;
  const uri = dialable.test(target)
    ? UserAgent.makeURI(`sip:${target.replaceAll('#', '%23')}@${domain}`)
    : undefined;
  if (!uri) return fail('number-invalid', 'not a number that can be dialled');
  const media = host.newMedia(false);
  const prepared = await media.prepare(null);
  if (!prepared.ok) {
    media.close();
    return prepared;
  }
  if (!host.isRegistered()) {
    media.close();
    return fail('phone-not-registered', 'the phone lost its registration');
  }
  const inviter = new Inviter(host.userAgent, uri, { earlyMedia: true });
  const leg = new Leg(host, {
    id: uuidv7(),
    caller: {
      number: target,
      name: null,
      callRef: inviter.request.callId,
      queueId: null,
      waitedMs: null,
    },
    session: inviter,
    media,
  });
  leg.mediaState = 'connecting';
  created(leg);
  invite(leg, inviter);
  return ok(leg);
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
