import type { Customer } from '#shared/domain/customers/customer.ts';
import en from '#shared/locales/en/importing.json' with { type: 'json' };
import zh from '#shared/locales/zh-CN/importing.json' with { type: 'json' };
import type { GivenFieldsOf } from '#shared/sync/entities.ts';
import type { Tx } from '../../store/store.ts';
import { partOf } from '../keys.ts';
import { isSamePoint } from '../rows/customer.ts';
import { complain, type Draft, type PointDraft, type ReadContext } from '../rows/draft.ts';
import { isoDay } from '../values/dates.ts';
import { findCustomers, firstMatch } from './matching.ts';
import type { Made, Plan } from './plan.ts';

/** Customer that a row of this batch makes, with the points it has so far. */
interface NewCustomer {
  made: Made<'customer'>;
  points: PointDraft[];
}

/** Decide what becomes of rows of customers. */
export async function planCustomers(tx: Tx, drafts: Draft[], plan: Plan): Promise<void> {
  const matches = await findCustomers(
    tx,
    drafts.flatMap(({ own }) => own),
  );
  const fresh = new Map<string, NewCustomer>();

  function make(draft: Draft, flagged: boolean): void {
    const made = plan.make('customer', newCustomer(draft.fields, plan.context, flagged));
    const customer = { made, points: [...draft.points] };
    for (const [place, point] of draft.points.entries())
      addPoint(plan, made.id, point, place === 0);
    name(draft, customer);
  }

  /** Later rows of the batch find the customer by what this one adds, as they would in the next batch. */
  function name(draft: Draft, customer: NewCustomer): void {
    for (const key of draft.names) if (!fresh.has(key)) fresh.set(key, customer);
  }

  function nameHeld(draft: Draft, id: string): void {
    for (const key of draft.names) if (!matches.has(key)) matches.set(key, [id]);
  }

  for (const draft of drafts) {
    const earlier = draft.own.map((key) => fresh.get(key)).find((one) => one !== undefined);
    const match = firstMatch(draft.own, matches);
    if (!match && !earlier) {
      make(draft, false);
      plan.count(draft, 'new');
      continue;
    }
    const met = partOf(match?.key ?? draft.own[0] ?? '');
    const { duplicates } = plan.context.settings;
    const [id, ...others] = match?.ids ?? [];
    if (duplicates === 'update' && others.length > 0) {
      complain(draft, 'several-matches', null, met);
      plan.count(draft, 'wrong');
      continue;
    }
    const next = plan.meet(draft, met);
    if (next === 'make') make(draft, true);
    if (next !== 'change') continue;
    if (id !== undefined) {
      plan.change('customer', id, draft);
      nameHeld(draft, id);
    } else if (earlier) {
      plan.count(draft, addTo(plan, earlier, draft) ? 'updated' : 'unchanged');
      name(draft, earlier);
    }
  }
}

const empty = { tags: [], profile: {} };
/** Marks a customer who may be here twice. */
const flagTags = { en: en.value.flagTag, 'zh-CN': zh.value.flagTag };

function newCustomer(
  fields: Record<string, unknown>,
  { nowMs, importer, language }: ReadContext,
  flagged: boolean,
): GivenFieldsOf<'customer'> {
  const given = fields as Partial<Customer>;
  const today = new Date(nowMs);
  const since = isoDay({
    year: today.getFullYear(),
    month: today.getMonth() + 1,
    day: today.getDate(),
  });
  const tags = given.tags ?? empty.tags;
  return {
    no: given.no ?? null,
    kind: given.kind ?? 'person',
    name: given.name ?? '',
    valueClass: given.valueClass ?? 'B',
    since: given.since ?? since,
    tags: flagged ? [...new Set([...tags, flagTags[language]])] : tags,
    profile: given.profile ?? empty.profile,
    pinnedNote: given.pinnedNote ?? null,
    createdAt: given.createdAt ?? nowMs,
    createdBy: importer.id,
  };
}

function addPoint(plan: Plan, customerId: string, point: PointDraft, preferred: boolean): void {
  const { kind, label, raw, normal, extension } = point;
  plan.make('contactPoint', {
    customerId,
    kind,
    label,
    raw,
    normal,
    extension,
    preferred,
    verifiedOn: null,
    retired: false,
  });
}

/** A later row of the same batch about a customer whom an earlier one makes. */
function addTo(plan: Plan, { made, points }: NewCustomer, draft: Draft): boolean {
  const changed = changedFields(made.fields, draft.fields);
  Object.assign(made.fields, changed);
  const more = draft.points.filter((point) => !points.some((held) => isSamePoint(held, point)));
  for (const point of more) {
    addPoint(plan, made.id, point, points.length === 0);
    points.push(point);
  }
  return more.length > 0 || Object.keys(changed).length > 0;
}

/** The fields that a row changes of a record. Of a customer tags are added, and of the profile only what the row has. */
export function changedFields(
  held: Record<string, unknown>,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const next =
      name === 'tags'
        ? union(held.tags, value)
        : name === 'profile'
          ? profileOf(held.profile, value)
          : value;
    if (!isSame(next, held[name])) changed[name] = next;
  }
  return changed;
}

/** Files tell times by the second. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return Math.abs(one - other) < 1_000;
  return JSON.stringify(one) === JSON.stringify(other);
}

function union(held: unknown, given: unknown): unknown[] {
  return [
    ...new Set([...(Array.isArray(held) ? held : []), ...(Array.isArray(given) ? given : [])]),
  ];
}

type Profile = Record<string, { value: string }>;

/** A value that says the same keeps the day of its last check. */
function profileOf(held: unknown, given: unknown): Profile {
  const profile = { ...(held as Profile | undefined) };
  for (const [id, entry] of Object.entries(given as Profile)) {
    if (profile[id]?.value !== entry.value) profile[id] = entry;
  }
  return profile;
}

/** New points of a customer who is here. */
export function addMissingPoints(
  plan: Plan,
  customerId: string,
  held: Pick<PointDraft, 'kind' | 'normal' | 'raw'>[],
  points: PointDraft[],
): boolean {
  const more = points.filter((point) => !held.some((one) => isSamePoint(one, point)));
  for (const point of more) {
    addPoint(plan, customerId, point, false);
    held.push(point);
  }
  return more.length > 0;
}
