import { Inviter, SessionState, type URI } from 'sip.js';
import type { Session as Dialog } from 'sip.js/lib/core/index.js';
import { lostEnd } from './endings.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';
import type { LegMedia } from './sessionDescriptionHandler.ts';

const mostTries = 4;
const retryMs = 1_000;
/** How long the PBX may take to end the replaced dialog itself (RFC 3891 §3). */
const oldByeMs = 4_000;
const gone = new Set([481, 603]);
const wrongTarget = new Set([404, 416, 484, 485]);

/**
 * Gives a running call a new peer connection after its media page was loaded anew or its network path failed:
 * a new INVITE with Replaces (RFC 3891) takes the place of the old dialog. The leg keeps its id, its hold and its
 * mute. Where it cannot be done, the leg stays, with media `lost`, and can be hung up.
 */
export async function repair(host: LegHost, leg: Leg): Promise<void> {
  if (!leg.isUp || leg.changing) return;
  leg.changing = true;
  leg.beginReplacing();
  let done = false;
  for (let tries = 1; tries <= mostTries && !done && leg.isUp; tries += 1) {
    if (tries > 1) await pause(host, retryMs * 2 ** (tries - 2));
    if (leg.isUp) done = await attempt(host, leg);
  }
  leg.changing = false;
  if (!done) leg.keepOld();
  // The page may have been loaded once more meanwhile.
  if (done && leg.isUp && leg.media.stale) host.repair(leg);
}

/** True when nothing is left to try: repaired, or ended. */
async function attempt(host: LegHost, leg: Leg): Promise<boolean> {
  leg.setMediaState('lost');
  if (!host.isRegistered()) await new Promise<void>((resolve) => host.whenRegistered(resolve));
  if (!leg.isUp) return true;
  const { dialog } = leg.session;
  if (!dialog) return false;
  for (const target of [dialog.remoteURI, dialog.remoteTarget]) {
    const media = host.newMedia(leg.media.hold);
    const prepared = await media.prepare(null);
    if (!prepared.ok || !leg.isUp) {
      media.close();
      return false;
    }
    leg.setMediaState('connecting');
    const status = await replace(host, leg, { media, target, dialog });
    if (status < 300) return true;
    media.close();
    leg.setMediaState('lost');
    if (gone.has(status)) {
      leg.hangUp(lostEnd('the PBX does not know this call any more'));
      return true;
    }
    if (!wrongTarget.has(status)) return false;
  }
  return false;
}

/** Status code of the INVITE; 200 once the new dialog stands and is the leg's. */
function replace(
  host: LegHost,
  leg: Leg,
  by: { media: LegMedia; target: URI; dialog: Dialog },
): Promise<number> {
  const { callId, localTag, remoteTag } = by.dialog;
  const old = leg.session;
  const inviter = new Inviter(host.userAgent, by.target, {
    extraHeaders: [
      `Replaces: ${callId};to-tag=${remoteTag};from-tag=${localTag}`,
      'Require: replaces',
    ],
  });
  host.describeWith(inviter, by.media);
  return new Promise((resolve) => {
    const refused = (status: number | undefined): void => resolve(status ?? 500);
    inviter.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) queueMicrotask(() => resolve(500));
      if (state !== SessionState.Established) return;
      takeOver(host, leg, { inviter, media: by.media, old });
      resolve(200);
    });
    inviter
      .invite({
        requestDelegate: {
          onReject: ({ message }) => refused(message.statusCode),
          onRedirect: ({ message }) => refused(message.statusCode),
        },
      })
      .catch(() => resolve(500));
  });
}

function takeOver(
  host: LegHost,
  leg: Leg,
  by: { inviter: Inviter; media: LegMedia; old: Leg['session'] },
): void {
  if (!leg.isUp) {
    // Hung up in the meantime: the new dialog goes too.
    by.media.close();
    leg.endDialog(by.inviter);
    return;
  }
  leg.replaced(by.inviter, by.media);
  if (leg.muted) {
    host.media.run('mute', { session: by.media.session, on: true }).catch(() => undefined);
  }
  host.clock.after(oldByeMs, () => {
    if (by.old.state === SessionState.Established) leg.endDialog(by.old);
  });
}

function pause(host: LegHost, ms: number): Promise<void> {
  return new Promise((resolve) => {
    host.clock.after(ms, resolve);
  });
}
