import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { DeskPage } from './pages/desk.ts';

/** Everything one can do with calls, by keyboard, at two desks with real SIP and audio between them. */
let centre: CallCentre;
let windows: DeskWindow[] = [];
let agent: DeskPage;
let colleague: DeskPage;
let callRef: string;
let callId: string;

const colleagueName = '陈浩';
const colleagueNumber = '2042';

beforeAll(async () => {
  centre = await startCallCentre();
  windows = await Promise.all([openDesk(centre, 'agent'), openDesk(centre, 'colleague')]);
  const [first, second] = windows.map(({ page }) => new DeskPage(page));
  if (!first || !second) throw new Error('two desks were opened');
  agent = first;
  colleague = second;
  await Promise.all([signIn(agent, 'xu.jing'), signIn(colleague, 'chen.hao')]);
});

afterAll(async () => {
  await Promise.all(windows.map((window) => window.close()));
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('controls', () => ({ centre, windows: windows }));

async function signIn(desk: DeskPage, login: string): Promise<void> {
  await desk.signIn.practiseAs(login);
  await desk.bar.phoneIs('registered');
}

/** A customer whom the agent talks to. */
async function takeCall(): Promise<void> {
  callRef = await centre.callers.ring({ number: callerOf('known').number, agent: '2041' });
  await agent.bar.is('ringing');
  await agent.bar.answer();
  await agent.bar.is('talking');
  await agent.bar.audioIs('connected');
  callId = (await agent.bar.callId()) ?? '';
}

async function askColleague(): Promise<void> {
  await agent.bar.ask(colleagueNumber);
  await agent.bar.is('dialling');
  await agent.bar.beside(1);
  await colleague.bar.is('ringing');
  await colleague.bar.answer();
  await agent.bar.is('talking');
  await colleague.bar.is('talking');
}

describe('dialling', () => {
  it('dials the last number again by one key, and from the last calls', async () => {
    await agent.bar.dial('604');
    await agent.bar.is('dialling');
    await agent.bar.end();
    await agent.bar.is('idle');
    await agent.bar.redial();
    await agent.bar.is('dialling');
    await agent.bar.end();
    await agent.bar.is('idle');
    await agent.page.keyboard.press('Control+j');
    await agent.page.getByTestId('recent-call').filter({ hasText: '604' }).waitFor();
    await agent.page.keyboard.press('ArrowDown');
    await agent.page.keyboard.press('Enter');
    await agent.bar.is('dialling');
    await agent.bar.end();
    await agent.bar.is('idle');
  });

  it('asks before a number abroad, and leaves it where the agent thinks better of it', async () => {
    const asked = agent.page.getByTestId('consent');
    await agent.bar.dial('+49 30 23125 047');
    await asked.waitFor();
    await agent.page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    await agent.bar.is('idle');
    await agent.page.getByTestId('dial').click();
    await asked.waitFor();
    await agent.page.getByTestId('consent-yes').click();
    await agent.bar.is('talking');
    await agent.bar.end();
    await agent.wrapUp();
  });
});

describe('passing a call on', () => {
  it('goes to a colleague at once, who sees from whom', async () => {
    await takeCall();
    await agent.bar.passOn(colleagueName);
    await agent.bar.is('wrapUp');
    await agent.page.getByTestId('passed-on').filter({ hasText: colleagueName }).waitFor();
    await colleague.bar.is('ringing');
    await colleague.page.getByTestId('transferred-by').filter({ hasText: '徐静' }).waitFor();
    await colleague.bar.answer();
    await colleague.bar.is('talking');
    await centre.callers.hangUp(callRef);
    await Promise.all([agent.wrapUp(), colleague.wrapUp()]);
  });

  it('stays where nobody can be reached, and says why at the target', async () => {
    await takeCall();
    await agent.bar.find('602');
    await agent.page.keyboard.press('Control+Enter');
    await agent.page.getByTestId('find-refused').waitFor();
    await agent.page.keyboard.press('Escape');
    await agent.page.getByTestId('find-panel').waitFor({ state: 'detached' });
    await agent.page.getByTestId('transfer-refused').waitFor();
    await agent.bar.has(callId, 'talking');
  });

  it('asks first, swaps between both and goes back to the caller by key', async () => {
    await askColleague();
    const consultId = (await agent.bar.callId()) ?? '';
    expect(consultId).not.toBe(callId);
    await agent.bar.swap();
    await agent.bar.has(callId, 'talking');
    await agent.bar.swap();
    await agent.bar.has(consultId, 'talking');
    await agent.bar.end();
    await agent.bar.has(callId, 'talking');
    await agent.bar.beside(0);
    await colleague.bar.is('idle');
  });

  it('lets three talk, takes one out and goes on', async () => {
    await askColleague();
    await agent.bar.confer();
    await agent.bar.is('conference');
    await agent.bar.beside(2);
    await agent.bar.endOther();
    await agent.bar.has(callId, 'talking');
    await agent.bar.beside(0);
    await colleague.bar.is('idle');
  });

  it('puts the caller through once the colleague has agreed', async () => {
    await askColleague();
    await agent.bar.putThrough();
    await agent.bar.is('wrapUp');
    await colleague.bar.is('talking');
    await agent.wrapUp();
    await centre.callers.hangUp(callRef);
    await colleague.bar.bar.and(colleague.page.locator(':not([data-state="talking"])')).waitFor();
  });
});

describe('call waiting', () => {
  it('shows a second caller beside, answers by key and holds the first', async () => {
    await takeCall();
    const other = callerOf('unknown').number;
    const second = await centre.callers.ring({ number: other, agent: '2041', direct: true });
    await agent.bar.beside(1);
    await agent.bar.has(callId, 'talking');
    await agent.bar.answer();
    await agent.page
      .locator(`[data-testid="other-call"][data-call-id="${callId}"][data-state="held"]`)
      .waitFor();
    await agent.bar.is('talking');
    await agent.bar.swap();
    await agent.bar.has(callId, 'talking');
    await centre.callers.hangUp(second);
    // Its wrap-up waits beside the call that goes on.
    await agent.page.locator('[data-testid="other-call"][data-state="ended"]').waitFor();
    await agent.bar.beside(1);
    await agent.bar.has(callId, 'talking');
    await centre.callers.hangUp(callRef);
    await agent.bar.is('wrapUp');
  });

  it('made no error in the windows', () => {
    expect(windows.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
