import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { customerFields, operationOf } from './callOperations.ts';
import { type Bench, percentile, plainFigure, ratioFigure } from './figure.ts';
import { fillCustomers } from './manyCustomers.ts';
import { type PushingDesk, pushBody, signInDesk } from './pushingDesks.ts';
import { type SiteServer, startSiteCluster, startSiteNode } from './siteServer.ts';

const sizes = (process.env.SWITCHBOARD_BENCH_ROWS ?? '10000,1000000,10000000')
  .split(',')
  .map(Number);
const changesPerPull = 100;
const turns = 150;
const warmUp = 20;
const mostGrowth = 1.3;
const mostAsked = 1000;

interface Place {
  rows: number;
  server: SiteServer;
  desk: PushingDesk;
  cursor: string | null;
  times: number[];
  /** Pulls that brought nothing, because another transaction was open in that moment (docs/sync.md). */
  heldBack: number;
}

/**
 * Pull of a hundred changes, as a desk asks for it, with few, many and very many records on the server: each size a
 * server and a database of its own in one PostgreSQL, by turns. Baseline: the smallest.
 */
export const bench: Bench = async () => {
  const cluster = await startSiteCluster();
  if (!cluster) return [];
  const places: Place[] = [];
  for (const rows of sizes) {
    const server = await startSiteNode(cluster);
    await fillCustomers(server.databaseUrl, rows);
    const desk = await signInDesk(server.url, 0);
    places.push({ rows, server, desk, cursor: null, times: [], heldBack: 0 });
  }
  for (const place of places) await catchUp(place);
  for (let turn = 0; turn < warmUp + turns; turn += 1) {
    for (const place of turn % 2 === 0 ? places : places.toReversed()) {
      const ms = await changeAndPull(place);
      if (turn >= warmUp) place.times.push(ms);
    }
  }
  for (const { desk, server } of places) {
    desk.close();
    await server.stop();
  }
  await cluster.stop();
  const [first, ...others] = places;
  if (!first) return [];
  const p50 = ({ times }: Place) => percentile(times, 0.5);
  const name = ({ rows }: Place) => `pull of ${changesPerPull} changes, ${inWords(rows)} records`;
  return [
    plainFigure(name(first), 'ms', p50(first), turns),
    ...others.map((place) =>
      ratioFigure(`${name(place)}, p50`, 'ms', p50(place), p50(first), mostGrowth, turns),
    ),
    ...places.map((place) =>
      plainFigure(`${name(place)}, held back`, 'pulls', place.heldBack, turns + warmUp),
    ),
  ];
};

function inWords(rows: number): string {
  return rows.toLocaleString('en');
}

/** The cursor behind everything, without fetching it: what lies before is of no interest here. */
async function catchUp(place: Place): Promise<void> {
  const client = new pg.Client({ connectionString: place.server.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ at: string }>(
    `select xid::text || '.' || seq::text as at from record order by xid desc, seq desc limit 1`,
  );
  await client.end();
  place.cursor = rows[0]?.at ?? null;
}

async function changeAndPull(place: Place): Promise<number> {
  await push(place);
  for (let asked = 0; asked < mostAsked; asked += 1) {
    const from = performance.now();
    const { changes, cursor } = await place.desk.pull(place.cursor);
    const ms = performance.now() - from;
    if (changes.length === changesPerPull) {
      place.cursor = cursor;
      return ms;
    }
    if (changes.length > 0) throw new Error(`pulled ${changes.length} changes`);
    place.heldBack += 1;
  }
  throw new Error(`nothing came in ${mostAsked} pulls`);
}

async function push({ desk }: Place): Promise<void> {
  const author = { ...desk, customerIds: [] };
  const operations = Array.from({ length: changesPerPull }, (_, index) =>
    operationOf(author, Date.now(), 'customer', uuidv7(), customerFields(index)),
  );
  await desk.push(pushBody(desk.deviceId, operations));
}
