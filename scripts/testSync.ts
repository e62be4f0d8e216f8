import { parseArgs } from 'node:util';
import { runChaos } from '../tests/sync/chaos.ts';

/**
 * `npm run test:sync -- --seed S --rounds N`: desks, server and the wire between them in every kind of trouble, from
 * a seed. Ends with 1 where anything was lost, done twice, or differs.
 */
const { values } = parseArgs({
  options: { seed: { type: 'string' }, rounds: { type: 'string', default: '5000' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(rounds) || rounds < 1) {
  console.error('--seed and --rounds take whole numbers');
  process.exit(2);
}
console.log(`seed ${seed}, ${rounds} rounds`);
const started = Date.now();
const { faults, done, operations } = await runChaos({ seed, rounds, tell: console.log });
for (const fault of faults) console.log(`✗ ${fault}`);
const counts = Object.entries(done).map(([name, count]) => `${name} ${count}`);
console.log(counts.join(', '));
console.log(
  `${operations} operations, ${faults.length} faults, seed ${seed} (${Math.round((Date.now() - started) / 1000)} s)`,
);
process.exit(faults.length > 0 ? 1 : 0);
