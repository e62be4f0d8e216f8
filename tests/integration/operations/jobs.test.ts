import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createJobs } from '#server/jobs/createJobs.ts';
import { FinalJobError, type JobRun, type Jobs, type JobTimes } from '#server/jobs/jobs.ts';
import type { DatabaseOptions } from '#server/options.ts';
import { addJob, findJob, holdLease, takeJobs } from '#server/store/jobs.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { beforeAskingAgain } from '../../support/askAgain.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';

const quick: Partial<JobTimes> = { retryMs: 1, pollMs: 60_000, leaseMs: 15_000 };

/** Resolves with what it was called with, in the order of the calls. */
function queue<T>() {
  const unread: T[] = [];
  const waiting: ((value: T) => void)[] = [];
  return {
    put(value: T): void {
      const wait = waiting.shift();
      if (wait) wait(value);
      else unread.push(value);
    },
    async next(): Promise<T> {
      const value = unread.shift();
      return value ?? new Promise<T>((resolve) => waiting.push(resolve));
    },
    unread,
  };
}

/** Until the job has the state; every look is a query, so nothing but the database's word decides. */
async function becomes(store: Store, id: string, state: string | null) {
  for (;;) {
    const found = await findJob(store.db, id);
    if ((found?.state ?? null) === state) return found;
    await beforeAskingAgain();
  }
}

describe.each(backendNames)('jobs on %s', (name) => {
  let backend: Backend;
  let store: Store;
  const running: Jobs[] = [];

  function runner(on: Store = store, times: Partial<JobTimes> = {}): Jobs {
    const jobs = createJobs(on, { log: () => {}, times: { ...quick, ...times }, alone: false });
    running.push(jobs);
    return jobs;
  }

  beforeAll(async () => {
    backend = await startBackend(name);
    store = await openStore(backend.options().database);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
    await store.db.deleteFrom('job').execute();
  });
  afterAll(async () => {
    await store?.close();
    await backend?.stop();
  });

  test('a job that is added is done and gone, without waiting for a look', async () => {
    const jobs = runner();
    const done = queue<Record<string, unknown>>();
    jobs.handle('greet', async ({ payload }) => done.put(payload));
    await jobs.start();
    const id = await jobs.add(store.db, { kind: 'greet', payload: { name: '王芳' } });
    expect(await done.next()).toEqual({ name: '王芳' });
    await becomes(store, id, null);
  });

  test('a job of a transaction that fails was never there', async () => {
    const jobs = runner();
    const done = queue<unknown>();
    jobs.handle('greet', async ({ payload }) => done.put(payload.n));
    await jobs.start();
    const failing = store.db.transaction().execute(async (tx) => {
      await jobs.add(tx, { kind: 'greet', payload: { n: 1 } });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await jobs.add(store.db, { kind: 'greet', payload: { n: 2 } });
    expect(await done.next()).toBe(2);
  });

  test('a job waits for its time', async () => {
    const jobs = runner();
    const done = queue<unknown>();
    jobs.handle('greet', async ({ payload }) => done.put(payload.n));
    await jobs.start();
    const later = await jobs.add(store.db, {
      kind: 'greet',
      payload: { n: 'later' },
      runAt: Date.now() + 3_600_000,
    });
    await jobs.add(store.db, { kind: 'greet', payload: { n: 'soon' }, runAt: Date.now() + 300 });
    await jobs.add(store.db, { kind: 'greet', payload: { n: 'now' } });
    expect([await done.next(), await done.next()]).toEqual(['now', 'soon']);
    expect(await jobs.find(later)).toEqual({ state: 'waiting', attempts: 0, lastError: null });
  });

  test('what fails is tried again, and fails for good with its error after the last attempt', async () => {
    const jobs = runner();
    const attempts = queue<number>();
    jobs.handle('flaky', async ({ attempt, payload }) => {
      attempts.put(attempt);
      if (attempt < Number(payload.good)) throw new Error(`attempt ${attempt}\0`);
    });
    jobs.handle('wrong', async () => {
      throw new FinalJobError('no such file');
    });
    await jobs.start();
    const good = await jobs.add(store.db, { kind: 'flaky', payload: { good: 3 } });
    await becomes(store, good, null);
    expect(attempts.unread.splice(0)).toEqual([1, 2, 3]);
    const poison = await jobs.add(store.db, {
      kind: 'flaky',
      payload: { good: 99 },
      maxAttempts: 2,
    });
    expect(await becomes(store, poison, 'failed')).toEqual({
      state: 'failed',
      attempts: 2,
      lastError: 'attempt 2',
    });
    const wrong = await jobs.add(store.db, { kind: 'wrong' });
    expect(await becomes(store, wrong, 'failed')).toMatchObject({
      attempts: 1,
      lastError: 'no such file',
    });
  });

  test('a job that ends every node that takes it fails for good', async () => {
    const id = await addJob(store.db, { kind: 'deadly', maxAttempts: 2 });
    for (const _ of [1, 2]) await takeJobs(store.db, { kind: 'deadly', limit: 1, leaseMs: 0 });
    const jobs = runner();
    jobs.handle('deadly', async () => {});
    await jobs.start();
    expect(await becomes(store, id, 'failed')).toMatchObject({
      lastError: 'the node that ran it ended',
    });
  });

  test('a key is open once: what is asked for while it runs is run once more', async () => {
    const jobs = runner();
    const runs = queue<{ let: () => void }>();
    jobs.handle('sync', () => new Promise((resolve) => runs.put({ let: () => resolve() })));
    await jobs.start();
    const first = await jobs.add(store.db, { kind: 'sync', key: 'a' });
    const run = await runs.next();
    const again = [1, 2, 3].map(() => jobs.add(store.db, { kind: 'sync', key: 'a' }));
    expect(await Promise.all(again)).toEqual([first, first, first]);
    run.let();
    (await runs.next()).let();
    await becomes(store, first, null);
    const next = await jobs.add(store.db, { kind: 'sync', key: 'a' });
    expect(next).not.toBe(first);
    (await runs.next()).let();
    await becomes(store, next, null);
    expect(runs.unread).toEqual([]);
  });

  test('a handler may ask to be run again', async () => {
    const jobs = runner();
    const runs = queue<number>();
    jobs.handle('watch', async ({ attempt }) => {
      runs.put(attempt);
      return { againInMs: 0 };
    });
    await jobs.start();
    await jobs.add(store.db, { kind: 'watch' });
    expect([await runs.next(), await runs.next(), await runs.next()]).toEqual([1, 1, 1]);
  });

  test('no more of a kind run at once than allowed, and a full kind holds no other', async () => {
    const jobs = runner();
    const slow = queue<() => void>();
    const other = queue<string>();
    let most = 0;
    let now = 0;
    const handler = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise<void>((resolve) => slow.put(resolve));
      now -= 1;
    };
    jobs.handle('slow', handler, { concurrency: 2 });
    jobs.handle('other', async ({ id }) => other.put(id));
    const added = [1, 2, 3, 4, 5].map(() => jobs.add(store.db, { kind: 'slow' }));
    const ids = await Promise.all(added);
    await jobs.start();
    const free = await slow.next();
    const second = await slow.next();
    expect(await jobs.add(store.db, { kind: 'other' })).toBe(await other.next());
    free();
    second();
    for (const _ of [3, 4, 5]) (await slow.next())();
    for (const id of ids) await becomes(store, id, null);
    expect(most).toBe(2);
  });

  test('a recurring job runs once in a period, however many nodes there are', async () => {
    // It does not end while a test runs.
    const periodMs = 1e12;
    const runs = queue<string>();
    const nodes = [runner(), runner()];
    for (const [n, jobs] of nodes.entries()) {
      jobs.handle('sweep', async () => runs.put(`${n}`), { everyMs: periodMs });
      jobs.handle('after', async ({ payload }) => runs.put(String(payload.n)));
      await jobs.start();
    }
    await runs.next();
    await nodes[0]?.add(store.db, { kind: 'after', payload: { n: 'behind' } });
    expect(await runs.next()).toBe('behind');
    expect(runs.unread).toEqual([]);
    await store.db
      .updateTable('job_period')
      .set({ period: 0 })
      .where('kind', '=', 'sweep')
      .execute();
    const fresh = runner();
    fresh.handle('sweep', async () => runs.put('fresh'), { everyMs: periodMs });
    await fresh.start();
    expect(await runs.next()).toMatch(/^(0|1|fresh)$/);
  });

  test('the database’s clock is set back: no job and no period waits for the time of before', async () => {
    const runs = queue<string>();
    const later = Date.now() + 86_400_000;
    const id = await addJob(store.db, { kind: 'left' });
    await takeJobs(store.db, { kind: 'left', limit: 1, leaseMs: 15_000 });
    await store.db.updateTable('job').set({ lease_until: later }).where('id', '=', id).execute();
    await store.db
      .insertInto('job_period')
      .values({ kind: 'daily', period: Math.floor(later / 3_600_000) })
      .execute();
    const jobs = runner();
    jobs.handle('left', async () => runs.put('left'));
    jobs.handle('daily', async () => runs.put('daily'), { everyMs: 3_600_000 });
    await jobs.start();
    expect([await runs.next(), await runs.next()].toSorted()).toEqual(['daily', 'left']);
  });

  test('a cancelled job is gone, and one that runs is told', async () => {
    const jobs = runner();
    const began = queue<string>();
    jobs.handle('long', async ({ id, signal }) => {
      began.put(id);
      await once(signal, 'abort');
      signal.throwIfAborted();
    });
    await jobs.start();
    const later = await jobs.add(store.db, { kind: 'long', runAt: Date.now() + 3_600_000 });
    await jobs.cancel(store.db, later);
    expect(await jobs.find(later)).toBeNull();
    const long = await jobs.add(store.db, { kind: 'long' });
    expect(await began.next()).toBe(long);
    await jobs.cancel(store.db, long);
    await becomes(store, long, null);
    expect(began.unread).toEqual([]);
  });

  test('a stop gives back what runs, and the attempt does not count', async () => {
    const first = runner();
    const began = queue<JobRun>();
    const endless = async (run: JobRun) => {
      began.put(run);
      await once(run.signal, 'abort');
      run.signal.throwIfAborted();
    };
    first.handle('endless', endless);
    await first.start();
    const id = await first.add(store.db, { kind: 'endless' });
    expect((await began.next()).attempt).toBe(1);
    await first.stop();
    expect(await findJob(store.db, id)).toMatchObject({ state: 'waiting', attempts: 0 });
    const second = runner();
    second.handle('endless', async (run) => began.put(run));
    await second.start();
    expect(await began.next()).toMatchObject({ id, attempt: 1 });
    await becomes(store, id, null);
  });

  test('a stop does not wait for ever, and a handler that went on can write no more', async () => {
    const first = runner(store, { stopMs: 1 });
    const began = queue<JobRun>();
    first.handle('deaf', (run) => {
      began.put(run);
      return new Promise(() => {});
    });
    await first.start();
    const id = await first.add(store.db, { kind: 'deaf' });
    const run = await began.next();
    await store.db.transaction().execute((tx) => run.fence(tx));
    await first.stop();
    await expect(store.db.transaction().execute((tx) => run.fence(tx))).rejects.toThrow(
      'another node has taken the job',
    );
    expect(await findJob(store.db, id)).toMatchObject({ state: 'waiting' });
  });

  test('who has lost a lease holds it no more, whoever has taken it holds it', async () => {
    await addJob(store.db, { kind: 'held' });
    const [lost] = await takeJobs(store.db, { kind: 'held', limit: 1, leaseMs: 0 });
    const [taken] = await takeJobs(store.db, { kind: 'held', limit: 1, leaseMs: 60_000 });
    expect(await takeJobs(store.db, { kind: 'held', limit: 1, leaseMs: 60_000 })).toEqual([]);
    if (!lost || !taken) throw new Error('not taken');
    const held = (job: typeof lost) => store.db.transaction().execute((tx) => holdLease(tx, job));
    expect(taken).toMatchObject({ id: lost.id, attempts: 2 });
    expect(await held(lost)).toBe(false);
    expect(await held(taken)).toBe(true);
  });
});

// PGlite belongs to one process.
describe.skipIf(!backendNames.includes('postgres'))('jobs of several nodes', () => {
  let backend: Backend;
  let database: DatabaseOptions & { kind: 'postgres' };
  let stores: Store[];

  beforeAll(async () => {
    backend = await startBackend('postgres');
  });
  beforeEach(async () => {
    const { database: options } = backend.options();
    if (options.kind !== 'postgres') throw new Error('no PostgreSQL');
    database = options;
    stores = [await openStore(database), await openStore(database)];
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));
  afterAll(() => backend?.stop());

  test('each job is run by one of them', async () => {
    const ran: { id: unknown; node: number }[] = [];
    const done = queue<number>();
    const nodes = stores.map((store, node) => {
      const jobs = createJobs(store, { log: () => {}, times: quick, alone: false });
      const handler = async ({ payload }: JobRun) => {
        ran.push({ id: payload.n, node });
        done.put(ran.length);
      };
      jobs.handle('count', handler, { concurrency: 4 });
      return jobs;
    });
    await Promise.all(nodes.map((jobs) => jobs.start()));
    const [first, second] = stores;
    if (!first || !second) throw new Error('two stores are open');
    const numbers = Array.from({ length: 200 }, (_, n) => n);
    await Promise.all(
      numbers.map((n) => addJob((n % 2 ? first : second).db, { kind: 'count', payload: { n } })),
    );
    while ((await done.next()) < numbers.length);
    await Promise.all(nodes.map((jobs) => jobs.stop()));
    expect(ran.map(({ id }) => id).sort((a, b) => Number(a) - Number(b))).toEqual(numbers);
    expect(new Set(ran.map(({ node }) => node))).toEqual(new Set([0, 1]));
    expect(await first.db.selectFrom('job').select('kind').execute()).toEqual([]);
  });

  test('a node that is killed in the middle loses its job to another', async () => {
    const leaseMs = 2_000;
    const child = fork(
      fileURLToPath(new URL('../../support/jobChild.ts', import.meta.url)),
      [database.url, `${leaseMs}`],
      { execArgv: [] },
    );
    const [store] = stores;
    if (!store) throw new Error('no store');
    const id = await addJob(store.db, { kind: 'endless' });
    const [began] = await once(child, 'message');
    expect(began).toEqual({ id, attempt: 1 });
    const jobs = createJobs(store, { log: () => {}, times: { ...quick, leaseMs }, alone: false });
    const taken = queue<JobRun>();
    jobs.handle('endless', async (run) => taken.put(run));
    await jobs.start();
    // As long as it lives it says that it runs the job.
    const first = await leaseUntil(store, id);
    while ((await leaseUntil(store, id)) === first) await beforeAskingAgain();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await taken.next()).toMatchObject({ id, attempt: 2 });
    await jobs.stop();
  });
});

async function leaseUntil(store: Store, id: string): Promise<number | null> {
  const row = await store.db
    .selectFrom('job')
    .select('lease_until')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.lease_until ?? null;
}
