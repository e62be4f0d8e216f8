import type { NewPoint, PointEdit } from '#shared/contract/methods/customers.ts';
import { newId } from '#shared/domain/ids.ts';
import { localDate } from '#shared/domain/localDate.ts';
import { DeskError } from '#shared/result.ts';
import type { FieldsOf } from '#shared/sync/entities.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { fieldChanged, type Source } from './fieldHistory.ts';
import { type CustomerParts, customerOf } from './parts.ts';
import { readPoint } from './typedValues.ts';

type Point = FieldsOf<'contactPoint'>;

/** A new way to reach a customer. Throws `invalid-input` at `place`. */
export function newPoint(
  parts: Pick<CustomerParts, 'clock' | 'home'>,
  customerId: string,
  { kind, label, raw, preferred, consent }: NewPoint,
  place: string,
): LocalChange<'contactPoint'> & { fields: Point } {
  return {
    entity: 'contactPoint',
    id: newId(),
    fields: {
      ...{ customerId, kind, label, preferred, consent, retired: false },
      ...readPoint(kind, raw, place, parts.home()),
      verifiedOn: localDate(parts.clock.now()),
    },
  };
}

/** Only one of a kind is preferred: the others are not any more. */
function othersNotPreferred(
  { cache }: CustomerParts,
  customerId: string,
  kind: Point['kind'],
  pointId: string,
): LocalChange[] {
  const points = cache.card(customerId)?.contactPoints ?? [];
  return points
    .filter((point) => point.kind === kind && point.preferred && point.id !== pointId)
    .map(({ id }) => ({ entity: 'contactPoint', id, fields: { preferred: false } }));
}

export function addPointChanges(
  parts: CustomerParts,
  customerId: string,
  point: NewPoint,
  source: Source,
): LocalChange[] {
  const [id] = customerOf(parts, customerId);
  const added = newPoint(parts, id, point, 'raw');
  const field = `contactPoint.${added.id}.raw`;
  return [
    added,
    ...(point.preferred ? othersNotPreferred(parts, id, point.kind, added.id) : []),
    fieldChanged(parts, id, { field, before: null, after: added.fields.raw, source }),
  ];
}

function heldPoint({ cache }: CustomerParts, group: readonly string[], pointId: string): Point {
  const held = cache.record('contactPoint', pointId);
  if (!held || !group.includes(held.customerId)) {
    throw new DeskError('not-found', 'no such way to reach the customer here');
  }
  return held;
}

/** The changes of a way to reach a customer, each with its entry of history. Throws `invalid-input` at `raw`. */
export function changePointChanges(
  parts: CustomerParts,
  customerId: string,
  pointId: string,
  edit: PointEdit,
  source: Source,
): LocalChange[] {
  const [id] = customerOf(parts, customerId);
  const held = heldPoint(parts, parts.cache.groupOf(id), pointId);
  const { raw, ...rest } = edit;
  const read = raw === undefined ? {} : readPoint(held.kind, raw, 'raw', parts.home());
  const given: Partial<Point> = { ...Object.fromEntries(Object.entries(rest)), ...read };
  // A way that is not used any more is not the preferred one either.
  if (given.retired === true) given.preferred = false;
  const changed = Object.entries(given).filter(
    ([name, value]) => held[name as keyof Point] !== value,
  );
  if (changed.length === 0) return [];
  const fields: Partial<Point> = {
    ...Object.fromEntries(changed),
    ...(raw !== undefined && { verifiedOn: localDate(parts.clock.now()) }),
  };
  const shown = changed.filter(([name]) => name !== 'normal' && name !== 'extension');
  return [
    { entity: 'contactPoint', id: pointId, fields },
    ...(given.preferred === true ? othersNotPreferred(parts, id, held.kind, pointId) : []),
    ...shown.map(([name, after]) => {
      const before = held[name as keyof Point];
      return fieldChanged(parts, id, {
        field: `contactPoint.${pointId}.${name}`,
        before,
        after,
        source,
      });
    }),
  ];
}

/** A number, e-mail or address is found still right today. */
export function verifyPointChanges(
  parts: CustomerParts,
  customerId: string,
  pointId: string,
  source: Source,
): LocalChange[] {
  const [id] = customerOf(parts, customerId);
  const { raw } = heldPoint(parts, parts.cache.groupOf(id), pointId);
  const verifiedOn = localDate(parts.clock.now());
  const field = `contactPoint.${pointId}.raw`;
  return [
    { entity: 'contactPoint', id: pointId, fields: { verifiedOn } },
    fieldChanged(parts, id, { field, before: raw, after: raw, source }),
  ];
}
