import { v7 as uuidv7 } from 'uuid';
import {
  type Author,
  type BenchOperation,
  callOperations,
  customerFields,
  operationOf,
  operationsPerCall,
} from './callOperations.ts';
import { signInHouse } from './desksOfHouse.ts';
import { type Bench, type Figure, percentile } from './figure.ts';
import { openPlainInserts, type PlainInserts, plainRow } from './plainInserts.ts';
import { openDesk, type PushingDesk, pushBody } from './pushingDesks.ts';
import { timed } from './rounds.ts';
import { type SiteServer, startSiteServer } from './siteServer.ts';

const deskCount = 32;
const rounds = Number(process.env.SWITCHBOARD_BENCH_ROUNDS ?? 7);
/** Operations of each desk in a round. */
const perDesk = 400;
const customers = 1_000;
const leastShare = 0.5;

/**
 * Operations per second through one node on PostgreSQL, from 32 desks, each of an agent, that push their calls: ten operations at a time
 * as a call leaves them behind, and two hundred as after a time offline. Baseline: 32 connections that insert the same
 * operations one by one, each a transaction of its own, into a table equal to the server's; no record, no answer, no
 * check. Both sides are fed from this process, and what they send is made before the clock runs.
 */
export const bench: Bench = async () => {
  const server = await startSiteServer();
  if (!server) return [];
  const house = await signInHouse(server.databaseUrl, deskCount);
  const desks = house.map((desk) => openDesk(server.url, desk));
  const customerIds = await storeCustomers(desks);
  const plain = await openPlainInserts(server.databaseUrl, deskCount);
  const figures: Figure[] = [];
  for (const size of [operationsPerCall, 200]) {
    figures.push(await measured({ server, desks, customerIds, plain }, size));
  }
  for (const desk of desks) desk.close();
  await plain.stop();
  await server.stop();
  return figures;
};

interface Site {
  server: SiteServer;
  desks: PushingDesk[];
  customerIds: string[];
  plain: PlainInserts;
}

async function measured(site: Site, size: number): Promise<Figure> {
  const ours: number[] = [];
  const plain: number[] = [];
  // The first round warms both up.
  for (let round = 0; round <= rounds; round += 1) {
    const [oursMs, plainMs] = [await pushRound(site, size), await plainRound(site)];
    if (round === 0) continue;
    ours.push(perSecond(oursMs));
    plain.push(perSecond(plainMs));
  }
  const [value, baseline] = [percentile(ours, 0.5), percentile(plain, 0.5)];
  return {
    name: `push of ${deskCount} desks, ${size} operations at a time`,
    unit: 'op/s',
    value,
    baseline,
    ratio: value / baseline,
    goal: `ratio ≥ ${leastShare}`,
    ok: value / baseline >= leastShare,
    n: rounds * deskCount * perDesk,
  };
}

function perSecond(ms: number): number {
  return (deskCount * perDesk * 1_000) / ms;
}

async function pushRound({ desks, customerIds }: Site, size: number): Promise<number> {
  const bodies = desks.map((desk) =>
    batches(operationsOf({ ...desk, customerIds }), size).map((batch) =>
      pushBody(desk.deviceId, batch),
    ),
  );
  return timed(() => Promise.all(desks.map((desk, at) => pushAll(desk, bodies[at] ?? []))));
}

async function pushAll(desk: PushingDesk, bodies: string[]): Promise<void> {
  for (const body of bodies) {
    const { results } = await desk.push(body);
    const refused = results.find(({ outcome }) => outcome === 'rejected');
    if (refused) throw new Error(`refused: ${refused.reason} ${refused.message}`);
  }
}

async function plainRound({ desks, customerIds, plain }: Site): Promise<number> {
  const rows = desks.map((desk) =>
    operationsOf({ ...desk, customerIds }).map((operation) => plainRow(operation, desk.deviceId)),
  );
  return timed(() => plain.run(rows));
}

function operationsOf(author: Author): BenchOperation[] {
  return Array.from({ length: perDesk / operationsPerCall }, () => callOperations(author)).flat();
}

function batches<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

/** Customers that the calls are of; the desks meet at them. */
async function storeCustomers([desk]: PushingDesk[]): Promise<string[]> {
  if (!desk) return [];
  const author: Author = { ...desk, customerIds: [] };
  const made = Array.from({ length: customers }, (_, index) =>
    operationOf(author, Date.now(), 'customer', uuidv7(), customerFields(index)),
  );
  const bodies = batches(made, 200).map((batch) => pushBody(desk.deviceId, batch));
  await pushAll(desk, bodies);
  return made.map(({ entityId }) => entityId);
}
