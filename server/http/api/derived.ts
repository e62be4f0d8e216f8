import { parseNumber } from '#shared/domain/numbers/parse.ts';
import { foldText } from '#shared/domain/text/text.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import { readHome } from '../../settings/homeCountry.ts';
import { readRecord } from '../../store/records.ts';
import type { Fields, WriteContext } from './resource.ts';

/** Today at this server, `YYYY-MM-DD`. */
export function localDate(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** How desks compare the number or address: see ContactPoint. */
export async function comparable(
  changed: Fields,
  whole: Fields,
  { db }: WriteContext,
): Promise<Fields> {
  if (changed.raw === undefined) return {};
  const raw = String(whole.raw);
  if (whole.kind !== 'phone') return { normal: foldText(raw).slice(0, 500) };
  const parsed = parseNumber(raw, await readHome(db));
  const extension = changed.extension ?? parsed.extension ?? null;
  return { normal: parsed.matchKeys.exactKey ?? null, extension };
}

/** Names beside ids, so that lists need no second look. */
export function namesBeside(pairs: Record<string, { entity: EntityName; name: string }>) {
  return async (changed: Fields, _whole: Fields, { db }: WriteContext): Promise<Fields> => {
    const names: Fields = {};
    for (const [field, { entity, name }] of Object.entries(pairs)) {
      const id = changed[field];
      if (id === undefined) continue;
      const record = id === null ? null : await readRecord(db, entity, String(id));
      if (record) names[name] = record.fields.name;
      else if (id === null) names[name] = null;
    }
    return names;
  };
}
