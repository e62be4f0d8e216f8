import { type Failure, fail, ok, type Result } from '#shared/result.ts';
import { refusal, transferredEnd } from './endings.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';
import { type ReferOutcome, refer } from './refer.ts';
import { untilSettled } from './settled.ts';
import { targetUri } from './target.ts';

/**
 * Blind transfer (RFC 5589 §6). The call goes on until the PBX tells that it has another place; then this desk
 * says BYE, as the transferor does. After a refusal the call is as it was.
 * Codes: number-invalid, number-busy, number-unknown, number-unreachable, media-failed, transfer-refused,
 * phone-unreachable (the outcome is not known), call-state.
 */
export async function transfer(host: LegHost, leg: Leg, target: string): Promise<Result<null>> {
  const uri = targetUri(host.userAgent.configuration.uri.host, target);
  if (!uri) return fail('number-invalid', 'not a number that can be dialled');
  const ready = await readyToLeave(host, [leg]);
  if (!ready.ok) return ready;
  leg.setTransferring(true);
  const outcome = await refer(host, leg, {
    referTo: `<${uri.toString()}>`,
    late: () => leg.leave(transferredEnd),
  });
  if (outcome.kind === 'done') {
    leg.leave(transferredEnd);
    return ok(null);
  }
  stay(host, leg);
  return { ok: false, error: failureOf(outcome) };
}

/**
 * Attended transfer (RFC 5589 §7.1): the far side of `leg` takes this desk's place in the dialog of `other`. What
 * the PBX ends by itself meanwhile is part of it, unless it fails. Codes: as for a blind one.
 */
export async function join(host: LegHost, leg: Leg, other: Leg): Promise<Result<null>> {
  if (leg === other) return fail('call-state', 'a call cannot be joined with itself');
  const ready = await readyToLeave(host, [leg, other]);
  if (!ready.ok) return ready;
  const referTo = replacing(other);
  if (!referTo) return fail('call-state', 'the other call has no dialog');
  const both = [leg, other];
  for (const one of both) {
    one.beginReplacing();
    one.setTransferring(true);
  }
  const leave = (): void => {
    for (const one of both) one.leave(transferredEnd);
  };
  const outcome = await refer(host, leg, { referTo, late: leave });
  // A PBX that ends both dialogs after it took the REFER has done it, though it did not say so.
  if (outcome.kind === 'done' || (wasTaken(outcome) && other.dialogEnded)) {
    leave();
    return ok(null);
  }
  for (const one of both) {
    one.keepOld();
    stay(host, one);
  }
  return { ok: false, error: failureOf(outcome) };
}

async function readyToLeave(host: LegHost, legs: Leg[]): Promise<Result<null>> {
  if (!legs.every(isFree)) return fail('call-state', 'only a call that is up can be passed on');
  for (const leg of legs) {
    const settled = await untilSettled(host, leg);
    if (!settled.ok) return settled;
    await leg.confirmed();
  }
  if (!host.isRegistered()) return fail('phone-unreachable', 'the PBX cannot be reached');
  return legs.every(isFree) ? ok(null) : fail('call-state', 'the call ended meanwhile');
}

function isFree(leg: Leg): boolean {
  return leg.isUp && !leg.transferring;
}

function stay(host: LegHost, leg: Leg): void {
  leg.setTransferring(false);
  if (leg.isUp && leg.media.isBroken) host.repair(leg);
}

/** Value of Refer-To with the dialog that is to be replaced (RFC 3891 §3, RFC 5589 §7.1). */
function replacing(leg: Leg): string | undefined {
  const { dialog } = leg.session;
  if (!dialog) return undefined;
  const { callId, remoteTag, localTag, remoteTarget } = dialog;
  const replaces = encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`);
  return `<${remoteTarget.toString()}?Replaces=${replaces}>`;
}

function wasTaken(outcome: ReferOutcome): boolean {
  return outcome.kind === 'ended' && outcome.accepted;
}

/** Statuses that speak of the target also where the PBX gives them as its own answer to the REFER. */
const ofTarget = new Set([404, 480, 484, 486, 600, 604]);

function failureOf(outcome: Exclude<ReferOutcome, { kind: 'done' }>): Failure {
  switch (outcome.kind) {
    case 'failed':
      if (outcome.status !== 403 && outcome.status !== 481) return refusal(outcome.status);
      return refused(outcome.status);
    case 'refused':
      return ofTarget.has(outcome.status) ? refusal(outcome.status) : refused(outcome.status);
    case 'silent':
      return fail('transfer-refused', 'the PBX did not tell how the transfer came out').error;
    case 'lost':
      return fail('phone-unreachable', 'the connection was lost during the transfer').error;
    default:
      return fail('call-state', 'the call ended meanwhile').error;
  }
}

function refused(status: number): Failure {
  return fail('transfer-refused', 'the PBX refused the transfer', { status }).error;
}
