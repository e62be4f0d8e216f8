import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { CustomerPage } from './pages/customer.ts';
import { DeskPage } from './pages/desk.ts';

/** What an agent learns in a call stands on the desks of all others, with who changed it, when and from what. */
let centre: CallCentre;
let window: DeskWindow;
let other: DeskWindow;
let agent: DeskPage;
let mine: CustomerPage;
let theirs: CustomerPage;

const caller = callerOf('known');

beforeAll(async () => {
  centre = await startCallCentre();
  [window, other] = await Promise.all([openDesk(centre, 'agent'), openDesk(centre, 'colleague')]);
  agent = new DeskPage(window.page);
  mine = new CustomerPage(window.page);
  theirs = new CustomerPage(other.page);
  const colleague = new DeskPage(other.page);
  await agent.signIn.practiseAs('xu.jing');
  await colleague.signIn.practiseAs('chen.hao');
  await Promise.all([agent.inStep(), colleague.inStep()]);
  await agent.bar.goReady();
});

afterAll(async () => {
  await window?.close();
  await other?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('customers', () => ({ centre, windows: [window, other] }));

describe('a call in which something new is heard', () => {
  let customerId = '';

  it('changes a field where it stands, by keyboard alone', async () => {
    await centre.callers.ring({ number: caller.number, queue: 'support', agent: '2041' });
    await agent.bar.is('ringing');
    await agent.bar.answer();
    await agent.bar.is('talking');
    customerId = (await agent.cardOf()) ?? '';
    await mine.showAllFields();
    await mine.change('chatId', 'first@word');
    await mine.change('chatId', 'lighthouse-77');
    expect(await mine.value('chatId')).toBe('lighthouse-77');
  });

  it('gives up with Escape, and tells a date that does not exist at its field', async () => {
    await mine.type('warrantyUntil', '2027-02-30');
    await window.page.keyboard.press('Enter');
    expect(await mine.problem('warrantyUntil')).not.toBe('');
    await window.page.keyboard.press('Escape');
    await mine.line('warrantyUntil').getByTestId('profile-warrantyUntil-edit').waitFor();
  });

  it('asks at most two questions, and keeps the answer with its source', async () => {
    const fieldId = await mine.firstQuestion();
    expect(await mine.questions().count()).toBeLessThanOrEqual(2);
    await mine.putOff();
    await mine.question(fieldId).waitFor({ state: 'detached' });
  });

  it('is seen by a colleague with its history, and what a colleague writes comes back', async () => {
    await theirs.open(customerId);
    await theirs.line('chatId').filter({ hasText: 'lighthouse-77' }).waitFor();
    const changes = await theirs.history('chatId');
    expect(changes[0]).toContain('lighthouse-77');
    expect(changes[0]).toContain('first@word');
    await theirs.showAllFields();
    await theirs.change('children', 'two <b>girls</b> 👩‍👧');
    await mine.line('children').filter({ hasText: 'two <b>girls</b> 👩‍👧' }).waitFor();
    expect(await mine.value('chatId')).toBe('lighthouse-77');
    expect(window.errors).toEqual([]);
    expect(other.errors).toEqual([]);
  });
});
