import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { usualPhone } from '#shared/domain/configuration.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { callFields, changeOf, newId } from '#tests/support/cacheFixture.ts';
import { customerId, startShift, type TestShift } from '#tests/support/deskShift.ts';
import { practiceUser } from '#tests/support/practiceUser.ts';

/** Whom to call: the directory, and calls of before. */
let desk: TestShift;
beforeEach(async () => {
  desk = await startShift();
});
afterEach(() => desk.stop());

const listed = (text: string, limit = 100) => desk.ask['directory.list']({ text, limit });
const names = async (text: string) => (await listed(text)).map(({ name }) => name);

async function present(login: string, state: 'ready' | 'onCall' | 'break'): Promise<void> {
  const user = practiceUser(login);
  const fields = { userId: user.id, name: user.name, state, reason: null, since: 5 };
  const nothing = { callId: null, customerName: null, queueId: null };
  await desk.cache.apply([changeOf('presence', user.id, { ...fields, ...nothing })], null, 0);
}

describe('the directory', () => {
  test('has colleagues of the own team first, then others, queues and numbers, and not the agent', async () => {
    await present('lin.yue', 'ready');
    await present('chen.hao', 'break');
    await present('gao.lan', 'ready');
    const all = await listed('');
    expect(all.map(({ kind }) => kind)).toEqual([
      ...Array(11).fill('agent'),
      ...Array(4).fill('queue'),
      ...Array(3).fill('external'),
    ]);
    expect(all[0]).toMatchObject({ name: '林悦', target: '2043', state: 'ready', since: 5 });
    expect(all[1]).toMatchObject({ name: '陈浩', state: 'break' });
    const team = all.slice(0, 5).map(({ target }) => target);
    expect(team.sort()).toEqual(['2042', '2043', '2044', '2045', '2061']);
    expect(all[5]).toMatchObject({ name: '高岚', state: 'ready' });
    expect(all.map(({ target }) => target)).not.toContain('2041');
    expect(all).toContainEqual({
      ...{ kind: 'queue', id: 'sales', name: '销售咨询', target: 'sales' },
      ...{ state: null, reason: null, since: null },
    });
  });

  test.each([
    ['陈', ['陈浩']],
    ['ch', ['陈浩', '值班维修']],
    ['anna', ['Anna Keller']],
    ['ak', ['Anna Keller']],
    ['2047', ['孙涛']],
    ['ly', ['林悦']],
    ['linyue', ['林悦']],
    ['gao l', ['高岚']],
    ['shfw', ['售后服务']],
    ['billing', ['订单账单']],
    ['021 6003 5800', ['值班维修']],
    ['+86 21 6003 5700', ['配件仓库']],
    ['nobody', []],
  ])('finds %s', async (text, found) => {
    expect(await names(text)).toEqual(found);
  });

  test('offers no retired queue, neither by name nor to be dialled, until it is in use again', async () => {
    const { queues } = defaultConfiguration;
    const retired = queues.map((queue) =>
      queue.id === 'sales' ? { ...queue, retired: true } : queue,
    );
    await desk.configure({ queues: retired });
    expect(await names('销售')).toEqual([]);
    expect((await listed('')).filter(({ kind }) => kind === 'queue')).toHaveLength(3);
    const dialled = { number: 'sales', customerId: null, callerId: null, consent: false };
    await expect(desk.ask['calls.dial'](dialled)).rejects.toMatchObject({ code: 'number-invalid' });
    await desk.configure({ queues });
    expect(await names('销售')).toEqual(['销售咨询']);
  });

  test('follows the numbers that the centre sets', async () => {
    const number = { number: '8001', name: { en: 'Reception', 'zh-CN': '前台' } };
    await desk.configure({ phone: { ...usualPhone, directory: [number] } });
    expect(await names('前台')).toEqual(['前台']);
    expect((await listed('')).filter(({ kind }) => kind === 'external')).toHaveLength(1);
  });

  test('gives no more than asked for', async () => {
    expect(await listed('', 3)).toHaveLength(3);
  });
});

describe('calls of before', () => {
  const me = () => desk.shift.signedIn.user.id;
  const hourMs = 3_600_000;

  async function called(...calls: Partial<ReturnType<typeof callFields>>[]): Promise<void> {
    await desk.cache.apply(
      calls.map((call) => changeOf('call', newId(), callFields({ agentId: me(), ...call }))),
      null,
      0,
    );
  }

  const recents = (limit = 10) => desk.ask['calls.recents']({ limit });

  test('are one entry a number, the newest first, with the name that is known', async () => {
    const now = desk.clock.now();
    const own = { numberRaw: '13800138000', numberKey: '+8613800138000', customerId };
    await called(
      { ...own, offeredAt: now - 3 * hourMs },
      { ...own, offeredAt: now - hourMs, direction: 'out', result: 'failed' },
      {
        ...{ numberRaw: '2042', numberKey: 'int:2042', kind: 'colleague', callerName: '陈浩' },
        offeredAt: now - 2 * hourMs,
      },
      { numberRaw: '', numberKey: null, offeredAt: now },
      { ...own, numberRaw: '10086', numberKey: 'short:10086', agentId: newId(), offeredAt: now },
    );
    expect(await recents()).toMatchObject([
      { name: '张伟', customerId, direction: 'out', result: 'failed', at: now - hourMs },
      { name: '陈浩', customerId: null, number: { display: '2042' } },
    ]);
  });

  test('keep what was missed today, however many calls came after', async () => {
    const now = desk.clock.now();
    const numbered = (at: number) => ({
      numberRaw: `1390013900${at}`,
      numberKey: `+861390013900${at}`,
      offeredAt: now - at * hourMs,
    });
    await called(
      ...[1, 2, 3, 4].map(numbered),
      { ...numbered(5), answeredAt: null, result: 'missed' },
      { ...numbered(6), answeredAt: null, result: 'missed', offeredAt: now - 30 * hourMs },
    );
    const shown = (await recents(3)).map(({ number }) => number.raw.at(-1));
    expect(shown).toEqual(['1', '2', '5']);
  });
});

describe('a desk that died in a call', () => {
  test('offers at its next start whom to call again', async () => {
    const lost = newId();
    const user = practiceUsers[0]?.id ?? '';
    const again = await startShift({ state: 'ready' }, (cache) => {
      const open = { endedAt: null, endedBy: null, result: null, agentId: user, customerId };
      const at = Date.UTC(2027, 0, 15, 8);
      cache.change(
        [
          {
            entity: 'call',
            id: lost,
            fields: callFields({ ...open, offeredAt: at - 60_000, answeredAt: at - 50_000 }),
          },
        ],
        user,
      );
    });
    try {
      const details = { number: '138 0013 8000', dial: '+8613800138000', customerId };
      expect(again.notices()).toMatchObject([
        { id: `lost:${lost}`, failure: { code: 'call-lost', details } },
      ]);
      expect(await again.ask['wrapUps.backlog']({})).toMatchObject([{ callId: lost }]);
    } finally {
      await again.stop();
    }
    expect(again.notices()).toEqual([]);
  });
});
