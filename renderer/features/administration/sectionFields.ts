import type { Section, SettingValue } from './sections.tsx';

/** What stands at `phone.callerIds`. */
function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (place, name) =>
        typeof place === 'object' && place !== null ? Reflect.get(place, name) : undefined,
      value,
    );
}

function withValueAt(value: SettingValue, path: string, given: unknown): SettingValue {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...value, [name]: given };
  const inner = { ...(value[name] as SettingValue | undefined) };
  return { ...value, [name]: withValueAt(inner, rest.join('.'), given) };
}

const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);

/** Pages of the same part that were changed too: one draft holds them all, and they are saved together. */
export function changedBeside(
  section: Section,
  sections: readonly Section[],
  value: SettingValue,
  held: SettingValue,
): Section[] {
  return sections.filter(
    ({ id, key, fields }) =>
      id !== section.id &&
      key === section.key &&
      fields.some((path) => differs(valueAt(value, path), valueAt(held, path))),
  );
}

/** The value with what this page edits as the centre has it. */
export function givenBack(
  { fields }: Section,
  value: SettingValue,
  held: SettingValue,
): SettingValue {
  return fields.reduce((kept, path) => withValueAt(kept, path, valueAt(held, path)), value);
}

/** The page on which a refused place, such as `phone.callerIds.0.number`, can be mended. */
export function sectionOfPlace(
  key: Section['key'],
  place: string,
  sections: readonly Section[],
): Section | undefined {
  return sections.find(
    (section) =>
      section.key === key &&
      section.fields.some((path) => place === path || place.startsWith(`${path}.`)),
  );
}
