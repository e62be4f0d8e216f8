import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { BoardPage } from './pages/board.ts';
import { DeskPage } from './pages/desk.ts';

/** An agent asks for help, and a supervisor comes into the call: real audio through the PBX, told to the agent, written down. One story. */
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
tellFailures('listening', () => ({ centre, windows: [agentWindow, supervisorWindow] }));

describe('a supervisor listens in', () => {
  it('finds the agent on a call', async () => {
    await agent.signIn.practiseAs('xu.jing');
    await supervisor.signIn.practiseAs('wu.min');
    await agent.inStep();
    await supervisor.inStep();
    await agent.bar.goReady();
    const caller = callerOf('known');
    callRef = await centre.callers.ring({ number: caller.number, queue: 'support' });
    await agent.bar.is('ringing');
    await agent.bar.answer();
    await agent.bar.is('talking');
    await supervisor.go('board');
    await board.canListen('徐静');
  });

  it('answers a request for help by listening in, heard by nobody, seen by the agent', async () => {
    await agent.page.keyboard.press('Control+h');
    await supervisor.page.getByTestId('help-request').filter({ hasText: '徐静' }).waitFor();
    await supervisor.page.getByTestId('help-listen').click();
    await board.listensAs('listen');
    const help = agent.page.getByTestId('own-help');
    await help.filter({ hasText: /吴敏.*listens in/u }).waitFor();
    const state = await centre.callers.until((now) =>
      now.listeners.some((one) => one.state === 'on'),
    );
    expect(state.listeners).toMatchObject([{ supervisor: '2061', agent: '2041', callRef }]);
    await agent.page.getByTestId('listener').filter({ hasText: '吴敏' }).waitFor();
    // It is no call of the supervisor's: no card, no work after it.
    expect(await supervisor.bar.callId()).toBeNull();
  });

  it('whispers, and joins in, by the bar', async () => {
    await board.speakAs('Whisper');
    await board.listensAs('whisper');
    await centre.callers.until((now) => now.listeners.some((one) => one.mode === 'whisper'));
    await board.speakAs('Barge in');
    await board.listensAs('barge');
    await centre.callers.until((now) => now.listeners.some((one) => one.mode === 'barge'));
  });

  it('stops by key, and the agent sees that too', async () => {
    await supervisor.bar.end();
    await board.listeningBar.waitFor({ state: 'detached' });
    await centre.callers.until((now) => now.listeners.length === 0);
    await agent.page.getByTestId('listener').waitFor({ state: 'detached' });
    await agent.bar.is('talking');
  });

  it('ends the request for help, which the end of the call would end too', async () => {
    await supervisor.page.getByTestId('help-finish').click();
    await agent.page.getByTestId('own-help').waitFor({ state: 'detached' });
  });

  it('takes the call over: the caller’s card is there, the agent has after-call work', async () => {
    await board.takeOver('徐静');
    await supervisor.bar.is('talking');
    await agent.bar.is('wrapUp');
    const { calls } = await centre.callers.until(
      (now) => now.calls.length === 1 && now.calls[0]?.legs.length === 1,
    );
    expect(calls).toMatchObject([{ callRef, legs: [{ extension: '2061' }] }]);
    await supervisor.bar.end();
    await supervisor.bar.is('wrapUp');
    await supervisor.go('board');
  });

  it('is written down', async () => {
    await expect
      .poll(() => board.audit())
      .toEqual([
        'call.takenOver',
        'listening.stopped',
        'listening.changed',
        'listening.changed',
        'listening.started',
      ]);
    expect(supervisorWindow.errors).toEqual([]);
    expect(agentWindow.errors).toEqual([]);
  });
});
