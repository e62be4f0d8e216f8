import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { Store } from '../store/store.ts';

/** Where the command `backup` finds the server that has the database open; readable by its account only. */
const doorFile = 'backup-door.json';
const doorSchema = z.object({ port: z.int(), token: z.string() });
const answerSchema = z.object({ error: z.string().nullable() });

export interface BackupDoor {
  close(): Promise<void>;
}

/**
 * An embedded database belongs to one process, which alone can copy it while it is in use. So that process answers the
 * command `backup` on a port of this machine only, to who can read its folder.
 */
export async function openBackupDoor(
  dataDir: string,
  backUp: NonNullable<Store['backUp']>,
): Promise<BackupDoor> {
  const token = randomBytes(32).toString('base64url');
  const server = createServer((request, response) => {
    answer(request, response, { token, backUp }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  const file = join(dataDir, doorFile);
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify({ port, token }), { mode: 0o600 });
  return {
    async close() {
      rmSync(file, { force: true });
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await closed;
    },
  };
}

/**
 * Ask the server that has the database of `dataDir` open. Null: there is none; else what went wrong, or null for
 * nothing.
 */
export async function askForBackup(
  dataDir: string,
  target: string,
): Promise<{ error: string | null } | null> {
  const door = readDoor(dataDir);
  if (!door) return null;
  const headers = { authorization: `Bearer ${door.token}`, connection: 'close' };
  const url = `http://127.0.0.1:${door.port}/`;
  const response = await fetch(url, { method: 'POST', headers, body: target }).catch(() => null);
  // What was left behind by a server that was killed, or another program at its port.
  const said = response?.ok ? answerSchema.safeParse(await response.json()) : null;
  return said?.data ?? null;
}

function readDoor(dataDir: string): z.infer<typeof doorSchema> | null {
  try {
    return doorSchema.parse(JSON.parse(readFileSync(join(dataDir, doorFile), 'utf8')));
  } catch {
    return null;
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { token, backUp }: { token: string; backUp: NonNullable<Store['backUp']> },
): Promise<void> {
  if (!isRight(request.headers.authorization, token)) {
    response.writeHead(401).end();
    return;
  }
  const target = await textOf(request);
  const error = isAbsolute(target) ? await failureOf(backUp(target)) : 'no absolute path';
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ error }));
}

function isRight(given: string | undefined, token: string): boolean {
  const expected = Buffer.from(`Bearer ${token}`);
  const actual = Buffer.from(given ?? '');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

const longestPath = 4_096;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > longestPath) throw new Error('no path is that long');
  }
  return text;
}

/** Null where `work` succeeds, else the code of its error. */
export async function failureOf(work: Promise<void>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  }
}
