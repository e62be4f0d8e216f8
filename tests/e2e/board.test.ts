import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { BoardPage } from './pages/board.ts';
import { DeskPage } from './pages/desk.ts';

/** A real call on the live board of another desk, what is over a limit, and the wall view without the server. */
let centre: CallCentre;
let agentWindow: DeskWindow;
let supervisorWindow: DeskWindow;
let agent: DeskPage;
let supervisor: DeskPage;
let board: BoardPage;
let callRef: string;

beforeAll(async () => {
  centre = await startCallCentre();
  [agentWindow, supervisorWindow] = await Promise.all([
    openDesk(centre, 'agent'),
    openDesk(centre, 'supervisor'),
  ]);
  agent = new DeskPage(agentWindow.page);
  supervisor = new DeskPage(supervisorWindow.page);
  board = new BoardPage(supervisorWindow.page);
});

afterAll(async () => {
  await agentWindow?.close();
  await supervisorWindow?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('board', () => ({ centre, windows: [agentWindow, supervisorWindow] }));

describe('the live board', () => {
  it('shows a caller who waits', async () => {
    await agent.signIn.practiseAs('xu.jing');
    await supervisor.signIn.practiseAs('wu.min');
    await agent.inStep();
    await supervisor.inStep();
    await supervisor.go('board');
    await board.agentIs('徐静', 'break');
    const { number } = callerOf('known');
    callRef = await centre.callers.ring({ number, queue: 'support' });
    await board.callIs(callRef, 'waiting');
    const tile = await board.queueHas('support', 1);
    await tile.filter({ hasText: /of 1 offered/u }).waitFor();
  });

  it('shows who talks to whom', async () => {
    await agent.bar.goReady();
    await agent.bar.is('ringing');
    await agent.bar.answer();
    await agent.bar.is('talking');
    await board.callIs(callRef, 'talking');
    // By name, as the supervisor's desk knows the number.
    const who = supervisor.page.getByTestId('board-call').locator('.medium');
    await who.filter({ hasNotText: /\d/u }).waitFor();
    const name = await who.innerText();
    await board.tile('徐静').filter({ hasText: name }).waitFor();
    await board.agentIs('徐静', 'onCall');
    await board.queueHas('support', 0);
  });

  it('forgets a call that is over', async () => {
    await centre.callers.hangUp(callRef);
    await board.callIsGone(callRef);
    await board.agentIs('徐静', 'wrapUp');
  });

  it('colours and lists what is over a limit', async () => {
    for (const number of ['13911110001', '13911110002', '13911110003']) {
      await centre.callers.ring({ number, queue: 'support' });
    }
    const tile = await board.queueHas('support', 3);
    await board.alertIs('queue:support:waiting', 'warn');
    await tile.and(supervisor.page.locator(':not([data-level="none"])')).waitFor();
  });

  it('covers the screen for the wall, and goes on without the server', async () => {
    await board.openWall();
    await board.wallTells(3);
    await centre.kill('server');
    const { page } = supervisorWindow;
    await page
      .getByTestId('wall-stale')
      .filter({ hasText: /old, as of \d/u })
      .waitFor();
    await board.wallTells(3);
    await centre.revive('server');
    await page.getByTestId('wall-stale').waitFor({ state: 'detached' });
    await board.wallTells(3);
    await page.keyboard.press('F11');
    await page.getByTestId('wall').waitFor({ state: 'detached' });
    await board.queueHas('support', 3);
    expect(supervisorWindow.errors).toEqual([]);
  });
});
