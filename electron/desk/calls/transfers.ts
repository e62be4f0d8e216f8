import type { DeskCall } from '#shared/contract/models/calls.ts';
import { DeskError } from '#shared/result.ts';
import { unwrap } from '../../session/session.ts';
import type { CallContext } from './callContext.ts';
import type { Destination } from './destination.ts';

/** Calls passed on, and calls that meet. */
export interface Transfers {
  /** Blind: the target is called by the PBX, this desk leaves. */
  transfer(callId: string, target: string, consent: boolean): Promise<void>;
  /** Warm: the far sides of both calls are joined, this desk leaves. */
  join(callId: string, otherId: string): Promise<void>;
  /** These calls hear each other and this desk; fewer than two end the conference. */
  confer(callIds: string[]): Promise<void>;
}

export function createTransfers(
  { phone, book }: CallContext,
  destination: (target: string, consent: boolean) => Destination,
): Transfers {
  /** The leg of a call that somebody talks in. */
  function upLeg(callId: string): string {
    const leg = book.legFor(callId);
    if (book.get(callId).answeredAt === null) {
      throw new DeskError('call-state', 'the call is not answered yet');
    }
    return leg;
  }

  return {
    async transfer(callId, target, consent) {
      const leg = upLeg(callId);
      const to = destination(target, consent);
      // The end of the call may arrive before the phone's answer does.
      book.note(callId, { transferredTo: to.name ?? to.number.display });
      const transferred = await phone.transfer(leg, to.target);
      if (!transferred.ok) book.note(callId, { transferredTo: null });
      unwrap(transferred);
    },
    async join(callId, otherId) {
      if (callId === otherId) throw new DeskError('call-state', 'one call cannot be joined');
      const leg = upLeg(callId);
      const other = upLeg(otherId);
      const [one, two] = [book.get(callId), book.get(otherId)];
      book.note(callId, { transferredTo: farSideOf(two) });
      book.note(otherId, { transferredTo: farSideOf(one) });
      const joined = await phone.join(leg, other);
      if (!joined.ok) {
        for (const id of [callId, otherId]) book.note(id, { transferredTo: null });
      }
      unwrap(joined);
    },
    async confer(callIds) {
      unwrap(await phone.confer([...new Set(callIds)].map(upLeg)));
    },
  };
}

function farSideOf({ customerName, callerName, number }: DeskCall): string | null {
  return customerName ?? callerName ?? (number.display || null);
}
