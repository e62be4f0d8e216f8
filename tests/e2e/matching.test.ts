import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { DeskPage } from './pages/desk.ts';
import { MatchPage } from './pages/match.ts';

/** Who is calling: nobody known, one of several, nobody of these, somebody without a number. */
let centre: CallCentre;
let window: DeskWindow;
let agent: DeskPage;
let match: MatchPage;

const stranger = callerOf('unknown');
const shared = callerOf('shared');
/** Longer than any line of the window. */
const newcomer = `Mathilde Brandauer ${'von und zu Lichtenfels '.repeat(12)}`.trim();

beforeAll(async () => {
  centre = await startCallCentre();
  window = await openDesk(centre, 'agent');
  agent = new DeskPage(window.page);
  match = new MatchPage(window.page);
  await agent.signIn.practiseAs('xu.jing');
  await agent.inStep();
  await agent.bar.goReady();
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('matching', () => ({ centre, windows: [window] }));

async function ring(number: string): Promise<string> {
  const callRef = await centre.callers.ring({ number, queue: 'support', agent: '2041' });
  await agent.bar.is('ringing');
  return callRef;
}

async function answer(): Promise<void> {
  await agent.bar.answer();
  await agent.bar.is('talking');
}

async function cardAndBarName(customer: string): Promise<void> {
  await expect.poll(() => agent.customerName()).toBe(customer);
  await expect.poll(() => agent.bar.caller()).toBe(customer);
}

describe('a number that nobody has', () => {
  it('gets the registration form with the number filled in, and no card', async () => {
    const callRef = await ring(stranger.number);
    await match.form.waitFor();
    const number = await match.number();
    expect(number.replace(/\D/g, '')).toContain(stranger.number.replace(/\D/g, '').slice(-8));
    expect(await match.cards()).toBe(0);
    await answer();
    expect(await match.number()).toBe(number);
    await match.register(newcomer);
    await cardAndBarName(newcomer);
    // The name is cut, and the buttons of the call stay where they are.
    const end = await agent.page.getByTestId('end').boundingBox();
    expect(end && end.x + end.width).toBeLessThanOrEqual(1440);
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();
  });

  it('is known the next time, with the first call on the time line', async () => {
    const callRef = await ring(stranger.number);
    await cardAndBarName(newcomer);
    await agent.page.getByTestId('timeline-entry').first().waitFor();
    await answer();
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();
  });
});

describe('a number that several customers have', () => {
  it('leaves the choice to the agent: Enter alone picks nobody', async () => {
    const callRef = await ring(shared.number);
    await match.chooser.waitFor();
    expect(await match.names()).not.toHaveLength(1);
    await answer();
    await agent.page.keyboard.press('Enter');
    await match.list.focus();
    await agent.page.keyboard.press('Enter');
    await agent.page.keyboard.press('Enter');
    await match.chooser.waitFor();
    expect(await match.cards()).toBe(0);
    expect(await match.names()).not.toContain(await agent.bar.caller());
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();
  });

  it('binds nobody to a call for which nobody was chosen', async () => {
    await agent.go('journal');
    const row = agent.page.getByTestId('journal-row').first();
    await row.waitFor();
    const text = await row.innerText();
    await agent.go('desk');
    const callRef = await ring(shared.number);
    await match.chooser.waitFor();
    for (const name of await match.names()) expect(text).not.toContain(name);
    await answer();
    const [first = ''] = await match.names();
    await agent.page.keyboard.press('Alt+1');
    await match.card.waitFor();
    await cardAndBarName(first);
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();
  });

  it('takes "none of these" for a new customer with that number', async () => {
    const callRef = await ring(shared.number);
    await match.chooser.waitFor();
    const before = await match.names();
    await answer();
    await agent.page.keyboard.press('Alt+0');
    await expect.poll(() => match.nameHasFocus()).toBe(true);
    expect(await match.cards()).toBe(0);
    expect(await match.number()).not.toBe('');
    await match.register('Nobody Of These');
    await cardAndBarName('Nobody Of These');
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();

    const again = await ring(shared.number);
    await match.chooser.waitFor();
    const sorted = async () => (await match.names()).toSorted();
    await expect.poll(sorted).toEqual([...before, 'Nobody Of These'].toSorted());
    await answer();
    await centre.callers.hangUp(again);
    await agent.wrapUp();
  });
});

describe('a caller without a number', () => {
  it('has an empty form, and the call goes on without a card', async () => {
    const callRef = await ring('anonymous');
    await expect.poll(() => agent.bar.caller()).toBe('Number withheld');
    await match.form.waitFor();
    expect(await match.number()).toBe('');
    await answer();
    await agent.page.keyboard.press('Control+u');
    await match.form.waitFor({ state: 'detached' });
    expect(await match.cards()).toBe(0);
    await centre.callers.hangUp(callRef);
    await agent.wrapUp('Would not tell a number');
  });

  it('stands in the journal with its wrap-up', async () => {
    await agent.go('journal');
    const row = agent.page.getByTestId('journal-row').first();
    await row.filter({ hasText: 'Number withheld' }).waitFor();
  });
});

it('made no error in the window', () => {
  expect(window.errors).toEqual([]);
});
