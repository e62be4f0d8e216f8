import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createBlobStore } from '#electron/attachments/blobStore.ts';
import { createUploads, type Uploads } from '#electron/attachments/uploads.ts';
import { createOutboxService } from '#electron/desk/outbox.ts';
import { createAttachments } from '#electron/desk/tickets/attachments.ts';
import { stepChanges } from '#electron/desk/tickets/steps.ts';
import { createDataFilesPort } from '#electron/sync/dataFilesClient.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import type { StepCommand } from '#shared/domain/tickets/ticketFlow.ts';
import {
  newId,
  quietLog,
  systemClock,
  temporaryFolder,
  testKey,
  ticketFields,
} from '#tests/support/cacheFixture.ts';
import { testOptions } from '#tests/support/serverBackends.ts';
import { isIdle, startSyncDesk } from '#tests/support/syncDesk.ts';

/** Two desks fetch everything first, on a machine that is busy with other tests. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let server: RunningServer;
let one: TestDesk;
let two: TestDesk;
const cleanUp: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  server = await startServer(testOptions());
  one = await deskOf('xu.jing');
  two = await deskOf('chen.hao');
});
afterEach(async () => {
  for (const clean of cleanUp.splice(0)) await clean();
  for (const desk of [one, two]) {
    for (const { operationId } of desk.outbox.list()) desk.outbox.discard(operationId);
    desk.sync.start(desk.token);
    await desk.until(isIdle);
  }
});
afterAll(async () => {
  await one?.stop();
  await two?.stop();
  await server?.stop();
});

type TestDesk = Awaited<ReturnType<typeof deskOf>>;

async function deskOf(login: string) {
  const desk = await startSyncDesk(server.url, login);
  desk.sync.start(desk.token);
  await desk.until(isIdle);
  const { cache, user } = desk;
  const parts = { cache, user, clock: systemClock, home: () => ({ country: 'CN' }) as const };
  return {
    ...desk,
    parts,
    outbox: createOutboxService(parts),
    step: (ticketId: string, ...commands: StepCommand[]) =>
      cache.change(stepChanges(parts, ticketId, commands), user.id),
    stateOf: (ticketId: string) => cache.record('ticket', ticketId)?.state,
    namesOf: (ticketId: string) => cache.ticket(ticketId)?.events.map(({ name }) => name),
  };
}

/** Both have a resolved ticket, and then no line. */
async function apart(): Promise<string> {
  const id = newId();
  const owner = { ownerId: one.user.id, firstContactId: two.user.id };
  const fields = ticketFields({ type: 'inquiry', ...owner });
  one.cache.change([{ entity: 'ticket', id, fields }], one.user.id);
  one.step(id, { action: 'resolve', resolution: 'Explained' });
  await two.until(() => two.stateOf(id) === 'resolved');
  await one.sync.stop();
  await two.sync.stop();
  return id;
}

describe('two desks close and re-open one ticket while both are away', () => {
  test('the first to arrive is kept; the other is asked, and does it from where the ticket is', async () => {
    const id = await apart();
    one.step(id, { action: 'close' });
    two.step(id, { action: 'reopen', note: 'It leaks again' });
    expect([one.stateOf(id), two.stateOf(id)]).toEqual(['closed', 'assigned']);

    one.sync.start(one.token);
    await one.until(isIdle);
    two.sync.start(two.token);
    await two.until((status) => isIdle(status) && status.refused.length > 0);
    await two.until(() => two.stateOf(id) === 'closed');
    const [entry, ...others] = two.outbox.list();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      refusal: { reason: 'state-not-allowed' },
      step: { action: 'reopen', from: 'resolved', now: 'closed', note: 'It leaks again' },
    });

    two.outbox.stepAgain(entry?.operationId ?? '');
    await one.until(() => one.stateOf(id) === 'assigned');
    await two.until(isIdle);
    expect(two.outbox.list()).toEqual([]);
    expect(one.namesOf(id)).toEqual(['ticket.resolved', 'ticket.closed', 'ticket.reopened']);
    expect(two.namesOf(id)).toEqual(one.namesOf(id));
    expect(one.cache.record('ticket', id)).toEqual(two.cache.record('ticket', id));
  });

  test('or keeps what was meant as a note, or discards it', async () => {
    for (const how of ['note', 'discard'] as const) {
      const id = await apart();
      one.step(id, { action: 'reopen', note: 'Not solved' });
      two.step(id, { action: 'close' });
      one.sync.start(one.token);
      await one.until(isIdle);
      two.sync.start(two.token);
      await two.until((status) => isIdle(status) && status.refused.length > 0);
      const [entry] = two.outbox.list();
      const operationId = entry?.operationId ?? '';
      if (how === 'note') two.outbox.stepAsNote(operationId, 'Close (not carried out)');
      else two.outbox.discard(operationId);
      await two.until(isIdle);
      expect(two.outbox.list()).toEqual([]);
      const kept = how === 'note' ? ['ticket.noted'] : [];
      await one.until(() => one.namesOf(id)?.length === 2 + kept.length);
      expect(one.namesOf(id)).toEqual(['ticket.resolved', 'ticket.reopened', ...kept]);
      expect([one.stateOf(id), two.stateOf(id)]).toEqual(['assigned', 'assigned']);
    }
  });

  test('what cannot be done any more stays refused, and says why', async () => {
    const id = await apart();
    one.step(id, { action: 'close' });
    two.step(id, { action: 'close' });
    one.sync.start(one.token);
    await one.until(isIdle);
    two.sync.start(two.token);
    await two.until((status) => isIdle(status) && status.refused.length > 0);
    await two.until(() => two.stateOf(id) === 'closed');
    const [entry] = two.outbox.list();
    expect(() => two.outbox.stepAgain(entry?.operationId ?? '')).toThrow(
      expect.objectContaining({ code: 'state-not-allowed', details: expect.anything() }),
    );
    expect(two.outbox.list()).toHaveLength(1);
  });
});

describe('a file attached while the server is away', () => {
  function filesOf({ parts, sync, token }: TestDesk) {
    const folder = temporaryFolder();
    const store = createBlobStore(folder.path, testKey);
    const port = createDataFilesPort(server.url, token);
    const brought = new EventEmitter();
    const uploads: Uploads = createUploads({
      ...{ store, cache: parts.cache, port, sync, clock: systemClock, log: quietLog },
      changed: () => brought.emit('one'),
    });
    const told: number[] = [];
    const attachments = createAttachments({
      ...{ ...parts, store, uploads, port },
      progress: (_id, received) => told.push(received),
    });
    cleanUp.push(() => uploads.stop(), folder.remove);
    return { attachments, brought, told, store };
  }

  test('goes to the server with the line, and comes to whoever opens it', async () => {
    const [mine, theirs] = [filesOf(one), filesOf(two)];
    const ticketId = newId();
    const fields = ticketFields({ ownerId: one.user.id, firstContactId: one.user.id });
    one.cache.change([{ entity: 'ticket', id: ticketId, fields }], one.user.id);
    await one.until(isIdle);
    await one.sync.stop();
    const bytes = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(700_000)]);
    const { uploadId } = mine.attachments.begin(ticketId, 'leak.png', bytes.length);
    const { attachment } = mine.attachments.piece(uploadId, bytes.toString('base64'));
    expect(attachment).toMatchObject({ waiting: true, here: true });

    const brought = once(mine.brought, 'one');
    one.sync.start(one.token);
    await brought;
    await one.until(isIdle);
    expect(mine.attachments.of(ticketId)).toMatchObject([{ waiting: false, here: true }]);
    const id = attachment?.id ?? '';
    await two.until(() => two.cache.record('attachment', id) !== null);
    expect(theirs.attachments.of(ticketId)).toMatchObject([{ waiting: false, here: false }]);
    expect(await theirs.attachments.fetch(id)).toMatchObject({ here: true });
    expect(theirs.told.at(-1)).toBe(bytes.length);
    expect(theirs.attachments.read(id, 0)).toEqual({ base64: bytes.toString('base64'), end: true });

    // The server comes from a backup: what it has lost is handed in once more, and the bytes with it.
    const again = once(mine.brought, 'one');
    one.cache.offerAgain(one.cache.sentIds('', 1_000));
    one.sync.retry();
    await again;
    await one.until(isIdle);
    expect(mine.attachments.of(ticketId)).toMatchObject([{ waiting: false, here: true }]);
  });
});
