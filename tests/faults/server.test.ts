import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '#shared/contract/models/records.ts';
import { DeskPage } from '../e2e/pages/desk.ts';
import { type CallCentre, type DeskProcess, startCallCentre } from '../support/callCentre.ts';
import { connectDesk, type DeskClient } from '../support/deskClient.ts';
import { closeContexts, type DeskWindow, openTab } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { errorWords, wordsOf } from '../support/words.ts';

/** The central server is away: at the start of a desk, and killed in the middle of a call. */
let centre: CallCentre;
let desk: DeskProcess;
let window: DeskWindow;
let agent: DeskPage;
let supervisor: DeskClient;

const known = callerOf('known');

beforeAll(async () => {
  centre = await startCallCentre();
  supervisor = await connectDesk((await centre.startDesk('supervisor')).url);
  expect(await supervisor.signIn('wu.min')).toMatchObject({ ok: true });
  await openAgent();
});

afterAll(async () => {
  supervisor?.close();
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('server', () => ({ centre, windows: [window] }));

async function openAgent(): Promise<void> {
  desk = await centre.startDesk('agent');
  window = await openTab(desk);
  agent = new DeskPage(window.page);
}

/** What the supervisor's desk has of the call with these notes. */
async function seenBySupervisor(notes: string): Promise<JournalEntry[]> {
  const entries = await supervisor.do('journal.list', { whose: 'all', limit: 100 });
  return entries.filter((entry) => entry.wrapUp?.notes === notes);
}

async function talk(number: string): Promise<string> {
  const callRef = await centre.callers.ring({ number, queue: 'support', agent: '2041' });
  await agent.bar.is('ringing');
  await agent.bar.answer();
  await agent.bar.is('talking');
  return callRef;
}

it('has two desks in step with the server', async () => {
  await agent.signIn.practiseAs('xu.jing');
  await agent.inStep();
  await expect.poll(async () => (await supervisor.snapshot()).sync.state).toBe('online');
});

describe('no server when the desk starts', () => {
  it('says so on the sign-in page, in both languages', async () => {
    await window.close();
    await desk.program.stop();
    await centre.kill('server');
    await openAgent();
    const check = agent.page.locator('[data-testid="check-server"][data-state="trouble"]');
    await check.waitFor();
    const words = wordsOf('signIn', 'check.server.trouble');
    expect(await check.innerText()).toContain(words.en);
    await agent.signIn.speak('zh-CN');
    await expect.poll(() => check.innerText()).toContain(words['zh-CN']);
  });

  it('tells a user who never signed in here that it needs the server', async () => {
    const words = errorWords('offline-sign-in-unknown');
    await agent.signIn.signIn('chen.hao', 'practice');
    await expect.poll(() => agent.signIn.failure()).toBe(words['zh-CN']);
    await agent.signIn.speak('en');
    await expect.poll(() => agent.signIn.failure()).toBe(words.en);
  });

  it('lets a known user in with the right password only', async () => {
    await agent.signIn.signIn('xu.jing', 'not this one');
    await expect.poll(() => agent.signIn.failure()).toBe(errorWords('wrong-credentials').en);
    await agent.signIn.signIn('xu.jing', 'practice');
    await agent.bar.agentIs('break');
    await agent.bar.is('offline');
  });

  it('lets him take a whole call, and counts what waits', async () => {
    await agent.bar.goReady();
    const callRef = await talk(known.number);
    expect(await agent.customerName()).not.toBe('');
    await agent.openTicketForm();
    await agent.saveTicket('Opened without the server', 'Number follows');
    expect(await agent.page.getByTestId('ticket-saved').innerText()).toMatch(/number follows/);
    await centre.callers.hangUp(callRef);
    await agent.wrapUp('Wrapped up without the server');
    await agent.bar.is('offline');
    const bar = await agent.bar.bar.innerText();
    const [, waiting = '0'] = /(\d+) changes wait/.exec(bar) ?? [];
    expect(Number(waiting)).toBeGreaterThan(3);
    expect(bar).toContain(wordsOf('callBar', 'offline.text').en);
    expect(await agent.page.getByTestId('sync-state').first().innerText()).toMatch(
      /Offline, \d+ waiting/,
    );
  });

  it('sends it all once the server is back, by itself', async () => {
    await centre.revive('server');
    await agent.inStep();
    await expect.poll(() => seenBySupervisor('Wrapped up without the server')).toHaveLength(1);
    const [entry] = await seenBySupervisor('Wrapped up without the server');
    expect(entry?.customerId).not.toBeNull();
    expect(entry?.result).toBe('answered');
    await expect
      .poll(async () => {
        const [now] = await seenBySupervisor('Wrapped up without the server');
        return now?.tickets[0]?.no;
      })
      .toMatch(/^20\d{9}$/);
    await agent.bar.is('idle');
  });
});

describe('a server that is killed in the middle of work', () => {
  it('does not disturb the call, its ticket and its wrap-up', async () => {
    const callRef = await talk(known.number);
    await centre.kill('server');
    await agent.openTicketForm();
    await agent.saveTicket('Opened while the server died', 'Still talking');
    await agent.page.locator('[data-testid="sync-state"][data-state="offline"]').first().waitFor();
    await agent.bar.is('talking');
    await agent.bar.audioIs('connected');
    await centre.callers.hangUp(callRef);
    await agent.wrapUp('Wrapped up while the server was dead');
  });

  it('lets the next calls come, also unknown ones, and keeps them over a new start of the desk', async () => {
    const callRef = await talk(callerOf('unknown').number);
    await agent.page.getByTestId('register-name').fill('Registered Offline');
    await agent.page.keyboard.press('Control+s');
    await agent.page.getByTestId('customer-card').waitFor();
    await centre.callers.hangUp(callRef);
    await agent.wrapUp('Second call without a server');
    await agent.bar.is('offline');

    await window.close();
    await desk.program.stop();
    await openAgent();
    await agent.signIn.signIn('xu.jing', 'practice');
    await agent.bar.is('offline');
    expect(await agent.bar.bar.innerText()).toMatch(/\d+ changes wait/);
  });

  it('has everything once when it comes back', async () => {
    await centre.revive('server');
    await agent.inStep();
    for (const notes of ['Wrapped up while the server was dead', 'Second call without a server']) {
      await expect.poll(() => seenBySupervisor(notes)).toHaveLength(1);
    }
    const [first] = await seenBySupervisor('Wrapped up while the server was dead');
    expect(first?.tickets.map(({ subject }) => subject)).toEqual(['Opened while the server died']);
    const [second] = await seenBySupervisor('Second call without a server');
    expect(second?.customerName).toBe('Registered Offline');
    const hits = await supervisor.do('customers.search', { text: 'Registered Offline', limit: 5 });
    expect(hits).toHaveLength(1);
    expect((await supervisor.snapshot()).sync.refused).toEqual([]);
  });
});
