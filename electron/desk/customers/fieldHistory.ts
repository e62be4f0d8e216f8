import { newId } from '#shared/domain/ids.ts';
import { maxTextLength } from '#shared/domain/primitives.ts';
import type { LocalChange } from '../../cache/cache.ts';
import type { CustomerParts } from './parts.ts';

/** Where a value comes from: heard in a call, asked in passing, or written down at the desk. */
export type Source = 'call' | 'desk' | 'drip';

export function sourceOf(callId: string | null): Source {
  return callId === null ? 'desk' : 'call';
}

/** One entry in the history of a field. The same value before and after: it was found still right. */
export function fieldChanged(
  { user, clock }: Pick<CustomerParts, 'user' | 'clock'>,
  customerId: string,
  change: { field: string; before: unknown; after: unknown; source: Source },
): LocalChange<'fieldChange'> {
  const { field, before, after, source } = change;
  return {
    entity: 'fieldChange',
    id: newId(),
    fields: {
      ...{ customerId, field, before: jsonOf(before), after: jsonOf(after) },
      ...{ at: clock.now(), byId: user.id, byName: user.name, source },
    },
  };
}

/** JSON of a value; a text that would not fit any more is cut, with a mark of that. */
function jsonOf(value: unknown): string {
  const json = JSON.stringify(value ?? null);
  if (json.length <= maxTextLength || typeof value !== 'string')
    return json.slice(0, maxTextLength);
  let kept = maxTextLength;
  for (;;) {
    kept = Math.floor(kept * 0.9);
    const cut = JSON.stringify(`${value.slice(0, kept).toWellFormed()}…`);
    if (cut.length <= maxTextLength) return cut;
  }
}
