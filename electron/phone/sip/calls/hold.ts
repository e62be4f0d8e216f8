import { fail, ok, type Result } from '#shared/result.ts';
import { quietly } from '../quietly.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';
import { renegotiate } from './renegotiate.ts';
import { untilSettled } from './settled.ts';

/**
 * Holds or resumes by re-INVITE.
 * Codes: call-state, phone-unreachable, media-failed and the other media codes.
 */
export async function hold(host: LegHost, leg: Leg, on: boolean): Promise<Result<null>> {
  const settled = await untilSettled(host, leg);
  if (!settled.ok) return settled;
  if (leg.changing) return hold(host, leg, on);
  if (!leg.isUp) return fail('call-state', 'only a call that is up can be held');
  if (leg.state === (on ? 'held' : 'talking')) return ok(null);
  if (leg.transferring) return fail('call-state', 'the call is being passed on');
  if (!host.isConnected()) return fail('phone-unreachable', 'the PBX cannot be reached');
  leg.changing = true;
  await leg.confirmed();
  leg.media.hold = on;
  const changed = await renegotiate(host, leg);
  leg.changing = false;
  if (leg.isEnded) return fail('call-state', 'the call ended meanwhile');
  if (!changed.ok) {
    leg.media.hold = !on;
    if (leg.media.isBroken) host.repair(leg);
    return changed;
  }
  leg.become(on ? 'held' : 'talking');
  if (leg.media.isBroken) host.repair(leg);
  return changed;
}

/**
 * Tells the far side over a new socket where the desk is now (target refresh, RFC 3261 §12.2.2): else a PBX sends
 * the BYE of a caller who hangs up to the old one. A call that ended meanwhile ends here too.
 */
export function refresh(host: LegHost, leg: Leg): void {
  if (!leg.isUp || leg.changing) return;
  leg.changing = true;
  quietly(host.log, () => refreshed(host, leg));
}

async function refreshed(host: LegHost, leg: Leg): Promise<void> {
  await leg.confirmed();
  const told = await renegotiate(host, leg);
  if (!told.ok) host.log.info('phone call not refreshed', { code: told.error.code });
  leg.changing = false;
  if (leg.isUp && leg.media.isBroken) host.repair(leg);
}
