import { expect, it } from 'vitest';
import { runChaos } from '#tests/sync/chaos.ts';

/** Long rounds with any seed: `npm run test:sync`. */
const seed = 20;

it(`loses nothing and does nothing twice in 200 rounds of chaos (seed ${seed})`, {
  timeout: 240_000,
}, async () => {
  const { faults, done } = await runChaos({ seed, rounds: 200 });
  expect(faults, `npm run test:sync -- --seed ${seed} --rounds 200`).toEqual([]);
  expect(done.change).toBeGreaterThan(20);
});
