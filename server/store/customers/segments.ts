import { type RawBuilder, sql } from 'kysely';
import {
  monthsBefore,
  type SegmentCondition,
  type SegmentRule,
} from '#shared/domain/segments/segmentRule.ts';
import type { SegmentMember } from '#shared/sync/segments.ts';
import type { Db } from '../store.ts';
import { fifthOf, standsFor, type ValueCuts } from './customerValues.ts';

type Condition = RawBuilder<boolean>;

const dayMs = 86_400_000;

/**
 * Condition: the customer `c`, together with those merged into it, has at least so many records of an entity. Asked of
 * all customers at once, so that the records are read one time.
 */
function hasAtLeast(entity: string, least: number, which: RawBuilder<unknown>): Condition {
  if (least <= 0) return sql`true`;
  return sql`c.id::text in (
    select coalesce(s.winner::text, r.fields ->> 'customerId')
      from record r left join stands_for s on s.id::text = r.fields ->> 'customerId'
     where r.entity = ${sql.lit(entity)} and r.fields ->> 'customerId' is not null and ${which}
     group by 1 having count(*) >= ${least})`;
}

function hasCount(
  entity: string,
  { is, count }: { is: 'atLeast' | 'atMost'; count: number },
  which: RawBuilder<unknown>,
): Condition {
  if (is === 'atLeast') return hasAtLeast(entity, count, which);
  return sql`not (${hasAtLeast(entity, count + 1, which)})`;
}

function compared(value: RawBuilder<unknown>, is: 'atLeast' | 'atMost', limit: number): Condition {
  return is === 'atLeast' ? sql`${value} >= ${limit}` : sql`${value} <= ${limit}`;
}

/** So long ago or longer, or never; see `isOld` of segmentRule.ts. */
function aged(at: RawBuilder<unknown>, is: 'atLeast' | 'atMost', limit: number): Condition {
  return is === 'atLeast'
    ? sql`(${at} is null or ${at} <= ${limit})`
    : sql`coalesce(${at} >= ${limit}, false)`;
}

/** Condition on a ticket `r`: it is part of no other, which is counted in its place. */
const standsAlone = sql`r.fields ->> 'mergedInto' is null`;

const columns = {
  recency: ['last_order_at', 'lastOrderAt'],
  frequency: ['orders', 'orders'],
  monetary: ['amount', 'amountMinor'],
} as const;

function conditionOf(condition: SegmentCondition, now: number, cuts: ValueCuts): Condition {
  switch (condition.field) {
    case 'valueClass':
      return sql`c.fields ->> 'valueClass' = any(${condition.is}::text[])`;
    case 'kind':
      return sql`c.fields ->> 'kind' = ${condition.is}`;
    case 'tag': {
      const has = sql<boolean>`c.fields -> 'tags' ? ${condition.tag}`;
      return condition.has ? has : sql`not (${has})`;
    }
    case 'profile':
      return profileOf(condition);
    case 'customerFor':
      return knownFor(condition.is, monthsBefore(now, condition.months));
    case 'orders':
      return compared(sql`coalesce(v.orders, 0)`, condition.is, condition.count);
    case 'amount':
      return compared(sql`coalesce(v.amount, 0)`, condition.is, condition.minor);
    case 'singleProduct':
      return sql`coalesce(v.first_title = v.last_title, false)`;
    case 'daysSinceOrder':
      return aged(sql`v.last_order_at`, condition.is, now - condition.count * dayMs);
    case 'monthsSinceContact':
      return contacted(condition.is, monthsBefore(now, condition.months));
    case 'complaints': {
      const from = monthsBefore(now, condition.months);
      const which = sql`r.fields ->> 'type' = 'complaint' and (r.fields ->> 'createdAt')::bigint >= ${from} and ${standsAlone}`;
      return hasCount('ticket', condition, which);
    }
    case 'openTickets': {
      const which = sql`r.fields ->> 'state' not in ('resolved', 'closed') and ${standsAlone}`;
      return hasCount('ticket', condition, which);
    }
    case 'recency':
    case 'frequency':
    case 'monetary': {
      const [column, cut] = columns[condition.field];
      const fifth = compared(fifthOf(column, cuts[cut]), condition.is, condition.fifth);
      return sql`(v.customer_id is not null and ${fifth})`;
    }
  }
}

function profileOf(condition: Extract<SegmentCondition, { field: 'profile' }>): Condition {
  const held = sql`coalesce(c.fields -> 'profile' -> ${condition.id}::text ->> 'value', '')`;
  if (condition.is === 'known') return sql`${held} <> ''`;
  if (condition.is === 'missing') return sql`${held} = ''`;
  if (condition.is === 'equal') return sql`${held} = ${condition.value}`;
  return sql`strpos(lower(${held}), lower(${condition.value})) > 0`;
}

/** As `aged`, of days. Compared as texts: there are dates in ISO 8601 that PostgreSQL does not have (the year 0000). */
function knownFor(is: 'atLeast' | 'atMost', limit: number): Condition {
  const since = sql`(c.fields ->> 'since') collate "C"`;
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  return is === 'atLeast'
    ? sql`(c.fields ->> 'since' is null or ${since} <= ${dayOf(limit)})`
    : sql`coalesce(${since} > ${dayOf(limit - 1)}, false)`;
}

/** A contact at `limit` or later: somebody without any has not been contacted for longer than any time. */
function contacted(is: 'atLeast' | 'atMost', limit: number): Condition {
  const later = is === 'atLeast' ? sql`> ${limit}` : sql`>= ${limit}`;
  const recent = hasAtLeast('contact', 1, sql`(r.fields ->> 'at')::bigint ${later}`);
  return is === 'atLeast' ? sql`not (${recent})` : recent;
}

/** Condition on a customer `c` and what it is worth, `v`. */
function whereOf({ match, conditions }: SegmentRule, now: number, cuts: ValueCuts): Condition {
  const parts = conditions.map((condition) => sql`(${conditionOf(condition, now, cuts)})`);
  return sql<boolean>`(${sql.join(parts, match === 'all' ? sql` and ` : sql` or `)})`;
}

const customers = sql`
  from record c left join customer_value v on v.customer_id = c.id
 where c.entity = 'customer' and c.fields ->> 'mergedInto' is null`;

export async function countSegment(
  db: Db,
  rule: SegmentRule,
  { now, cuts }: { now: number; cuts: ValueCuts },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with ${standsFor} select count(*)::float8 as count ${customers} and ${whereOf(rule, now, cuts)}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** Customers of the segment behind `after`, in the order of their ids. */
export async function listSegment(
  db: Db,
  rule: SegmentRule,
  {
    after,
    limit,
    now,
    cuts,
  }: { after: string | null; limit: number; now: number; cuts: ValueCuts },
): Promise<SegmentMember[]> {
  const fifth = (column: string, limits: number[]) =>
    sql`case when v.customer_id is not null then ${fifthOf(column, limits)} end`;
  const { rows } = await sql<SegmentMember>`
    with ${standsFor} select c.id as "customerId", c.fields ->> 'no' as no, c.fields ->> 'name' as name,
           c.fields ->> 'kind' as kind, c.fields ->> 'valueClass' as "valueClass",
           coalesce(v.orders, 0) as orders, coalesce(v.amount, 0)::float8 as "amountMinor",
           v.last_order_at::float8 as "lastOrderAt",
           ${fifth('last_order_at', cuts.lastOrderAt)} as recency,
           ${fifth('orders', cuts.orders)} as frequency,
           ${fifth('amount', cuts.amountMinor)} as monetary
    ${customers} and ${whereOf(rule, now, cuts)} and (${after}::uuid is null or c.id > ${after}::uuid)
     order by c.id limit ${limit}`.execute(db);
  return rows;
}
