import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { DeskPage } from './pages/desk.ts';
import { JournalPage } from './pages/journal.ts';
import { ReportsPage } from './pages/reports.ts';

/** A real call, from its ring to the figures that are counted from it and the recording of it. */
let centre: CallCentre;
let agentWindow: DeskWindow;
let supervisorWindow: DeskWindow;
let agent: DeskPage;
let supervisor: DeskPage;
let reports: ReportsPage;
let journal: JournalPage;

const queue = 'After-sales service';

beforeAll(async () => {
  centre = await startCallCentre();
  [agentWindow, supervisorWindow] = await Promise.all([
    openDesk(centre, 'agent'),
    openDesk(centre, 'supervisor'),
  ]);
  agent = new DeskPage(agentWindow.page);
  supervisor = new DeskPage(supervisorWindow.page);
  reports = new ReportsPage(supervisor.page);
  journal = new JournalPage(supervisor.page);
});

afterAll(async () => {
  await agentWindow?.close();
  await supervisorWindow?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('reports', () => ({ centre, windows: [agentWindow, supervisorWindow] }));

it('a call is taken, held, ended and wrapped up', async () => {
  await agent.signIn.practiseAs('xu.jing');
  await supervisor.signIn.practiseAs('wu.min');
  await agent.inStep();
  await supervisor.inStep();
  await agent.bar.goReady();
  await centre.callers.until((state) =>
    state.agents.some((one) => one.extension === '2041' && one.available),
  );
  const caller = callerOf('known');
  const callRef = await centre.callers.ring({ number: caller.number, queue: 'support' });
  await agent.bar.is('ringing');
  await agent.bar.answer();
  await agent.bar.is('talking');
  await agent.bar.audioIs('connected');
  await centre.callers.until((now) => (now.calls[0]?.legs[0]?.packetsOut ?? 0) > 50);
  await agent.bar.hold();
  await agent.bar.is('held');
  await agent.bar.hold();
  await agent.bar.is('talking');
  await centre.callers.hangUp(callRef);
  await agent.wrapUp('Bled the radiator');
});

it('is in the report of its queue, and behind the number', async () => {
  await supervisor.go('reports');
  // A midnight may lie between the call and the question.
  await reports.ask('queues', 'thisMonth');
  await reports.figureIs(queue, 'handled', '1');
  await reports.figureIs(queue, 'offered', '1');
  expect(await reports.row(queue).getAttribute('data-provisional')).toBe('true');
  await reports.openFirstBehind(queue, 'answered');
});

it('has its course in the journal, and a recording that is played', async () => {
  const course = await journal.course();
  expect(course).toEqual([
    ...['queue.entered', 'agent.offered', 'agent.answered', 'agent.held', 'agent.resumed'],
    ...['agent.left', 'agent.wrappedUp'],
  ]);
  await journal.play();
  expect(await journal.marks()).toContain('On hold');
  await supervisor.page.evaluate(() => {
    window.location.hash = '#/board/audit';
  });
  const line = supervisor.page.locator(
    '[data-testid="audit-line"][data-action="recording.played"]',
  );
  await line.first().waitFor();
});

it('a daily report keeps what was typed, also where nobody saved it', async () => {
  await supervisor.go('reports');
  await supervisor.page.getByTestId('report-choose').selectOption('daily');
  const words = { problems: 'Line 2 was noisy', plan: 'Call the line provider' };
  await reports.writeDay('徐静', words);
  await supervisor.page.reload();
  await supervisor.page.getByTestId('report-choose').selectOption('daily');
  await supervisor.page.getByTestId('daily-row').filter({ hasText: '徐静' }).click();
  await expect.poll(() => supervisor.page.getByTestId('daily-plan').inputValue()).toBe(words.plan);
  await supervisor.page.getByTestId('daily-save').click();
  await supervisor.page
    .getByTestId('daily-row')
    .filter({ hasText: '徐静' })
    .filter({ hasText: '吴敏' })
    .waitFor();
  expect(supervisorWindow.errors).toEqual([]);
});
