import { fail, ok, type Result } from '#shared/result.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';

/** Longer than the repair of a call's audio takes while the PBX answers. */
const patienceMs = 10_000;

/**
 * Waits for the change of the call that is under way, such as the desk telling its new address or the repair of the
 * audio. Codes: phone-unreachable, where that change waits for the PBX itself; call-state, where it takes too long.
 */
export async function untilSettled(host: LegHost, leg: Leg): Promise<Result<null>> {
  if (!leg.changing) return ok(null);
  if (!host.isConnected()) return fail('phone-unreachable', 'the PBX cannot be reached');
  const { promise, resolve } = Promise.withResolvers<Result<null>>();
  const stopHearing = host.onSocketLost(() =>
    resolve(fail('phone-unreachable', 'the connection was lost')),
  );
  const cancel = host.clock.after(patienceMs, () =>
    resolve(fail('call-state', 'another change of this call is under way')),
  );
  leg.changed().then(() => resolve(ok(null)));
  const settled = await promise;
  stopHearing();
  cancel();
  return settled.ok ? untilSettled(host, leg) : settled;
}
