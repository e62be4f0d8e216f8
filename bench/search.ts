import { connect } from '#electron/cache/file/connection.ts';
import { createSearchIndex } from '#electron/cache/search/searchIndex.ts';
import { soundsOf } from '#shared/domain/text/pinyinWords.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { planCustomer } from '#shared/sample/people/customerPlan.ts';
import { Random } from '#shared/sample/random.ts';
import { type DataSet, dataSet, openDataSet, sampleSeed } from './dataSet.ts';
import {
  type Bench,
  type Figure,
  limitFigure,
  medianOfRounds,
  percentile,
  plainFigure,
  speedUpFigure,
} from './figure.ts';

const rounds = 5;
const queriesPerRound = 60;
const warmUpQueries = 40;
/** A scan takes most of a second: fewer of them say the same. */
const scans = 24;
const shownHits = 8;
const goalMs = 30;
const goalSpeedUp = 20;
const randomStream = 98;

/**
 * What an agent types into the search field, letter by letter, over the large cache: a keystroke is answered by
 * `cache.search.everything`, over the worker thread, as the desk does it. Baseline: the same texts by `LIKE`, one
 * scan of customers and their numbers on a connection of its own.
 */
export const bench: Bench = async () => {
  const data = await dataSet();
  const cache = await openDataSet(data);
  indexed(data);
  const random = new Random(sampleSeed, randomStream, 0);
  const typed = () => queryOf(data, random);

  const measure = async (queries: number): Promise<number[]> => {
    const times: number[] = [];
    for (let query = 0; query < queries; query += 1) {
      for (const text of keystrokes(typed())) {
        const from = performance.now();
        await cache.search.everything(text, shownHits);
        times.push(performance.now() - from);
      }
    }
    return times;
  };

  await measure(warmUpQueries);
  const measured: number[][] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await measure(queriesPerRound));
  await cache.close();
  const like = scanTimes(data, random);
  const n = measured.flat().length;
  const size = `${data.customers.toLocaleString('en')} customers`;
  const of = (p: number) => medianOfRounds(measured, p);
  const figures: Figure[] = [
    plainFigure(`search p50 per keystroke, ${size}`, 'ms', of(0.5), n),
    limitFigure(`search p99 per keystroke, ${size}`, 'ms', of(0.99), goalMs, n),
  ];
  for (const p of [0.5, 0.99]) {
    const name = `search p${p * 100} against LIKE`;
    figures.push(speedUpFigure(name, 'ms', of(p), percentile(like, p), goalSpeedUp, like.length));
  }
  return figures;
};

/** The data set may have been built by a version without this index: the worker's work is done here at once. */
function indexed({ file, key }: DataSet): void {
  const db = connect({ file, key }, { cacheKiB: 65_536, checkpointPages: 8000 });
  const index = createSearchIndex(db);
  const from = performance.now();
  let slices = 0;
  while (index.indexSome()) slices += 1;
  db.close();
  if (slices > 1) console.log(`  indexed in ${Math.round(performance.now() - from)} ms`);
}

/** One of the kinds of things that people look for, of a customer who is there. */
function queryOf(data: DataSet, random: Random): string {
  const size = { customers: data.customers, seed: sampleSeed };
  const plan = planCustomer(size, random.int(0, data.customers - 1));
  const { name } = plan.name;
  const number = random.pick(plan.numbers).number.normal.replace(/\D/g, '');
  const sounds = soundsOf(name)[0];
  const fragment = random.int(0, Math.max(0, number.length - 5));
  const kinds = [
    name,
    name,
    name.slice(0, 2),
    sounds?.initials ?? name.slice(0, 3),
    sounds?.full ?? name,
    number.slice(2),
    number.slice(-4),
    number.slice(fragment, fragment + 5),
    `${name} ${number.slice(-4)}`,
    random.pick(['退款', '发票', 'refund', 'delivery', '20260000']),
  ];
  return random.pick(kinds);
}

function keystrokes(text: string): string[] {
  const characters = [...text];
  return characters.map((_, index) => characters.slice(0, index + 1).join(''));
}

/** The same question asked of the tables: names, numbers as digits, subjects of tickets. */
function scanTimes({ file, key, ...data }: DataSet, random: Random): number[] {
  const db = connect({ file, key }, { cacheKiB: 16_384, checkpointPages: 8000 });
  const customers = db.prepare<[string, number]>(
    'SELECT "id", "name" FROM customer WHERE "nameKey" LIKE ? LIMIT ?',
  );
  const points = db.prepare<[string, number]>(
    'SELECT "customerId" FROM contact_point WHERE "normal" LIKE ? LIMIT ?',
  );
  const tickets = db.prepare<[string, number]>(
    'SELECT "id" FROM ticket WHERE "subject" LIKE ? LIMIT ?',
  );
  const times: number[] = [];
  while (times.length < scans) {
    for (const text of keystrokes(queryOf({ file, key, ...data }, random))) {
      const pattern = `%${foldText(text)}%`;
      const from = performance.now();
      for (const statement of [customers, points, tickets]) statement.all(pattern, shownHits);
      times.push(performance.now() - from);
    }
  }
  db.close();
  return times;
}
