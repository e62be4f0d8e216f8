import type {
  BulkAction,
  BulkChange,
  BulkFilter,
  BulkRun,
} from '#shared/contract/methods/quality.ts';
import type { Customer } from '#shared/domain/customers/customer.ts';
import { newId } from '#shared/domain/ids.ts';
import { localDate } from '#shared/domain/localDate.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache, LocalChange } from '../../cache/cache.ts';
import type { PlannedChange } from '../../cache/quality/customerWalk.ts';
import { bulkSource, bulkUndoSource } from '../../cache/quality/mergeReads.ts';
import type { Clock } from '../../core/providers.ts';

/** Changes written in one transaction: the desk does not stand still for longer than some tens of ms. */
const changesAtOnce = 60;
/** Changes that one answer of a preview shows. */
const shownAtOnce = 500;
const runsShown = 30;

interface BulkStep {
  filter: BulkFilter;
  act: BulkAction;
  after: string | null;
}

export interface BulkOptions {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
  home(): HomeCountry;
}

/** Values of many customers at once: looked at before, done in parts, each with its history, undone as a whole. */
export function createBulk({ user, cache, clock, home }: BulkOptions) {
  const plan = ({ filter, act, after }: BulkStep, most: number) =>
    cache.walks.bulkPlan({
      ...{ filter, act, after, most },
      home: home(),
      today: localDate(clock.now()),
    });

  function note(
    source: string,
    {
      customerId,
      field,
      before,
      after,
    }: Pick<PlannedChange, 'customerId' | 'field' | 'before' | 'after'>,
  ): LocalChange {
    const by = { at: clock.now(), byId: user.id, byName: user.name };
    const fields = { customerId, field, before, after, source, ...by };
    return { entity: 'fieldChange', id: newId(), fields };
  }

  async function preview(step: BulkStep) {
    const { found, next, share } = await plan(step, shownAtOnce);
    return { changes: found.map(shown), next, share };
  }

  async function run({ runId, ...step }: BulkStep & { runId: string }) {
    const { found, next, share } = await plan(step, changesAtOnce);
    const changes = found.flatMap((change): LocalChange[] => [
      { entity: change.entity, id: change.id, fields: change.fields },
      note(bulkSource(runId), change),
    ]);
    if (changes.length > 0) cache.change(changes, user.id);
    return { changes: found.map(shown), next, share };
  }

  function undo(runId: string): { undone: number; kept: number; more: boolean } {
    const done = undoneUpTo.get(runId) ?? '';
    const part = cache.quality.changesOfRun(runId, done, changesAtOnce);
    const last = part.at(-1);
    if (!last) {
      if (done === '') throw new DeskError('not-found', 'no such run here');
      undoneUpTo.delete(runId);
      return { undone: 0, kept: 0, more: false };
    }
    const changes: LocalChange[] = [];
    let undone = 0;
    for (const { customerId, field, before, after } of part) {
      const back = backChange(customerId, field, { before, after });
      if (!back) continue;
      undone += 1;
      const history = { customerId, field, before: after, after: before };
      changes.push(back, note(bulkUndoSource(runId), history));
    }
    if (changes.length > 0) cache.change(changes, user.id);
    undoneUpTo.set(runId, last.id);
    const more = part.length === changesAtOnce;
    if (!more) undoneUpTo.delete(runId);
    return { undone, kept: part.length - undone, more };
  }

  /** Where the undoing of a run has come to; after a restart it goes through it again, and finds the rest. */
  const undoneUpTo = new Map<string, string>();

  /** Null where somebody changed the value since. */
  function backChange(
    customerId: string,
    field: string,
    { before, after }: { before: string; after: string },
  ): LocalChange | null {
    const [of, id = '', name] = field.split('.');
    if (of === 'contactPoint' && name === 'normal') {
      const point = cache.record('contactPoint', id);
      if (point?.normal !== JSON.parse(after)) return null;
      return { entity: 'contactPoint', id, fields: { normal: JSON.parse(before) } };
    }
    const customer = cache.record('customer', customerId);
    const fields = customer && backFields(customer, field, { before, after });
    return fields ? { entity: 'customer', id: customerId, fields } : null;
  }

  const runs = (): BulkRun[] => cache.quality.bulkRuns(runsShown);

  return { preview, run, undo, runs };
}

function backFields(
  customer: Customer,
  field: string,
  { before, after }: { before: string; after: string },
): Partial<Customer> | null {
  if (field === 'name')
    return customer.name === JSON.parse(after) ? { name: JSON.parse(before) } : null;
  if (field === 'tags') {
    return JSON.stringify(customer.tags) === after ? { tags: JSON.parse(before) } : null;
  }
  if (!field.startsWith('profile.')) return null;
  const id = field.slice('profile.'.length);
  const held = Object.hasOwn(customer.profile, id) ? customer.profile[id] : undefined;
  if ((held?.value ?? '') !== JSON.parse(after)) return null;
  const value = { value: JSON.parse(before), verifiedOn: null, source: 'bulk' };
  return { profile: Object.fromEntries([[id, value]]) };
}

function shown({ customerId, name, field, before, after }: PlannedChange): BulkChange {
  return { customerId, name, field, before, after };
}
