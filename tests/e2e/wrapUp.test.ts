import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { DeskPage } from './pages/desk.ts';

/** After the call without a mouse: the shortest wrap-up, a guided call, knowledge while writing, a change afterwards. */
let centre: CallCentre;
let window: DeskWindow;
let agent: DeskPage;

const known = callerOf('known');

beforeAll(async () => {
  centre = await startCallCentre();
  window = await openDesk(centre, 'agent');
  agent = new DeskPage(window.page);
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
tellFailures('wrapUp', () => ({ centre, windows: [window] }));

async function talk(): Promise<string> {
  const callRef = await centre.callers.ring({
    number: known.number,
    queue: 'support',
    agent: '2041',
  });
  await agent.bar.is('ringing');
  await agent.bar.answer();
  await agent.bar.is('talking');
  return callRef;
}

describe('after the call', () => {
  it('a common call is wrapped up with 8 keys, modifiers counted, and the agent is ready', async () => {
    const callRef = await talk();
    await centre.callers.hangUp(callRef);
    await agent.bar.is('wrapUp');
    const { page } = agent;
    await page.getByTestId('wrap-up-disposition').and(page.locator(':focus')).waitFor();
    await page.evaluate(() => {
      const pressed: string[] = [];
      Object.assign(globalThis, { pressed });
      addEventListener('keydown', (event) => pressed.push(event.key), true);
    });
    for (const key of ['h', 'o', 't', 'Enter', 'Alt+1', 'Control+Enter']) {
      await page.keyboard.press(key);
    }
    await agent.bar.agentIs('ready');
    await agent.bar.is('idle');
    const pressed = await page.evaluate(
      () => (globalThis as unknown as { pressed: string[] }).pressed,
    );
    expect(pressed).toEqual(['h', 'o', 't', 'Enter', 'Alt', '1', 'Control', 'Enter']);
  });

  it('a guided call brings its answers, disposition and tags along; a reference comes by one key', async () => {
    const callRef = await talk();
    const { page } = agent;
    await page.getByTestId('script-say').waitFor();
    await page.keyboard.press('Alt+1');
    await page.keyboard.press('Alt+g');
    await page.getByTestId('script-text').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Waited twice in vain');
    await page.keyboard.press('Alt+1');
    await page.keyboard.press('Alt+2');
    await page.getByTestId('script-trail').getByText('Repaired more than once').waitFor();
    await centre.callers.hangUp(callRef);
    await agent.bar.is('wrapUp');
    const disposition = page.getByTestId('wrap-up-disposition');
    await expect.poll(() => disposition.inputValue()).toContain('Repaired more than once');
    await page.getByTestId('wrap-up-tags').getByText('反复维修').waitFor();
    await page.keyboard.press('Control+;');
    await page.keyboard.type('Angry caller, complaint about a repeat repair');
    const article = 'An angry caller: from complaint to promise';
    const suggestion = page.getByTestId('suggestion').filter({ hasText: article });
    await suggestion.first().waitFor();
    await page.keyboard.press('Alt+i');
    const notes = page.getByTestId('wrap-up-notes');
    await expect.poll(() => notes.inputValue()).toContain(article);
    await page.keyboard.press('Alt+1');
    await agent.finish();
    await agent.bar.agentIs('ready');
  });

  it('a saved wrap-up is changed by its author, and says what it was', async () => {
    const { page } = agent;
    await agent.go('journal');
    await page.getByTestId('journal-row').first().click();
    await page.getByTestId('saved-script').waitFor();
    await page.getByTestId('wrap-up-change').click();
    const notes = page.getByTestId('wrap-up-notes');
    await notes.and(page.locator(':focus')).waitFor();
    await notes.fill('Called back by the supervisor today');
    await page.keyboard.press('Control+s');
    await page.getByTestId('saved-history').waitFor();
    await expect
      .poll(() => page.getByTestId('journal-notes').innerText())
      .toBe('Called back by the supervisor today');
  });

  it('the knowledge is searched, read and said to have helped', async () => {
    const { page } = agent;
    await page.getByTestId('nav-knowledge').click();
    await page.getByTestId('knowledge-search').fill('无热水');
    const title = '热水器无热水：电话中的排查步骤';
    await page.getByTestId('article-row').first().filter({ hasText: title }).click();
    const heading = page.getByTestId('article').locator('h2');
    await heading.getByText(title, { exact: true }).waitFor();
    await page.getByTestId('markdown').locator('table').waitFor();
    await page.getByTestId('article-helped').click();
    await page.locator('[data-testid="article-helped"][aria-pressed="true"]').waitFor();
    expect(window.errors).toEqual([]);
  });
});
