import { afterEach, describe, expect, test } from 'vitest';
import { createMerging } from '#electron/desk/quality/merging.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import {
  contactFields,
  customerFields,
  newId,
  phoneFields,
  systemClock,
  ticketFields,
} from '../../support/cacheFixture.ts';
import { backendNames } from '../../support/serverBackends.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '../../support/syncDesk.ts';
import { testServer } from '../../support/testServer.ts';

const said = (value: string, verifiedOn: string | null) => ({ value, verifiedOn, source: 'desk' });

describe.each(backendNames)('customers found to be one, two desks and a server on %s', (name) => {
  const server = testServer(name);
  const watcher = server.desk('wu.min');
  let desks: SyncDesk[] = [];

  afterEach(async () => {
    for (const desk of desks) await desk.stop();
    desks = [];
  });

  async function deskOf(login: string) {
    const desk = await startSyncDesk(server.url, login);
    desks.push(desk);
    const merging = createMerging({ ...desk, clock: systemClock });
    const write = (...changes: Parameters<typeof desk.cache.change>[0]) =>
      desk.cache.change(changes, desk.user.id);
    return { ...desk, merging, write };
  }
  type Desk = Awaited<ReturnType<typeof deskOf>>;

  /** Line up, everything handed in and fetched, what is held back for a moment included, line down again. */
  async function exchange(...all: Desk[]): Promise<void> {
    for (const round of [1, 2]) {
      for (const { sync, token, until } of all) {
        await watcher.tip();
        sync.start(token);
        await until(({ state, waiting }) => state === 'online' && waiting === 0);
        if (round === 2) await until((status) => isIdle(status));
        await sync.stop();
      }
    }
  }

  function registers({ write }: Desk, called: string, number: string, more = {}): string {
    const id = newId();
    write(
      { entity: 'customer', id, fields: customerFields({ name: called, ...more }) },
      { entity: 'contactPoint', id: newId(), fields: phoneFields(id, number) },
    );
    return id;
  }

  const opens = ({ write, user }: Desk, customerId: string, subject: string): string => {
    const id = newId();
    const by = { ownerId: user.id, firstContactId: user.id };
    write({ entity: 'ticket', id, fields: ticketFields({ customerId, subject, ...by }) });
    return id;
  };

  const matches = ({ cache }: Desk, number: string) =>
    cache.candidates(parseNumber(number, { country: 'CN' })).map(({ customerId }) => customerId);
  const subjects = ({ cache }: Desk, customerId: string) =>
    (cache.card(customerId)?.openTickets ?? []).map(({ subject }) => subject).sort();

  test('merged, worked on at both desks, made two again: everything stands where it belonged', async () => {
    const lead = await deskOf('wu.min');
    const agent = await deskOf('xu.jing');
    const winner = registers(lead, '张伟', '+8613800000001', {
      profile: { city: said('上海', '2024-01-01') },
    });
    const loser = registers(lead, '张 伟', '+8613800000002', {
      valueClass: 'A',
      tags: ['vip'],
      profile: { city: said('北京', '2025-01-01'), job: said('医生', null) },
    });
    opens(lead, winner, 'of the winner');
    opens(lead, loser, 'of the loser');
    await exchange(lead, agent);

    const { mergeId } = lead.merging.merge({ winnerId: winner, loserId: loser, choices: {} });
    // The agent does not know of it yet, and goes on with the loser.
    opens(agent, loser, 'late for the loser');
    agent.write({
      entity: 'contact',
      id: newId(),
      fields: contactFields(loser, 1_800_000_000_000, { title: 'late call' }),
    });
    await exchange(lead, agent, lead);

    for (const desk of [lead, agent]) {
      expect(desk.cache.groupOf(loser)).toEqual([winner, loser]);
      expect(matches(desk, '13800000001')).toEqual([winner]);
      expect(matches(desk, '13800000002')).toEqual([winner]);
      const card = desk.cache.card(loser);
      expect(card?.customer).toMatchObject({ id: winner, valueClass: 'A', tags: ['vip'] });
      expect(card?.customer.profile).toMatchObject({
        city: { value: '北京' },
        job: { value: '医生' },
      });
      expect(card?.contactPoints.map(({ raw }) => raw).sort()).toEqual([
        '+8613800000001',
        '+8613800000002',
      ]);
      expect(card?.timeline.map(({ title }) => title)).toEqual(['late call']);
      expect(subjects(desk, winner)).toEqual([
        'late for the loser',
        'of the loser',
        'of the winner',
      ]);
      const [found, ...others] = await desk.cache.search.customers('13800000002', 5);
      expect([found?.customerId, others]).toEqual([winner, []]);
    }

    // Both go on: the winner's class is changed by hand, a new number and a new ticket come.
    agent.write({ entity: 'customer', id: winner, fields: { valueClass: 'C' } });
    opens(agent, winner, 'after the merge');
    opens(lead, loser, 'straight to the loser');
    await exchange(agent, lead);
    lead.merging.undo(mergeId);
    await exchange(lead, agent);

    for (const desk of [lead, agent]) {
      expect(desk.cache.groupOf(winner)).toEqual([winner]);
      expect(desk.cache.groupOf(loser)).toEqual([loser]);
      expect(matches(desk, '13800000002')).toEqual([loser]);
      expect(subjects(desk, winner)).toEqual(['after the merge', 'of the winner']);
      expect(subjects(desk, loser)).toEqual([
        'late for the loser',
        'of the loser',
        'straight to the loser',
      ]);
      const card = desk.cache.card(winner);
      // What somebody wrote since stays, what the merge wrote goes.
      expect(card?.customer).toMatchObject({ valueClass: 'C', tags: [] });
      expect(card?.customer.profile).toMatchObject({ city: { value: '上海' }, job: { value: '' } });
      expect(desk.cache.card(loser)?.customer).toMatchObject({ valueClass: 'A', tags: ['vip'] });
      expect(desk.cache.card(loser)?.timeline.map(({ title }) => title)).toEqual(['late call']);
      const [found] = await desk.cache.search.customers('13800000002', 5);
      expect(found?.customerId).toBe(loser);
      expect(desk.merging.merges(winner)).toMatchObject([{ mergeId, live: false }]);
    }
    expect(() => lead.merging.undo(mergeId)).toThrow(
      expect.objectContaining({ code: 'state-not-allowed' }),
    );
  });

  test('each into the other, offline: the server takes the first, the second desk is told, both show one', async () => {
    const lead = await deskOf('wu.min');
    const other = await deskOf('helen.marsh');
    const a = registers(lead, 'Anna Keller', '+4930123450');
    const b = registers(lead, 'Ana Keller', '+4930123451');
    await exchange(lead, other);
    lead.merging.merge({ winnerId: b, loserId: a, choices: {} });
    other.merging.merge({ winnerId: a, loserId: b, choices: {} });
    await exchange(lead, other, lead);

    for (const desk of [lead, other]) {
      expect(desk.cache.groupOf(a)).toEqual([b, a]);
      expect(matches(desk, '+4930123451')).toEqual([b]);
      expect(desk.cache.card(a)?.customer.id).toBe(b);
    }
    expect(other.cache.outbox().refused).toMatchObject([
      { entity: 'customer', entityId: b, reason: 'state-not-allowed' },
    ]);
    // What was merged meanwhile is one already: there is nothing left to merge.
    expect(() => other.merging.merge({ winnerId: a, loserId: b, choices: {} })).toThrow(
      expect.objectContaining({ code: 'state-not-allowed' }),
    );
  });

  test('a chain: who is merged into a loser stands with its winner, and steps out alone', async () => {
    const lead = await deskOf('wu.min');
    const agent = await deskOf('xu.jing');
    const [a, b, c] = ['1', '2', '3'].map((digit) =>
      registers(lead, `客户${digit}`, `+861370000000${digit}`),
    ) as [string, string, string];
    const first = lead.merging.merge({ winnerId: b, loserId: a, choices: {} });
    lead.merging.merge({ winnerId: c, loserId: a, choices: {} });
    await exchange(lead, agent);
    for (const { cache } of [lead, agent]) {
      expect(cache.groupOf(a)).toEqual([c, ...[a, b].sort()]);
      expect(cache.record('customer', b)?.mergedInto).toBe(c);
    }
    lead.merging.undo(first.mergeId);
    await exchange(lead, agent);
    for (const { cache } of [lead, agent]) {
      expect(cache.groupOf(a)).toEqual([a]);
      expect(cache.groupOf(b)).toEqual([c, b]);
    }
  });

  test('an agent does not merge, and the server would not take it', async () => {
    const agent = await deskOf('xu.jing');
    const a = registers(agent, '王芳', '+8613600000001');
    const b = registers(agent, '王方', '+8613600000002');
    agent.write({ entity: 'customer', id: a, fields: { mergedInto: b } });
    expect(agent.cache.groupOf(a)).toEqual([b, a]);
    await exchange(agent);
    expect(agent.cache.outbox().refused).toMatchObject([{ entityId: a, reason: 'forbidden' }]);
    expect(agent.cache.groupOf(a)).toEqual([a]);
    expect(matches(agent, '13600000001')).toEqual([a]);
  });
});
