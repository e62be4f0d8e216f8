import type { RecentCall } from '#shared/contract/models/calls.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import type { FieldsOf } from '#shared/sync/entities.ts';
import type { Cache } from '../cache/cache.ts';
import { readNumber } from './pop.ts';

/** Calls looked at; somebody who calls 200 times a day finds those of the last days. */
const looked = 600;
const dayMs = 24 * 60 * 60_000;

export interface RecentOptions {
  cache: Pick<Cache, 'recentCalls' | 'record'>;
  userId: string;
  home: HomeCountry;
  now: number;
}

/**
 * The agent's own calls for dialling again: one entry a number, the newest call of each, newest first.
 * Missed calls of the last 24 hours stay in however many came after them.
 */
export function listRecents(limit: number, options: RecentOptions): RecentCall[] {
  const { cache, userId, home, now } = options;
  const newest = new Map<string, RecentCall>();
  for (const { fields } of cache.recentCalls(userId, looked)) {
    const number = readNumber(fields.numberRaw, home).view;
    const key = fields.numberKey ?? number.raw;
    if (number.withheld || key === '' || newest.has(key)) continue;
    newest.set(key, {
      number,
      name: nameOf(fields, cache),
      customerId: fields.customerId,
      direction: fields.direction,
      result: fields.result,
      at: fields.offeredAt,
    });
  }
  const all = [...newest.values()];
  const isDue = ({ result, at }: RecentCall) => result === 'missed' && now - at < dayMs;
  const due = all.filter(isDue).slice(0, limit);
  const others = all.filter((call) => !due.includes(call)).slice(0, limit - due.length);
  return [...due, ...others].sort((one, other) => other.at - one.at);
}

function nameOf(call: FieldsOf<'call'>, cache: RecentOptions['cache']): string | null {
  const customer = call.customerId === null ? null : cache.record('customer', call.customerId);
  return customer?.name ?? call.callerName;
}
