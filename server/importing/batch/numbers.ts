import type { GivenFieldsOf } from '#shared/sync/entities.ts';
import { findPoints } from '../../store/importRows.ts';
import type { Tx } from '../../store/store.ts';
import type { Draft, PointDraft } from '../rows/draft.ts';
import { customerOf, findCustomers } from './matching.ts';
import type { Made, Plan } from './plan.ts';

/** Decide what becomes of rows of contact points. */
export async function planNumbers(tx: Tx, drafts: Draft[], plan: Plan): Promise<void> {
  const matches = await findCustomers(
    tx,
    drafts.flatMap(({ customer }) => customer),
  );
  const normals = new Set(
    drafts.flatMap(({ points }) => points.flatMap(({ normal }) => normal ?? [])),
  );
  const held = new Map<string, string>();
  for (const { id, customerId, kind, normal } of await findPoints(tx, [...normals])) {
    held.set(`${customerId} ${kind} ${normal}`, id);
  }
  const fresh = new Map<string, Made<'contactPoint'>>();

  for (const draft of drafts) {
    const [point] = draft.points;
    const customerId = customerOf(draft, matches);
    if (!customerId || !point) {
      plan.count(draft, 'wrong');
      continue;
    }
    const key = `${customerId} ${point.kind} ${point.normal}`;
    const earlier = fresh.get(key);
    const id = held.get(key);
    if (id === undefined && !earlier) {
      fresh.set(key, plan.make('contactPoint', newPoint(customerId, point, draft)));
      plan.count(draft, 'new');
      continue;
    }
    const next = plan.meet(draft, point.raw);
    if (next === 'make') plan.make('contactPoint', newPoint(customerId, point, draft));
    if (next !== 'change') continue;
    const { value: _, ...given } = draft.fields;
    if (id !== undefined) plan.change('contactPoint', id, { ...draft, fields: given });
    else if (earlier) {
      Object.assign(earlier.fields, given);
      plan.count(draft, 'updated');
    }
  }
}

function newPoint(
  customerId: string,
  point: PointDraft,
  draft: Draft,
): GivenFieldsOf<'contactPoint'> {
  const { kind, label, raw, normal, extension } = point;
  const { value: _, ...given } = draft.fields;
  return {
    customerId,
    kind,
    label,
    raw,
    normal,
    extension,
    preferred: false,
    verifiedOn: null,
    retired: false,
    ...given,
  };
}
