import { buildPop, readNumber } from '#electron/desk/pop.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { type Keys, openBareCard } from './bareCard.ts';
import { callsIn } from './callsIn.ts';
import { dataSet, openDataSet, sampleSeed } from './dataSet.ts';
import { type Bench, medianOfRounds, plainFigure, ratioFigure, speedUpFigure } from './figure.ts';
import { startPostgresCard } from './postgresCard.ts';

interface Call extends Keys {
  /** As it stands in the INVITE. */
  raw: string;
}

interface Times {
  ours: number[];
  bare: number[];
  postgres: number[];
}

const rounds = 5;
const callsPerRound = 1000;
/** The three take turns in blocks, so that noise of the machine hits them alike. */
const callsPerBlock = 50;
const warmUpCalls = 1000;
const home: HomeCountry = { country: 'CN', areaCode: '021' };

/**
 * Caller number → complete pop with card: the number is read, candidates are looked up, the card is put
 * together (electron/desk/pop.ts). Baselines: the bare prepared statements behind it, and PostgreSQL.
 */
export const bench: Bench = async () => {
  const data = await dataSet();
  const postgres = await startPostgresCard(data);
  const cache = await openDataSet(data);
  const bare = openBareCard(data);
  const callers = callsIn({ customers: data.customers, seed: sampleSeed });
  const nextCalls = (count: number) =>
    Array.from({ length: count }, () => callOf(callers.any())).filter((call) => call !== null);

  const measureBlock = async (calls: Call[], into: Times): Promise<void> => {
    const ours = ({ raw }: Call) =>
      timed(into.ours, () => buildPop(cache, 'bench', readNumber(raw, home).parsed));
    const theirs = (call: Call) => timed(into.bare, () => bare.rows(call));
    calls.forEach((call, at) => {
      // Whoever comes second finds the pages in the system's memory: both do, every other time.
      for (const run of at % 2 === 0 ? [ours, theirs] : [theirs, ours]) run(call);
    });
    if (!postgres) return;
    for (const call of calls) {
      const from = performance.now();
      const rows = await postgres.rows(call);
      into.postgres.push(performance.now() - from);
      if (rows !== bare.rows(call)) throw new Error(`PostgreSQL has other rows for ${call.raw}`);
    }
  };
  const measure = async (count: number): Promise<Times> => {
    const into: Times = { ours: [], bare: [], postgres: [] };
    for (let done = 0; done < count; done += callsPerBlock) {
      await measureBlock(nextCalls(callsPerBlock), into);
    }
    return into;
  };

  await measure(warmUpCalls);
  const measured: Times[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await measure(callsPerRound));

  bare.close();
  await cache.close();
  await postgres?.stop();

  const n = rounds * callsPerRound;
  const size = `${data.customers.toLocaleString('en')} customers`;
  const records = Object.values(data.records).reduce((sum, count) => sum + count, 0);
  const figures = [0.5, 0.99].flatMap((p) => {
    const of = (who: keyof Times) =>
      medianOfRounds(
        measured.map((times) => times[who]),
        p,
      ) * 1000;
    const name = `p${p * 100}, ${size}`;
    const ours = of('ours');
    return [
      ratioFigure(`pop-lookup ${name}, bare statements`, 'µs', ours, of('bare'), 1.5, n),
      ...(postgres
        ? [speedUpFigure(`pop-lookup ${name}, PostgreSQL`, 'µs', ours, of('postgres'), 10, n)]
        : []),
    ];
  });
  if (!postgres) console.log('  no PostgreSQL on this machine: that baseline is left out');
  return [...figures, plainFigure('pop-lookup records in the cache', 'records', records, 1)];
};

function callOf(raw: string): Call | null {
  const { exactKey, suffixKey } = parseNumber(raw, home).matchKeys;
  return exactKey === undefined ? null : { raw, exactKey, suffixKey: suffixKey ?? null };
}

function timed(into: number[], run: () => unknown): void {
  const from = performance.now();
  run();
  into.push(performance.now() - from);
}
