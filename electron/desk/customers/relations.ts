import type { InputOf } from '#shared/contract/contract.ts';
import { newId } from '#shared/domain/ids.ts';
import { storableLine } from '#shared/domain/text/plainText.ts';
import { DeskError } from '#shared/result.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { type CustomerParts, customerOf, misfit } from './parts.ts';

/** A new relation, or the one that says the same already. Throws `invalid-input` for a customer with itself. */
export function relate(
  parts: CustomerParts,
  { fromId, toId, kind, note }: InputOf<'customers.relate'>,
): { relationId: string; changes: LocalChange[] } {
  const { cache, clock, user } = parts;
  const [from] = customerOf(parts, fromId);
  const [to] = customerOf(parts, toId);
  if (from === to) throw misfit('toId', 'itself');
  const held = cache.customers
    .relations(cache.groupOf(from))
    .find((one) => one.other === 'to' && one.otherId === to && one.kind === kind && !one.endedAt);
  if (held) return { relationId: held.id, changes: [] };
  const id = newId();
  const made = { createdAt: clock.now(), createdBy: user.id, endedAt: null };
  const fields = { fromId: from, toId: to, kind, note: storableLine(note), ...made };
  return { relationId: id, changes: [{ entity: 'relation', id, fields }] };
}

/** Ended, never removed. */
export function endRelation({ cache, clock }: CustomerParts, relationId: string): LocalChange[] {
  const held = cache.record('relation', relationId);
  if (!held) throw new DeskError('not-found', 'no such relation here');
  if (held.endedAt !== null) return [];
  return [{ entity: 'relation', id: relationId, fields: { endedAt: clock.now() } }];
}
