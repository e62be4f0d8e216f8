import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench, Figure } from './figure.ts';

/** `npm run bench -- [names]`: prints a table and writes `out/bench.json`. */
const benches: Record<string, () => Promise<{ bench: Bench }>> = {
  'pop-lookup': () => import('./popLookup.ts'),
  search: () => import('./search.ts'),
  'pop-painted': () => import('./popPainted.ts'),
  register: () => import('./register.ts'),
  answer: () => import('./answer.ts'),
  hold: () => import('./hold.ts'),
  recover: () => import('./recover.ts'),
  soak: () => import('./soak.ts'),
  start: () => import('./start.ts'),
  import: () => import('./import.ts'),
  bundle: () => import('./bundle.ts'),
  push: () => import('./push.ts'),
  'first-sync': () => import('./firstSync.ts'),
  fanout: () => import('./fanout.ts'),
  growth: () => import('./growth.ts'),
  segments: () => import('./segments.ts'),
  'ticket-list': () => import('./ticketList.ts'),
  board: () => import('./board.ts'),
  'report-day': () => import('./reportDay.ts'),
  'report-quarter': () => import('./reportQuarter.ts'),
  connector: () => import('./connector.ts'),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`,
  );
  process.exit(2);
}

const figures: Figure[] = [];
for (const [name, load] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`${name} …`);
  const { bench } = await load();
  figures.push(...(await bench()));
}

const out = fileURLToPath(new URL('../out', import.meta.url));
mkdirSync(out, { recursive: true });
writeFileSync(`${out}/bench.json`, `${JSON.stringify(figures, null, 2)}\n`);
console.table(
  Object.fromEntries(
    figures.map(({ name, unit, value, baseline, ratio, goal, ok, n }) => [
      name,
      { value: round(value), unit, baseline: round(baseline), ratio: round(ratio), goal, ok, n },
    ]),
  ),
);
// Benches leave browsers and databases behind only when they fail; the process must end all the same.
process.exit(0);

function round(value: number | null): number | string {
  return value === null ? '' : Number(value.toPrecision(4));
}
