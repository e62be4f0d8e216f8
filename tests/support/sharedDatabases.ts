import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openStore } from '#server/store/store.ts';
import { removeAbandoned } from '../../scripts/testPlace.ts';
import { clusterFolder, findPostgres, type PostgresCluster, startPostgres } from './postgres.ts';
import { type EmbeddedPlace, type MigratedPlace, sharedAt } from './sharedPlaces.ts';

interface Shared {
  cluster: PostgresCluster;
  place: MigratedPlace;
}

/** A cluster that has ended, with a migrated database of the name `template`. */
interface Image {
  bin: string;
  folder: string;
  template: string;
}

/**
 * What all test files of a run, or of all runs of `npm test`, share, made when the first of them asks: an embedded
 * database that is migrated already, and for each worker a PostgreSQL cluster with a migrated template. A cluster for
 * each worker, because PostgreSQL numbers its transactions per cluster: one that ends in another file can hold back the
 * feed of this one for a moment.
 */
const clusters = new Map<string, Promise<Shared>>();
let migrated: Promise<Image> | null = null;
let embedded: Promise<EmbeddedPlace> | null = null;
let seeded: Promise<EmbeddedPlace> | null = null;
let service: Server | null = null;

export async function setup(): Promise<void> {
  if (process.env[sharedAt]) return;
  service = createServer((request, response) => {
    // A worker that computes for seconds would ask again on a connection that was given up here meanwhile.
    response.setHeader('connection', 'close');
    placeOf(request.url ?? '').then(
      (place) => response.end(JSON.stringify(place)),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  const listening = service;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  process.env[sharedAt] = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

export async function teardown(): Promise<void> {
  if (!service) return;
  service.closeAllConnections();
  service.close();
  const started = await Promise.allSettled(clusters.values());
  await Promise.all(
    started.map((one) => (one.status === 'fulfilled' ? one.value.cluster.stop() : null)),
  );
  for (const image of [embedded, seeded, migrated]) {
    const { folder } = (await image?.catch(() => null)) ?? {};
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
}

async function placeOf(path: string): Promise<EmbeddedPlace | MigratedPlace> {
  const [, kind, worker = ''] = path.split('/');
  if (kind === 'embedded') {
    embedded ??= makeEmbedded();
    return embedded;
  }
  if (kind === 'seeded') {
    seeded ??= makeSeeded();
    return seeded;
  }
  const cluster = clusters.get(worker) ?? startMigrated();
  clusters.set(worker, cluster);
  return (await cluster).place;
}

async function startMigrated(): Promise<Shared> {
  migrated ??= makeMigrated();
  const { bin, folder, template } = await migrated;
  const cluster = await startPostgres(bin, { copyOf: join(folder, 'data') });
  return { cluster, place: { ...cluster.place, template } };
}

async function makeMigrated(): Promise<Image> {
  const bin = findPostgres();
  if (!bin) throw new Error('PostgreSQL is not installed here');
  const folder = clusterFolder();
  const cluster = await startPostgres(bin, { data: join(folder, 'data') });
  const url = cluster.makeDatabase();
  const store = await openStore({ kind: 'postgres', url });
  await store.close();
  await cluster.stop();
  return { bin, folder, template: new URL(url).pathname.slice(1) };
}

function makeEmbedded(): Promise<EmbeddedPlace> {
  return make('embeddedImage.ts');
}

/** The practice data of the windows' tests, which every centre of theirs begins with. */
async function makeSeeded(): Promise<EmbeddedPlace> {
  embedded ??= makeEmbedded();
  return make('seededImage.ts', (await embedded).folder);
}

/**
 * In a process of its own: it computes for seconds, and this one serves the workers their modules. It lives too briefly
 * to compile its database a second time.
 */
async function make(program: string, ...from: string[]): Promise<EmbeddedPlace> {
  const prefix = join(tmpdir(), 'switchboard-databases-');
  removeAbandoned(prefix);
  const folder = mkdtempSync(`${prefix}${process.pid}-`);
  const path = fileURLToPath(new URL(program, import.meta.url));
  try {
    await promisify(execFile)(process.execPath, ['--liftoff-only', path, folder, ...from]);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return { folder };
}
