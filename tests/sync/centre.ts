import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createServerClient } from '#electron/sync/serverClient.ts';
import { openDirectory } from '#server/store/database/pglite.ts';
import { createClock } from '#shared/sync/clock.ts';
import {
  type Change,
  pullResponseSchema,
  type SignInResponse,
  signInResponseSchema,
} from '#shared/sync/messages.ts';
import { freePort } from '#tests/support/freePort.ts';
import { type ServerProcess, startServerProcess } from '#tests/support/serverProcess.ts';
import { layDatabase } from '#tests/support/sharedPlaces.ts';
import { changeUser, type UserChange } from './changeUser.ts';

/** The server's process, which may be dead, its database and the last backup of it. */
export class Centre {
  readonly folder: string;
  readonly url: string;
  #port: number;
  #server: ServerProcess | null = null;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async open(folder: string): Promise<Centre> {
    await layDatabase(folder);
    const centre = new Centre(folder, await freePort());
    await centre.start();
    return centre;
  }

  get isAlive(): boolean {
    return this.#server !== null;
  }

  async start(): Promise<void> {
    this.#server = startServerProcess({
      SWITCHBOARD_MODE: 'practice',
      PORT: String(this.#port),
      DATA_DIR: this.folder,
      PRACTICE_CUSTOMERS: '3',
    });
    await this.#server.ready;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.child.kill(signal);
    await server?.ended;
  }

  async backUp(): Promise<boolean> {
    if (!this.#server) return false;
    await this.end('SIGTERM');
    rmSync(this.#backup, { recursive: true, force: true });
    cpSync(this.#database, this.#backup, { recursive: true });
    await this.start();
    return true;
  }

  async restore(): Promise<boolean> {
    if (!existsSync(this.#backup)) return false;
    await this.end('SIGKILL');
    rmSync(this.#database, { recursive: true });
    cpSync(this.#backup, this.#database, { recursive: true });
    await this.start();
    return true;
  }

  /** By a second hand while the server is down. */
  async changeUser(userId: string, change: UserChange): Promise<boolean> {
    if (!this.#server) return false;
    await this.end('SIGTERM');
    const store = await openDirectory(this.folder);
    try {
      const clock = createClock('chaoscentre', Date.now);
      await changeUser({ db: store.db, clock, now: Date.now }, userId, change);
    } finally {
      await store.close();
    }
    await this.start();
    return true;
  }

  /** Null where the server is too busy. */
  async signIn(login: string): Promise<SignInResponse | null> {
    const deviceId = `chaos${login.replace(/\W/gu, '')}`;
    const response = await fetch(`${this.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: 'practice', deviceId }),
    });
    if (response.status === 503) return null;
    return signInResponseSchema.parse(await response.json());
  }

  async signOut(token: string): Promise<void> {
    await createServerClient({ serverUrl: this.url }).signOut(token);
  }

  /** All that whoever has the token may see, as a desk without anything would get it. */
  async view(token: string): Promise<{ changes: Change[]; cursor: string | null }> {
    const changes = new Map<string, Change>();
    let cursor: string | null = null;
    for (let more = true; more; ) {
      const response: Response = await fetch(`${this.url}/api/sync/pull`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'accept-encoding': 'identity',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ deviceId: 'chaosobserver', cursor, limit: 2000 }),
      });
      const page = pullResponseSchema.parse(await response.json());
      for (const change of page.changes) {
        if (!change.withdrawn) changes.set(`${change.entity}/${change.id}`, change);
      }
      ({ cursor, more } = page);
    }
    return { changes: [...changes.values()], cursor };
  }

  get #database(): string {
    return join(this.folder, 'database');
  }

  get #backup(): string {
    return join(this.folder, 'backup');
  }
}
