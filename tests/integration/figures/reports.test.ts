import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallEvents, createCallEvents } from '#server/callEvents/callEvents.ts';
import { createDailyDesk } from '#server/reports/dailyDesk.ts';
import { drillDown } from '#server/reports/drill.ts';
import { runReport } from '#server/reports/runReport.ts';
import { insertRecords } from '#server/store/records.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { catalogue } from '#shared/domain/reports/catalogue.ts';
import { noFilters, type ReportRequest } from '#shared/domain/reports/request.ts';
import { createClock } from '#shared/sync/clock.ts';
import { type Cell, type ReportResult, reportResultSchema } from '#shared/sync/reports.ts';
import { agentIds, queues, randomCall, randomStates, seeded } from '../../support/randomCalls.ts';
import { recordsToReport, workedCalls } from '../../support/reportSample.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';

const random = Date.UTC(2026, 9, 16);
const now = Date.UTC(2026, 10, 22, 12);
const shanghai = 'Asia/Shanghai';
const supervisor = { id: uuidv7(), role: 'supervisor' as const, team: [] };
const reader = { viewer: supervisor, now };
const supervisorUser = {
  ...{ id: supervisor.id, login: 'wu', name: '吴敏', role: 'supervisor' as const },
  ...{ teamId: 'east', extension: null, queueIds: [] },
};

const usual: ReportRequest = {
  report: 'queues',
  range: { kind: 'days', from: '2026-10-16', to: '2026-10-16' },
  ...{ zone: 'UTC', interval: '60min', groupBy: 'queue', language: 'en' },
  filters: noFilters,
};

function cellOf(
  result: ReportResult,
  cells: readonly Cell[] | null | undefined,
  column: string,
): Cell {
  return cells?.[result.columns.findIndex(({ id }) => id === column)] ?? null;
}

describe.each(backendNames)('reports on %s', (name) => {
  let backend: Backend;
  let store: Store;
  let callEvents: CallEvents;

  beforeAll(async () => {
    backend = await startBackend(name);
    store = await openStore(backend.options().database);
    const clock = createClock('reportstest', () => now);
    await store.db
      .transaction()
      .execute((tx) => insertRecords(tx, recordsToReport(now), clock.tick(), now));
    callEvents = createCallEvents(store, { now: () => now, log: () => undefined });
    await callEvents.start();
    const next = seeded(6);
    const calls = Array.from({ length: 60 }, (_, n) => randomCall(next, `call ${n}`, random));
    const states = agentIds.flatMap((id) => randomStates(next, id, random));
    await callEvents.take([...calls.flat(), ...states, ...workedCalls()]);
  });
  afterAll(async () => {
    await callEvents?.stop();
    await store?.close();
    await backend?.stop();
  });

  const run = (part: Partial<ReportRequest>) => runReport(store.db, { ...usual, ...part }, reader);
  const days = (from: string, to: string) => ({ range: { kind: 'days' as const, from, to } });

  test('the worked case', async () => {
    const result = await run({
      ...days('2026-09-01', '2026-09-01'),
      ...{ zone: shanghai, interval: 'day' },
      filters: { ...noFilters, queueIds: ['worked'] },
    });
    const [row] = result.rows;
    expect(result.rows).toHaveLength(1);
    const cells = Object.fromEntries(
      result.columns.map(({ id }, index) => [id, row?.cells[index] ?? null]),
    );
    expect(cells).toMatchObject({
      ...{ offered: 10, answered: 6, abandoned: 4, shortAbandoned: 1, answeredInTime: 4 },
      ...{ serviceLevel: 4 / 9, answerSpeed: 16_000, longestWait: 60_000, abandonRate: 0.4 },
      ...{ abandonRateWithoutShort: 3 / 9, transferRate: 0, answeredHere: 6, handled: 6 },
      ...{ handleTime: 120_000, talkTime: 100_000, afterCallTime: 20_000, ringNoAnswers: 0 },
    });
    expect(result.totals).toEqual(row?.cells);
    expect(reportResultSchema.safeParse(result).success).toBe(true);
  });

  test.each(['queues', 'agents'] as const)(
    '%s: totals do not depend on how they are cut',
    async (report) => {
      const groupBy = report === 'queues' ? 'queue' : 'agent';
      const whole = await run({ report, interval: 'whole', groupBy: 'none' });
      expect(cellOf(whole, whole.totals, 'answered')).toBeGreaterThan(0);
      for (const interval of ['15min', '30min', '60min', 'day', 'week', 'month'] as const) {
        for (const by of ['none', groupBy] as const) {
          const cut = await run({ report, interval, groupBy: by });
          expect(cut.totals, `${interval} by ${by}`).toEqual(whole.totals);
          const counts = cut.columns.flatMap(({ type }, index) => (type === 'count' ? index : []));
          for (const index of counts) {
            const sum = cut.rows.reduce((all, { cells }) => all + Number(cells[index]), 0);
            expect(sum, cut.columns[index]?.id).toBe(cut.totals?.[index]);
          }
        }
      }
    },
  );

  const looked: [ReportRequest['report'], Partial<ReportRequest>][] = [
    ['queues', { groupBy: 'queue', interval: 'whole' }],
    ['agents', { groupBy: 'agent', interval: 'whole' }],
    ['agents', { groupBy: 'team', interval: 'whole' }],
    ['daily', { groupBy: 'agent', interval: 'day', ...days('2026-10-15', '2026-10-16') }],
    ['tickets', { groupBy: 'category', interval: 'month', ...days('2026-10-01', '2026-10-31') }],
    ['complaints', { groupBy: 'category', interval: 'month', ...days('2026-10-01', '2026-10-31') }],
    ['firstContact', { groupBy: 'agent', interval: 'whole', ...days('2026-10-01', '2026-11-22') }],
    ['satisfaction', { groupBy: 'agent', interval: 'whole', ...days('2026-10-01', '2026-10-31') }],
  ];
  test.each(looked)('%s %o: behind each count are as many, page by page', async (report, part) => {
    const request: ReportRequest = { ...usual, report, ...part };
    const result = await runReport(store.db, request, reader);
    expect(result.rows.length).toBeGreaterThan(0);
    // A sheet may have several scores.
    const counts = result.columns.filter(({ type, id }) => type === 'count' && id !== 'scores');
    for (const row of result.rows) {
      for (const { id } of counts) {
        let met = 0;
        for (let after: string | null = null; ; ) {
          const drilled = await drillDown(
            store.db,
            {
              ...{ request, column: id, interval: row.interval, after, limit: 20 },
              group: row.group && { id: row.group.id },
            },
            reader,
          );
          met += drilled.rows.length;
          after = drilled.next;
          if (after === null) break;
        }
        expect(met, `${row.group?.name} ${id}`).toBe(cellOf(result, row.cells, id));
      }
    }
  });

  test('time in states behind a duration adds up to it', async () => {
    const request: ReportRequest = {
      ...usual,
      report: 'agents',
      groupBy: 'agent',
      interval: 'whole',
    };
    const result = await runReport(store.db, request, reader);
    const [row] = result.rows;
    for (const column of ['breakTime', 'onCallTime', 'signedInTime']) {
      const drilled = await drillDown(
        store.db,
        {
          ...{ request, column, interval: null, after: null, limit: 200 },
          group: { id: row?.group?.id ?? null },
        },
        reader,
      );
      const index = drilled.columns.findIndex(({ id }) => id === 'stretchTime');
      const sum = drilled.rows.reduce((all, { cells }) => all + Number(cells[index]), 0);
      expect(sum, column).toBe(cellOf(result, row?.cells, column));
    }
    const table = await run({ report: 'timeTable', groupBy: 'none', interval: 'whole' });
    const whole = table.rows.reduce(
      (all, { cells }) => all + Number(cellOf(table, cells, 'stretchTime')),
      0,
    );
    expect(whole).toBe(cellOf(result, result.totals, 'signedInTime'));
    expect(table.notes).toContain('noSchedule');
  });

  test('a day of the zone is its day: two zones cut the same calls elsewhere', async () => {
    const range = days('2026-10-15', '2026-10-18');
    const utc = await run({ ...range, interval: 'day', groupBy: 'none' });
    const local = await run({ ...range, zone: shanghai, interval: 'day', groupBy: 'none' });
    expect(local.range.from).toBe(utc.range.from - 8 * 3_600_000);
    expect(local.rows).toHaveLength(4);
    expect(cellOf(local, local.totals, 'offered')).toBe(cellOf(utc, utc.totals, 'offered'));
    const by = (result: ReportResult) =>
      result.rows.map(({ cells }) => cellOf(result, cells, 'offered'));
    expect(by(local)).not.toEqual(by(utc));
  });

  test('filters leave what they name', async () => {
    const [queueId = ''] = queues;
    const all = await run({ interval: 'whole' });
    const one = await run({ interval: 'whole', filters: { ...noFilters, queueIds: [queueId] } });
    const row = all.rows.find(({ group }) => group?.id === queueId);
    expect(one.totals).toEqual(row?.cells);
    expect(one.filters).toEqual([{ filter: 'queueIds', names: [row?.group?.name] }]);
    const team = await run({
      ...{ report: 'agents', interval: 'whole', groupBy: 'team' },
      filters: { ...noFilters, teamIds: ['east'] },
    });
    const agent = await run({
      ...{ report: 'agents', interval: 'whole', groupBy: 'agent' },
      filters: { ...noFilters, agentIds: [agentIds[0] ?? ''] },
    });
    expect(team.totals).toEqual(agent.totals);
    // By its name, and where it has none by its id.
    expect(team.filters).toEqual([{ filter: 'teamIds', names: ['East team'] }]);
    expect(team.rows.map(({ group }) => group)).toEqual([{ id: 'east', name: 'East team' }]);
    expect(team.notes).toContain('teamsOfToday');
  });

  test('complaints by category, the most frequent first, and the share closed right first time', async () => {
    const range = days('2026-10-01', '2026-10-31');
    const result = await run({
      ...range,
      report: 'complaints',
      interval: 'whole',
      groupBy: 'category',
    });
    const column = (id: string) => result.rows.map(({ cells }) => cellOf(result, cells, id));
    expect(result.rows.map(({ group }) => group?.id)).toEqual(['noise', 'leak']);
    expect(column('complaints')).toEqual([3, 1]);
    expect(column('paretoShare')).toEqual([0.75, 1]);
    expect(column('oneTouchRate')).toEqual([1 / 3, null]);
    expect(cellOf(result, result.totals, 'oneTouchRate')).toBe(1 / 3);
    expect(result.provisional).toEqual({ until: null, reasons: ['openRecords'], awaited: [] });
    const daily = await run({ ...range, report: 'complaints', interval: 'day', groupBy: 'none' });
    expect(daily.rows).toHaveLength(31);
    expect(daily.totals).toEqual(result.totals);
    const register = await run({
      ...range,
      report: 'complaintRegister',
      interval: 'whole',
      groupBy: 'none',
    });
    expect(register.rows).toHaveLength(4);
    expect(register.rows.map(({ link }) => link?.kind)).toEqual(Array(4).fill('ticket'));
    expect(cellOf(register, register.rows[0]?.cells, 'customer')).toBe('周建国');
    const drilled = await drillDown(
      store.db,
      {
        request: {
          ...usual,
          ...range,
          report: 'complaints',
          interval: 'whole',
          groupBy: 'category',
        },
        ...{ column: 'oneTouch', interval: null, after: null, limit: 10 },
        group: { id: 'noise' },
      },
      reader,
    );
    expect(drilled.rows).toHaveLength(1);
  });

  test('first contacts that resolved a matter; those of the newest seven days are provisional', async () => {
    const range = days('2026-10-01', '2026-11-22');
    const result = await run({
      ...range,
      report: 'firstContact',
      interval: 'whole',
      groupBy: 'none',
    });
    const total = (id: string) => cellOf(result, result.totals, id);
    expect([total('cases'), total('resolvedAtOnce'), total('provisionalCases')]).toEqual([4, 2, 1]);
    expect(total('firstContactRate')).toBe(0.5);
    expect(result.provisional?.reasons).toContain('firstContact');
    const over = await run({
      ...days('2026-10-01', '2026-10-31'),
      ...{ report: 'firstContact', interval: 'whole', groupBy: 'disposition' },
    });
    expect(over.provisional).toBeNull();
    expect(over.rows.map(({ cells }) => cellOf(over, cells, 'cases')).sort()).toEqual([1, 2]);
  });

  test('satisfaction, and tickets', async () => {
    const range = days('2026-10-01', '2026-10-31');
    const said = await run({
      ...range,
      report: 'satisfaction',
      interval: 'whole',
      groupBy: 'agent',
    });
    const total = (id: string) => cellOf(said, said.totals, id);
    expect([total('sheets'), total('meanScore'), total('topShare')]).toEqual([3, 4, 2 / 3]);
    const tickets = await run({
      ...range,
      report: 'tickets',
      interval: 'month',
      groupBy: 'category',
    });
    expect(cellOf(tickets, tickets.totals, 'ticketsCreated')).toBe(4);
    expect(cellOf(tickets, tickets.totals, 'ticketsOpen')).toBe(1);
  });

  test('the daily report has targets, who reached them, and what people wrote', async () => {
    const desk = createDailyDesk(store.db, () => now);
    const day = { date: '2026-10-16', zone: 'UTC' };
    const subject = { kind: 'agent' as const, id: agentIds[0] ?? '' };
    const all = await desk.read(supervisorUser, { ...day, subject: null });
    const anna = all.reports.find((one) => one.subject.id === subject.id);
    const answered = anna?.figures.find(({ measure }) => measure === 'answered');
    expect(answered?.target).toBeNull();
    const goal = (answered?.value ?? 0) + 1;
    await desk.setTarget(supervisorUser, {
      for: 'agents',
      measure: 'answered',
      value: goal,
      from: day.date,
    });
    await desk.setTarget(supervisorUser, {
      for: 'agents',
      measure: 'answered',
      value: 0,
      from: '2026-10-17',
    });
    const first = { problems: '系统慢', plan: '培训', basedOn: null };
    const written = await desk.write(supervisorUser, { ...day, subject, ...first });
    expect(written.figures.find(({ measure }) => measure === 'answered')).toMatchObject({
      target: goal,
      reached: false,
    });
    expect(written.entry).toMatchObject({ problems: '系统慢', byName: '吴敏' });
    await expect(desk.write(supervisorUser, { ...day, subject, ...first })).rejects.toMatchObject({
      code: 'conflict',
    });
    const second = { problems: '无', plan: '', basedOn: written.entry?.id ?? null };
    const again = await desk.write(supervisorUser, { ...day, subject, ...second });
    expect(again).toMatchObject({ earlier: 1, entry: { problems: '无' } });
    const own = { ...supervisorUser, id: subject.id, role: 'agent' as const, name: 'Anna' };
    const mine = await desk.read(own, { ...day, subject: null });
    expect(mine.reports).toEqual([again]);
    const other = { kind: 'agent' as const, id: agentIds[1] ?? '' };
    await expect(desk.read(own, { ...day, subject: other })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const table = await run({ report: 'daily', interval: 'day', groupBy: 'agent' });
    const row = table.rows.find(({ group }) => group?.id === subject.id);
    expect(cellOf(table, row?.cells, 'targetsReached')).toBe('0 / 1');
    expect(cellOf(table, row?.cells, 'problems')).toBe('无');
  });

  test('every report can be asked for in every way it offers', async () => {
    for (const { id, groups, intervals, columns } of Object.values(catalogue)) {
      const ways = [
        ...groups.map((groupBy) => ({ groupBy, interval: intervals[0] ?? 'whole' })),
        ...intervals.map((interval) => ({ groupBy: groups[0] ?? 'none', interval })),
      ];
      for (const way of ways) {
        const request: ReportRequest = { ...usual, report: id, ...way, language: 'zh-CN' };
        const result = await runReport(store.db, request, reader);
        const told = JSON.stringify([id, way]);
        expect(reportResultSchema.safeParse(result).success, told).toBe(true);
        for (const { cells } of result.rows) expect(cells).toHaveLength(columns.length);
      }
      for (const { id: column, drill } of columns) {
        if (drill === null) continue;
        const [groupBy = 'none', interval = 'whole'] = [groups[0], intervals[0]];
        const request: ReportRequest = { ...usual, report: id, groupBy, interval };
        const asked = { request, column, interval: null, group: null, after: null, limit: 5 };
        expect((await drillDown(store.db, asked, reader)).kind).toBe(drill);
      }
    }
  });
});
