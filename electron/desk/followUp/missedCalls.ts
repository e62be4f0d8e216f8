import type { MissedCallView } from '#shared/contract/methods/tasks.ts';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { MissedCall } from '#shared/domain/task.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import { DeskError } from '#shared/result.ts';
import { readNumber } from '../pop.ts';
import { type FollowUpParts, found } from './parts.ts';

/** Calls that nobody answered, as far as this desk knows of them. */
export function createMissedCalls({ cache, clock, user, home }: FollowUpParts) {
  type Stored = ReturnType<typeof cache.followUp.missedCalls>['calls'][number];
  const view = (stored: Stored): MissedCallView => ({
    ...stored,
    number: readNumber(stored.numberRaw, home()).view,
  });
  const read = (id: string) => found(cache.followUp.missedCall(id), 'missed call');

  function write(id: string, fields: Partial<MissedCall>): MissedCallView {
    cache.change([{ entity: 'missedCall', id, fields }], user.id);
    return view(read(id));
  }

  function open(id: string): Stored {
    const stored = read(id);
    if (stored.state === 'handled') throw new DeskError('state-not-allowed', 'it is handled');
    return stored;
  }

  return {
    list(state: 'open' | 'handled', limit: number) {
      const { calls, open: count } = cache.followUp.missedCalls(state, limit);
      return { calls: calls.map(view), open: count };
    },
    take(id: string, mine: boolean): MissedCallView {
      open(id);
      const owner = mine
        ? { ownerId: user.id, ownerName: user.name }
        : { ownerId: null, ownerName: null };
      return write(id, { state: mine ? 'taken' : 'open', ...owner });
    },
    dismiss(id: string, reason: string): MissedCallView {
      open(id);
      return write(id, {
        state: 'handled',
        outcome: 'notNeeded',
        handledAt: clock.now(),
        note: normalizeText(reason),
        ownerId: user.id,
        ownerName: user.name,
      });
    },
    /** Somebody who called in vain was reached from here; the server finds the same from the calls. */
    reached({ number, answeredAt, direction, kind }: DeskCall): void {
      if (direction !== 'out' || kind !== 'customer' || answeredAt === null || !number.key) return;
      const handled = {
        ...({ state: 'handled', outcome: 'calledBack', handledAt: answeredAt } as const),
        ...{ ownerId: user.id, ownerName: user.name },
      };
      const ids = cache.followUp.missedOfNumber(number.key);
      if (ids.length === 0) return;
      cache.change(
        ids.map((id) => ({ entity: 'missedCall', id, fields: handled })),
        user.id,
      );
    },
  };
}
