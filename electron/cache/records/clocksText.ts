/**
 * The clocks of a record as one short text. Most records were written in one go, so that all their
 * fields carry one stamp: then the text is that stamp. Otherwise it is JSON: the most used stamp, and
 * the fields that differ, with null for fields that were never stamped.
 */
export function writeClocks(
  fields: Record<string, unknown>,
  clocks: Record<string, string>,
): string {
  const common = mostUsed(clocks);
  const differing: Record<string, string | null> = {};
  let differs = false;
  for (const name of Object.keys(fields)) {
    if (clocks[name] === common) continue;
    differing[name] = clocks[name] ?? null;
    differs = true;
  }
  for (const name of Object.keys(clocks)) {
    if (Object.hasOwn(fields, name)) continue;
    differing[name] = clocks[name] ?? null;
    differs = true;
  }
  return differs ? JSON.stringify([common, differing]) : common;
}

export function readClocks(text: string, fields: Record<string, unknown>): Record<string, string> {
  const clocks: Record<string, string> = {};
  const [common, differing] = parse(text);
  for (const name of Object.keys(fields)) {
    if (common && !Object.hasOwn(differing, name)) clocks[name] = common;
  }
  for (const [name, stamp] of Object.entries(differing)) {
    if (stamp !== null) clocks[name] = stamp;
  }
  return clocks;
}

function parse(text: string): [string, Record<string, string | null>] {
  return text.startsWith('[') ? JSON.parse(text) : [text, {}];
}

function mostUsed(clocks: Record<string, string>): string {
  const counts = new Map<string, number>();
  let best = '';
  let bestCount = 0;
  for (const stamp of Object.values(clocks)) {
    const count = (counts.get(stamp) ?? 0) + 1;
    counts.set(stamp, count);
    if (count > bestCount) {
      best = stamp;
      bestCount = count;
    }
  }
  return best;
}
