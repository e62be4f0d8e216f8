import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Role } from '#shared/domain/permissions.ts';
import type { ReportRequest } from '#shared/domain/reports/request.ts';
import { fail, ok } from '#shared/result.ts';
import type { DailyReport, ReportResult, SavedReport } from '#shared/sync/reports.ts';
import { deskStore } from '../../store/desk.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { ReportsPage } from './ReportsPage.tsx';
import { forgetReport } from './reportDraft.ts';

function aResult(request: ReportRequest): ReportResult {
  const row = (id: string, name: string, cells: ReportResult['rows'][number]['cells']) => ({
    ...{ interval: null, group: { id, name }, cells, provisional: id === 'support', link: null },
  });
  return {
    request,
    days: { from: '2026-11-16', to: '2026-11-22' },
    range: { from: 1, to: 2 },
    filters: [],
    columns: [
      { id: 'offered', type: 'count', formula: 'offered', drill: 'entries' },
      { id: 'answered', type: 'count', formula: 'answered', drill: 'entries' },
      { id: 'transferred', type: 'count', formula: 'transferred', drill: 'entries' },
      { id: 'transferRate', type: 'rate', formula: 'transferRate', drill: 'entries' },
    ],
    rows: [
      row('support', 'After-sales', [1200, 1000, 10, 0.01]),
      row('sales', 'Sales', [5, 0, 0, null]),
    ],
    totals: [1205, 1000, 10, 0.01],
    rowCount: 2,
    generatedAt: Date.UTC(2026, 10, 22, 4),
    provisional: { until: Date.UTC(2026, 10, 22, 16), reasons: ['running'], awaited: [] },
    notes: ['longestIsNoSum'],
  };
}

const figures: DailyReport['figures'] = [
  { measure: 'answered', value: 12, target: 40, reached: false },
];
const daily: DailyReport = {
  ...{ date: '2026-11-22', zone: 'Asia/Shanghai', name: 'Priya Nair', figures, entry: null },
  ...{ subject: { kind: 'agent', id: uuid(900) }, earlier: 0, provisional: false },
};

const savedReport: Omit<SavedReport, 'request'> = {
  ...{ id: uuid(1), version: 1, byId: uuid(900), byName: 'Priya Nair', changedAt: 1, nextAt: null },
  ...{ name: 'Morning', shared: true, format: 'xlsx', schedule: null, delivery: { to: 'folder' } },
  runs: [
    {
      ...{ id: uuid(2), dueAt: 1, state: 'failed', attempts: 1, deliveredAt: null, nextAt: null },
      error: 'smtp-refused: 550 no such user',
    },
  ],
};

function show(desk: ReturnType<typeof testDesk>, role: Role): void {
  renderOnDesk(<ReportsPage />, desk.bridge);
  const { session } = deskStore.getState();
  deskStore.setState({ session: { ...session, user: session.user && { ...session.user, role } } });
}

beforeEach(() => {
  window.location.hash = '#/reports';
  forgetReport();
});
afterEach(cleanup);

it('shows figures with totals and parts; a number opens what is behind it', async () => {
  const desk = testDesk({
    'reports.run': ({ request }) => ok(aResult(request)),
    'reports.drillDown': () =>
      ok({
        kind: 'entries',
        columns: [{ id: 'caller', type: 'text', formula: null, drill: null }],
        rows: [
          {
            cells: ['138 0013 8000'],
            link: {
              ...{ kind: 'call', callRef: 'ref-1', agentId: null, callId: null, customerId: null },
            },
          },
        ],
        next: null,
      }),
  });
  const user = userEvent.setup();
  show(desk, 'supervisor');
  const [first] = await screen.findAllByTestId('report-row');
  expect(first?.textContent).toContain('1,200');
  expect(first?.dataset.provisional).toBe('true');
  expect(screen.getByTestId('report-totals').textContent).toContain('1,205');
  expect(screen.getByTestId('report-provisional').textContent).toContain('23 Nov 00:00');
  const rate = within(first as HTMLElement).getByTestId('figure-transferRate');
  expect(rate.closest('td')?.title).toBe('Transferred 10 · Answered 1,000');
  await user.click(within(first as HTMLElement).getByTestId('figure-offered'));
  const row = await screen.findByTestId('drill-row');
  expect(within(row).getByRole('link').getAttribute('href')).toBe('#/journal/ref%3Aref-1');
  expect(desk.inputsOf('reports.drillDown')[0]).toMatchObject({
    ...{ column: 'offered', interval: null, group: { id: 'support' } },
  });
});

it('is one stop for Tab; the arrows go from number to number', async () => {
  const desk = testDesk({ 'reports.run': ({ request }) => ok(aResult(request)) });
  const user = userEvent.setup();
  show(desk, 'supervisor');
  const table = await screen.findByTestId('report-table');
  const stops = () => [...table.querySelectorAll('[tabindex="0"]')];
  const [first, second] = within(table).getAllByTestId('figure-offered');
  expect(stops()).toEqual([first]);
  first?.focus();
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}');
  expect(document.activeElement).toBe(within(table).getAllByTestId('figure-transferred')[1]);
  await user.keyboard('{Home}');
  expect(document.activeElement).toBe(second);
  expect(stops()).toEqual([second]);
  await user.keyboard('{Control>}{End}{/Control}');
  expect(document.activeElement?.textContent).toBe('1 %');
  expect(within(table).getByTestId('report-totals').contains(document.activeElement)).toBe(true);
});

it('keeps the last result when the centre is gone, and says so', async () => {
  let isGone = false;
  const desk = testDesk({
    'reports.run': ({ request }) =>
      isGone ? fail('server-unreachable', 'away') : ok(aResult(request)),
  });
  const user = userEvent.setup();
  show(desk, 'quality');
  await screen.findAllByTestId('report-row');
  isGone = true;
  await user.click(screen.getByRole('button', { name: 'Count again' }));
  expect((await screen.findByTestId('report-old')).textContent).toContain('22 Nov 12:00');
  expect(screen.getAllByTestId('report-row')).toHaveLength(2);
});

it('says in words what cannot be asked for', async () => {
  const desk = testDesk({ 'reports.run': ({ request }) => ok(aResult(request)) });
  const user = userEvent.setup();
  show(desk, 'supervisor');
  await user.selectOptions(await screen.findByTestId('report-range'), 'own');
  const first = screen.getByLabelText('First day');
  await user.clear(first);
  await user.type(first, '2026-02-30{Enter}');
  expect(screen.getByRole('alert').textContent).toBe('This date does not exist');
  await user.clear(first);
  await user.type(first, '1 Jan 2020{Enter}');
  expect((await screen.findByTestId('report-problem')).textContent).toContain('too long');
});

it('names a team in the language of the window, and by its report where it has no name', async () => {
  const ofTeam = (id: string, name: string): DailyReport => ({
    ...daily,
    ...{ name, subject: { kind: 'team', id } },
  });
  const reports = [ofTeam('east', '东区组'), ofTeam('west', '西区组')];
  const desk = testDesk({ 'reports.daily': () => ok({ reports, generatedAt: 1 }) });
  show(desk, 'agent');
  const { parts } = deskStore.getState();
  const teams = { teams: [{ id: 'east', name: { en: 'East team', 'zh-CN': '东区组' } }] };
  deskStore.setState({ parts: parts && { ...parts, teams } });
  await screen.findByText('East team');
  expect(screen.getAllByTestId('daily-row')[1]?.textContent).toContain('西区组');
});

it('an agent finds the own daily report; what is typed is kept as a draft and saved', async () => {
  const desk = testDesk({
    'reports.daily': () => ok({ reports: [daily], generatedAt: 1 }),
    'reports.writeDaily': ({ problems, plan }) =>
      ok({
        ...daily,
        entry: { id: uuid(7), problems, plan, byId: uuid(900), byName: 'Priya Nair', at: 1 },
      }),
  });
  const user = userEvent.setup();
  show(desk, 'agent');
  expect((await screen.findByTestId('daily-panel')).textContent).toContain('of 40');
  expect(screen.queryByTestId('report-choose')).toBeNull();
  expect(screen.queryByTestId('target-form')).toBeNull();
  await user.type(screen.getByTestId('daily-problems'), 'Line down');
  await waitFor(() => expect([...desk.drafts.values()].join()).toContain('Line down'));
  await user.click(screen.getByTestId('daily-save'));
  await waitFor(() => expect(desk.drafts.size).toBe(0));
  expect(desk.inputsOf('reports.writeDaily')).toMatchObject([
    { problems: 'Line down', plan: '', basedOn: null },
  ]);
});

it('says in the words of the window why a saved report did not arrive', async () => {
  let saved: SavedReport | null = null;
  const desk = testDesk({
    'reports.run': ({ request }) => {
      saved ??= { ...savedReport, request };
      return ok(aResult(request));
    },
    'reports.saved': () =>
      ok({ reports: saved ? [saved] : [], delivers: { mail: true, folder: false, pdf: true } }),
  });
  const user = userEvent.setup();
  show(desk, 'supervisor');
  await user.click(await screen.findByTestId('report-saved'));
  const run = await screen.findByTestId('saved-run');
  expect(run.textContent).toContain('The mail server refused it');
  expect(run.textContent).not.toContain('550');
});
