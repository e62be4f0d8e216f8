import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import { bulk } from '#electron/desk/ticketList/bulk.ts';
import { createTicketViews } from '#electron/desk/ticketList/views.ts';
import type { TicketFilter, TicketSort } from '#shared/contract/methods/ticketLists.ts';
import type { FieldsOf } from '#shared/sync/entities.ts';
import {
  changeOf,
  customerFields,
  newId,
  openedCache,
  systemClock,
  temporaryFolder,
  testUserId,
  ticketFields,
} from '#tests/support/cacheFixture.ts';

const now = 1_795_000_000_000;
const hourMs = 3_600_000;
const other = newId();
const gold = newId();
const user = (name: string, teamId: string): FieldsOf<'user'> => ({
  login: name,
  name,
  role: 'agent',
  teamId,
  extension: null,
  queueIds: [],
  active: true,
});

/** Tickets by the letter that is their subject. */
const made: Record<string, Partial<FieldsOf<'ticket'>>> = {
  a: { ownerId: testUserId, state: 'assigned', priority: 'urgent', dueAt: now - hourMs },
  b: {
    ownerId: other,
    state: 'inProgress',
    priority: 'normal',
    dueAt: now + hourMs,
    tags: ['vip'],
  },
  c: { ownerId: null, state: 'registered', priority: 'major', dueAt: now + 9 * hourMs },
  d: { ownerId: other, state: 'waiting', dueAt: null, watcherIds: [testUserId] },
  e: { ownerId: other, state: 'closed', dueAt: null, customerId: gold, no: '20260000077' },
  f: { ownerId: other, state: 'assigned', mergedInto: newId() },
};
const idOf = new Map(Object.keys(made).map((letter) => [letter, newId()]));
const id = (letter: string) => idOf.get(letter) ?? '';

let folder: ReturnType<typeof temporaryFolder>;
let cache: Cache;

beforeAll(async () => {
  folder = temporaryFolder();
  cache = await openedCache(folder.path);
  const tickets = Object.entries(made).map(([subject, fields], place) =>
    changeOf(
      'ticket',
      id(subject),
      ticketFields({
        firstContactId: other,
        customerId: null,
        subject,
        createdAt: now - place * hourMs,
        ...fields,
      }),
    ),
  );
  await cache.apply(
    [
      changeOf('user', testUserId, user('Ann', 'east')),
      changeOf('user', other, user('Ben', 'west')),
      changeOf('customer', gold, customerFields({ name: '王芳', valueClass: 'A' })),
      ...tickets,
    ],
    null,
    0,
  );
});
afterAll(async () => {
  await cache?.close();
  folder?.remove();
});

const byCreation: TicketSort = { by: 'createdAt', descending: true };
async function found(filter: TicketFilter, sort = byCreation, part = { from: 0, count: 50 }) {
  const looker = { userId: testUserId, now };
  const names = { categories: {}, queues: {}, teams: {} };
  const list = await cache.search.tickets.list({ filter, sort, looker, names, ...part });
  return { ...list, subjects: list.rows.map(({ subject }) => subject).join('') };
}

describe('a list of tickets', () => {
  test.each<[string, TicketFilter, string]>([
    ['leaves out what is part of another ticket', {}, 'abcde'],
    ['by state', { states: ['assigned', 'waiting'] }, 'ad'],
    ['by several fields at once', { states: ['assigned'], priorities: ['normal'] }, ''],
    ['mine', { mine: true }, 'a'],
    ['of me, by the word for it', { ownerIds: ['me'] }, 'a'],
    ['of nobody, or of me', { ownerIds: ['none', 'me'] }, 'ac'],
    ['of a team', { teamIds: ['west'] }, 'bde'],
    ['of a team that nobody is in', { teamIds: ['north'] }, ''],
    ['by tag', { tags: ['vip'] }, 'b'],
    ['that I watch', { watching: true }, 'd'],
    ['overdue', { due: 'overdue' }, 'a'],
    ['due soon', { due: 'soon' }, 'b'],
    ['by class of the customer', { classes: ['A'] }, 'e'],
    ['by a part of the number', { text: '0077' }, 'e'],
    ['by the customer’s name', { text: '王' }, 'e'],
    ['by words of which one is not there', { text: '王 zzz' }, ''],
    ['by the time of registration', { createdFrom: now - hourMs, createdTo: now }, 'b'],
    ['of somebody who is gone', { ownerIds: [newId()] }, ''],
  ])('%s', async (_case, filter, subjects) => {
    const list = await found(filter);
    expect(list.subjects).toBe(subjects);
    expect(list.total).toBe(subjects.length);
  });

  test.each<[TicketSort, string]>([
    [{ by: 'dueAt', descending: false }, 'abced'],
    [{ by: 'dueAt', descending: true }, 'cbaed'],
    [{ by: 'subject', descending: true }, 'edcba'],
    [{ by: 'owner', descending: false }, 'aedbc'],
    [{ by: 'state', descending: false }, 'cabde'],
    [{ by: 'customer', descending: false }, 'edcba'],
  ])('sorts by %o, and what has no value comes last', async (sort, subjects) => {
    expect((await found({}, sort)).subjects).toBe(subjects);
  });

  test('comes in parts, and follows what changes here and from the server', async () => {
    const part = { from: 1, count: 2 };
    expect(await found({}, byCreation, part)).toMatchObject({ total: 5, subjects: 'bc' });
    cache.change([{ entity: 'ticket', id: id('c'), fields: { tags: ['new'] } }], testUserId);
    expect(await found({ tags: ['new'] })).toMatchObject({
      subjects: 'c',
      rows: [{ waiting: true }],
    });
    const late = newId();
    const fields = ticketFields({ subject: 'g', createdAt: now - 9 * hourMs, customerId: null });
    await cache.apply([changeOf('ticket', late, fields)], null, 0);
    expect((await found({})).subjects).toBe('abcdeg');
    await cache.apply([{ ...changeOf('ticket', late, fields), withdrawn: true }], null, 0);
    expect((await found({})).subjects).toBe('abcde');
    expect(await cache.search.tickets.tags()).toEqual(expect.arrayContaining(['vip', 'new']));
  });
});

const parts = (role: 'agent' | 'supervisor') => ({
  cache,
  clock: { ...systemClock, now: () => now },
  user: {
    id: testUserId,
    login: 'ann',
    name: 'Ann',
    role,
    teamId: 'east',
    extension: null,
    queueIds: [],
  },
});

describe('many tickets at once', () => {
  test('are previewed without a change, done, refused one by one, and taken back', async () => {
    const ticketIds = ['a', 'c', 'e'].map(id);
    const command = { kind: 'assign' as const, ownerId: other, note: null };
    const given = { ticketIds, command };
    const preview = await bulk(parts('supervisor'), { ...given, preview: true });
    expect(preview).toMatchObject({ done: [id('a'), id('c')], unchanged: 1, refused: [] });
    expect(cache.record('ticket', id('a'))?.ownerId).toBe(testUserId);

    const priority = { kind: 'priority' as const, priority: 'major' as const };
    const done = await bulk(parts('supervisor'), { ticketIds, command: priority, preview: false });
    expect(done).toMatchObject({ done: [id('a'), id('e')], unchanged: 1 });
    for (const step of done.undo ?? []) {
      await bulk(parts('supervisor'), { ...step, preview: false });
    }
    expect(cache.record('ticket', id('a'))?.priority).toBe('urgent');

    const close = { kind: 'close' as const, note: 'Twice' };
    const agent = await bulk(parts('agent'), {
      ticketIds: [id('b')],
      command: close,
      preview: false,
    });
    expect(agent).toMatchObject({
      done: [],
      refused: [{ ticketId: id('b'), subject: 'b', code: 'forbidden' }],
      undo: null,
    });
  });
});

describe('saved views', () => {
  test('are kept, replaced and removed by their owner, and seen by others where they are shared', () => {
    const views = createTicketViews(parts('agent'));
    const query = { filter: { states: ['assigned' as const] }, sort: byCreation };
    const saved = views.save({ id: null, name: '紧急', shared: false, ...query });
    expect(views.list()).toEqual([{ ...saved, ownerName: 'Ann' }]);
    views.save({ id: saved.id, name: '紧急', shared: true, ...query });
    const bens = createTicketViews({
      ...parts('agent'),
      user: { ...parts('agent').user, id: other },
    });
    expect(bens.list()).toMatchObject([{ name: '紧急', shared: true, ...query }]);
    expect(() => bens.remove(saved.id)).toThrow(expect.objectContaining({ code: 'forbidden' }));
    views.remove(saved.id);
    expect(bens.list()).toEqual([]);
  });
});
