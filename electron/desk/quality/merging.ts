import type { MergePreview, MergeView } from '#shared/contract/methods/quality.ts';
import type { Card } from '#shared/contract/models/records.ts';
import {
  type MergeChoice,
  mergeFieldsOf,
  mergeWrites,
  undoWrites,
} from '#shared/domain/customers/customerMerge.ts';
import { scoreOf } from '#shared/domain/customers/duplicates.ts';
import { newId } from '#shared/domain/ids.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { DeskError } from '#shared/result.ts';
import type { FieldsOf } from '#shared/sync/entities.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache, LocalChange } from '../../cache/cache.ts';
import type { Clock } from '../../core/providers.ts';

export interface MergingOptions {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
}

/** Two records of one customer become one, and two again. Nothing is moved: whoever reads the winner reads both. */
export function createMerging({ user, cache, clock }: MergingOptions) {
  /** The two that stand for those that were named. */
  function pairOf(winnerId: string, loserId: string) {
    const winner = shownCustomer(cache.winnerOf(winnerId));
    const loser = shownCustomer(cache.winnerOf(loserId));
    if (winner.id === loser.id) {
      throw new DeskError('state-not-allowed', 'both are one customer already');
    }
    return { winner, loser };
  }

  function shownCustomer(id: string): { id: string } & FieldsOf<'customer'> {
    const fields = cache.record('customer', id);
    if (!fields) throw new DeskError('not-found', 'no such customer here');
    return { ...fields, id };
  }

  function card(customerId: string): Card {
    const found = cache.card(customerId);
    if (!found) throw new DeskError('not-found', 'no such customer here');
    return found;
  }

  function belongings(customerId: string) {
    const each = cache.groupOf(customerId).map(cache.quality.belongings);
    const sum = (name: keyof (typeof each)[number]) =>
      each.reduce((total, one) => total + one[name], 0);
    return {
      contactPoints: sum('contactPoints'),
      contacts: sum('contacts'),
      tickets: sum('tickets'),
      orders: sum('orders'),
      tasks: sum('tasks'),
    };
  }

  function preview(input: { winnerId: string; loserId: string }): MergePreview {
    const { winner, loser } = pairOf(input.winnerId, input.loserId);
    const [a, b] = [winner.id, loser.id].map(cache.quality.likenessOf);
    const likeness = a && b ? scoreOf(a, b) : { score: 0, reasons: [] };
    return {
      winner,
      loser,
      winnerPoints: pointsOf(winner.id),
      loserPoints: pointsOf(loser.id),
      winnerHas: belongings(winner.id),
      loserHas: belongings(loser.id),
      fields: mergeFieldsOf(winner, loser),
      ...likeness,
    };
  }

  function pointsOf(customerId: string): string[] {
    return card(customerId)
      .contactPoints.filter(({ retired }) => !retired)
      .map(({ display }) => display);
  }

  function history(
    customerId: string,
    replaced: FieldsOf<'customerMerge'>['fields'],
    direction: 'merge' | 'mergeUndo',
  ): LocalChange[] {
    return Object.entries(replaced).map(([field, { before, after }]) => {
      const [from, to] = direction === 'merge' ? [before, after] : [after, before];
      const fields = {
        ...{ customerId, field, before: asJson(from), after: asJson(to) },
        ...{ at: clock.now(), byId: user.id, byName: user.name, source: direction },
      };
      return { entity: 'fieldChange', id: newId(), fields };
    });
  }

  function merge(input: {
    winnerId: string;
    loserId: string;
    choices: Record<string, MergeChoice>;
  }): { mergeId: string; card: Card } {
    const { winner, loser } = pairOf(input.winnerId, input.loserId);
    const { fields, replaced } = mergeWrites(winner, loser, input.choices);
    const mergeId = newId();
    const record = {
      ...{ winnerId: winner.id, loserId: loser.id, fields: replaced },
      ...{ at: clock.now(), byId: user.id, byName: user.name, undoneAt: null, undoneBy: null },
    };
    const changes: LocalChange[] = [
      { entity: 'customer', id: loser.id, fields: { mergedInto: winner.id } },
      { entity: 'customerMerge', id: mergeId, fields: record },
      ...history(winner.id, replaced, 'merge'),
    ];
    if (Object.keys(fields).length > 0) {
      changes.push({ entity: 'customer', id: winner.id, fields });
    }
    cache.change(changes, user.id);
    return { mergeId, card: card(winner.id) };
  }

  function undo(mergeId: string): Card {
    const found = cache.record('customerMerge', mergeId);
    if (!found) throw new DeskError('not-found', 'no such merge here');
    const { winnerId, loserId, fields: replaced } = found;
    const [winner, loser] = [shownCustomer(winnerId), shownCustomer(loserId)];
    if (found.undoneAt !== null || loser.mergedInto !== winnerId) {
      throw new DeskError('state-not-allowed', 'this merge does not stand any more');
    }
    const { fields, kept } = undoWrites(winner, replaced);
    const back = Object.fromEntries(
      Object.entries(replaced).filter(([field]) => !kept.includes(field)),
    );
    const changes: LocalChange[] = [
      { entity: 'customer', id: loserId, fields: { mergedInto: null } },
      {
        entity: 'customerMerge',
        id: mergeId,
        fields: { undoneAt: clock.now(), undoneBy: user.name },
      },
      ...history(winnerId, back, 'mergeUndo'),
    ];
    if (Object.keys(fields).length > 0) {
      changes.push({ entity: 'customer', id: winnerId, fields });
    }
    cache.change(changes, user.id);
    return card(winnerId);
  }

  function merges(customerId: string): MergeView[] {
    const mayUndo = mayDo(user.role, 'customers.merge');
    return cache.quality.mergesOf(cache.groupOf(customerId)).map((one) => {
      const loser = cache.record('customer', one.loserId);
      return {
        mergeId: one.id,
        ...{ winnerId: one.winnerId, loserId: one.loserId, loserName: loser?.name ?? '' },
        ...{ at: one.at, byName: one.byName, undoneAt: one.undoneAt },
        live: mayUndo && one.undoneAt === null && loser?.mergedInto === one.winnerId,
      };
    });
  }

  function notDuplicate({ aId, bId }: { aId: string; bId: string }): void {
    const { winner, loser } = pairOf(aId, bId);
    if (cache.quality.settledPair(winner.id, loser.id)) return;
    const fields = {
      ...{ aId: winner.id, bId: loser.id },
      ...{ at: clock.now(), byId: user.id, byName: user.name },
    };
    cache.change([{ entity: 'notDuplicate', id: newId(), fields }], user.id);
  }

  return { preview, merge, undo, merges, notDuplicate };
}

/** As a field's history keeps values: JSON, of a line of the profile its value alone. */
function asJson(value: unknown): string {
  return JSON.stringify(isProfileValue(value) ? value.value : (value ?? null));
}

function isProfileValue(value: unknown): value is { value: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'value' in value &&
    typeof value.value === 'string'
  );
}
