import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskPage } from '../e2e/pages/desk.ts';
import { type CallCentre, type Environment, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { errorWords, wordsOf } from '../support/words.ts';

/** The PBX is away: at the start of a desk, killed in the middle of a call, or it refuses the desk. */
let centre: CallCentre;
let window: DeskWindow;
let agent: DeskPage;

const known = callerOf('known');

beforeAll(async () => {
  centre = await startCallCentre();
  await centre.kill('practice');
  window = await openDesk(centre, 'agent');
  agent = new DeskPage(window.page);
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('pbx', () => ({ centre, windows: [window] }));

async function talk(): Promise<string> {
  const callRef = await centre.callers.ring({
    number: known.number,
    queue: 'support',
    agent: '2041',
  });
  await agent.bar.is('ringing');
  await agent.bar.answer();
  await agent.bar.is('talking');
  await agent.bar.audioIs('connected');
  return callRef;
}

/** The same PBX, where nobody's password is right any more. */
function withOtherPasswords(environment: Environment): Environment {
  const settings = JSON.parse(environment.SWITCHBOARD_PRACTICE ?? '{}');
  const accounts = settings.accounts.map((account: object) => ({
    ...account,
    password: 'changed',
  }));
  return { ...environment, SWITCHBOARD_PRACTICE: JSON.stringify({ ...settings, accounts }) };
}

describe('no PBX when the desk starts', () => {
  it('says so, and the rest works', async () => {
    await agent.signIn.practiseAs('xu.jing');
    await agent.bar.phoneIs('failed');
    // Between two tries it says that it is connecting.
    const told = [errorWords('phone-unreachable').en, wordsOf('callBar', 'idle.noPhone').en];
    const toldNow = async () => {
      const text = await agent.bar.bar.innerText();
      return told.filter((words) => text.includes(words));
    };
    await expect.poll(toldNow).toEqual(told);
    await agent.inStep();
    await agent.go('tickets');
    await agent.page.getByTestId('tickets-all').click();
    await agent.page.getByTestId('ticket-row').first().waitFor();
    await agent.go('desk');
  });

  it('is registered by itself once the PBX is there, and takes calls', async () => {
    await centre.revive('practice');
    await agent.bar.phoneIs('registered');
    await agent.bar.goReady();
    const callRef = await talk();
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();
  });
});

describe('a PBX that is killed during a call', () => {
  it('is told in the call bar; the call ends with its wrap-up, and the ticket is kept', async () => {
    await talk();
    await agent.openTicketForm();
    await agent.page.getByTestId('ticket-subject').fill('Half typed when the line');
    await centre.kill('practice');
    await agent.bar.audioIs('lost');
    expect(await agent.bar.bar.innerText()).toContain(wordsOf('callBar', 'media.lost').en);
    await agent.bar.phoneIs('failed');
    await agent.bar.end();
    await agent.bar.is('wrapUp');
    expect(await agent.page.getByTestId('ticket-subject').inputValue()).toBe(
      'Half typed when the line',
    );
    await agent.page.getByTestId('ticket-subject').fill('Line died in the middle');
    await agent.page.keyboard.press('Control+s');
    await agent.page.getByTestId('ticket-form').waitFor({ state: 'detached' });
    await agent.fillWrapUp({ disposition: 'hot water', result: 1, notes: 'The line died' });
    await agent.finish();
    await agent.bar.is('idle');
    await agent.go('journal');
    const row = agent.page.getByTestId('journal-row').first();
    await row.waitFor();
    await row.click();
    const detail = agent.page.getByTestId('journal-detail');
    await detail.filter({ hasText: 'The line died' }).waitFor();
    await detail.filter({ hasText: 'Line died in the middle' }).waitFor();
    await agent.go('desk');
  });

  it('and comes back without the call ends it by itself', async () => {
    await centre.revive('practice');
    await agent.bar.phoneIs('registered');
    await centre.callers.until((state) =>
      state.agents.some((one) => one.extension === '2041' && one.available),
    );
    await talk();
    await centre.kill('practice');
    await agent.bar.audioIs('lost');
    await centre.revive('practice');
    await agent.wrapUp('Ended by the PBX');
    await agent.bar.phoneIs('registered');
  });

  it('while it rings takes the call back without a missed one', async () => {
    await centre.callers.until((state) =>
      state.agents.some((one) => one.extension === '2041' && one.available),
    );
    await centre.callers.ring({ number: known.number, queue: 'support', agent: '2041' });
    await agent.bar.is('ringing');
    await centre.kill('practice');
    await agent.bar.is('idle');
    await agent.bar.agentIs('ready');
  });
});

describe('a PBX that refuses the password', () => {
  it('is told with what to do, in both languages, and not asked again and again', async () => {
    await centre.revive('practice', withOtherPasswords);
    const words = errorWords('phone-refused');
    await expect.poll(() => agent.bar.bar.innerText()).toContain(words.en);
    await agent.speak('zh-CN');
    await expect.poll(() => agent.bar.bar.innerText()).toContain(words['zh-CN']);
    await agent.speak('en');
    await agent.inStep();
  });

  it('takes the desk back when the agent asks for it after it was mended', async () => {
    await centre.kill('practice');
    await centre.revive('practice');
    await agent.bar.phoneIs('failed');
    await agent.page.getByTestId('idle-retry-phone').click();
    await agent.bar.phoneIs('registered');
  });
});
