import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresPlace } from './postgres.ts';

/** The variable that names the address of sharedDatabases.ts; unset outside of a run that has it. */
export const sharedAt = 'SWITCHBOARD_TEST_DATABASES';

/** A cluster with a migrated database to copy. */
export interface MigratedPlace extends PostgresPlace {
  template: string;
}

/** A migrated embedded database lies in `database` of this folder. */
export interface EmbeddedPlace {
  folder: string;
}

let postgres: Promise<MigratedPlace> | null = null;
let embedded: Promise<EmbeddedPlace> | null = null;
let seeded: Promise<EmbeddedPlace> | null = null;

export function sharesDatabases(): boolean {
  return process.env[sharedAt] !== undefined;
}

/** The cluster of this worker: workers of several runs at a time may have the same number. */
export function sharedPostgres(): Promise<MigratedPlace> {
  postgres ??= ask<MigratedPlace>(`postgres/${process.ppid}-${process.env.VITEST_POOL_ID ?? '0'}`);
  return postgres;
}

function sharedEmbedded(): Promise<EmbeddedPlace> {
  embedded ??= ask<EmbeddedPlace>('embedded');
  return embedded;
}

function sharedSeeded(): Promise<EmbeddedPlace> {
  seeded ??= ask<EmbeddedPlace>('seeded');
  return seeded;
}

/**
 * Lays a migrated database in a directory of its own, and tells it: half the computing of unpacking one in memory. Those
 * that nobody closes go with the run.
 */
export async function layThrowAway(): Promise<string> {
  const { folder } = await sharedEmbedded();
  const dataDir = mkdtempSync(join(folder, 'copy-'));
  cpSync(join(folder, 'database'), dataDir, { recursive: true });
  return dataDir;
}

/**
 * Puts a migrated database into the data directory of a server, so that it need not make one: an empty one, or one with
 * the practice data of `testSize`.
 */
export async function layDatabase(
  dataDir: string,
  kind: 'embedded' | 'seeded' = 'embedded',
): Promise<void> {
  if (!sharesDatabases()) return;
  const place = kind === 'seeded' ? sharedSeeded() : sharedEmbedded();
  const from = join((await place).folder, 'database');
  // Hundreds of small files: one by one in turns of the event loop would take ten times as much computing.
  cpSync(from, join(dataDir, 'database'), { recursive: true });
}

async function ask<Place>(what: string): Promise<Place> {
  const answer = await fetch(`${process.env[sharedAt]}/${what}`);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Place;
}
