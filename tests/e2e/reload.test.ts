import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { DeskPage } from './pages/desk.ts';
import { MatchPage } from './pages/match.ts';

/** The window is loaded anew in every state of a call; the call, its audio and all typing outlive it. */
let centre: CallCentre;
let window: DeskWindow;
let agent: DeskPage;
let match: MatchPage;
let callRef: string;

const known = callerOf('known');
const notes = 'Asked for the price of two seals';

beforeAll(async () => {
  centre = await startCallCentre();
  window = await openDesk(centre, 'agent');
  agent = new DeskPage(window.page);
  match = new MatchPage(window.page);
  await agent.signIn.practiseAs('xu.jing');
  await agent.inStep();
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('reload', () => ({ centre, windows: [window] }));

async function reload(): Promise<void> {
  await agent.page.reload();
  await agent.page.getByTestId('agent-state').waitFor();
}

async function ring(number: string): Promise<void> {
  callRef = await centre.callers.ring({ number, queue: 'support', agent: '2041' });
  await agent.bar.is('ringing');
}

/** Resolves once the PBX has counted more of our packets, and has sent more itself, than now. */
async function soundBothWays(): Promise<void> {
  const legNow = async () => (await centre.callers.state()).calls[0]?.legs.at(-1);
  const before = await legNow();
  await centre.callers.until((state) => {
    const leg = state.calls[0]?.legs.at(-1);
    if (!leg) return false;
    const known = before ?? { packetsIn: 0, packetsOut: 0 };
    return leg.packetsIn > known.packetsIn + 25 && leg.packetsOut > known.packetsOut + 25;
  });
}

describe('a reload', () => {
  it('while nothing goes on keeps the agent signed in, in his state, and reachable', async () => {
    await reload();
    await agent.bar.agentIs('break');
    await agent.bar.is('idle');
    await agent.bar.goReady();
    await reload();
    await agent.bar.agentIs('ready');
    await agent.inStep();
  });

  it('while it rings brings the card back, and the call can be answered', async () => {
    await ring(known.number);
    const name = await agent.customerName();
    await reload();
    await agent.bar.is('ringing');
    await expect.poll(() => agent.customerName()).toBe(name);
    await expect.poll(() => agent.bar.caller()).toBe(name);
    await agent.bar.answer();
    await agent.bar.is('talking');
    await agent.bar.audioIs('connected');
    await soundBothWays();
  });

  it('while talking repairs the audio in both directions', async () => {
    const name = await agent.customerName();
    await reload();
    await agent.bar.is('talking');
    await agent.bar.audioIs('connected');
    await soundBothWays();
    await expect.poll(() => agent.customerName()).toBe(name);
    const { calls } = await centre.callers.state();
    expect(calls).toHaveLength(1);
    expect(calls[0]?.callRef).toBe(callRef);
  });

  it('while muted leaves the caller without sound from here', async () => {
    await agent.bar.mute();
    await agent.page.getByText('You are muted').waitFor();
    await reload();
    await agent.bar.audioIs('connected');
    await agent.page.getByText('You are muted').waitFor();
    await agent.bar.mute();
    await agent.page.getByText('You are muted').waitFor({ state: 'detached' });
    await soundBothWays();
  });

  it('while held stays held, and resuming brings the sound back', async () => {
    await agent.bar.hold();
    await agent.bar.is('held');
    await reload();
    await agent.bar.is('held');
    await agent.bar.audioIs('connected');
    await centre.callers.until((state) => state.calls[0]?.legs.at(-1)?.held === true);
    await agent.bar.hold();
    await agent.bar.is('talking');
    await centre.callers.until((state) => state.calls[0]?.legs.at(-1)?.held === false);
    await soundBothWays();
  });

  it('in a half typed ticket keeps what was typed', async () => {
    const subject = agent.page.getByTestId('ticket-subject');
    await agent.openTicketForm();
    await subject.fill('Two seals for the');
    await reload();
    await agent.bar.is('talking');
    await agent.openTicketForm();
    await expect.poll(() => subject.inputValue()).toBe('Two seals for the');
    await agent.saveTicket('Two seals for the pump', 'By post');
    await agent.page.keyboard.press('Escape');
  });

  it('in after-call work keeps the countdown and the draft', async () => {
    await centre.callers.hangUp(callRef);
    await agent.bar.is('wrapUp');
    const field = agent.page.getByTestId('wrap-up-notes');
    await field.fill(notes);
    const before = await secondsLeft();
    await reload();
    await agent.bar.is('wrapUp');
    await agent.bar.agentIs('wrapUp');
    await expect.poll(() => field.inputValue()).toBe(notes);
    await expect.poll(secondsLeft).toBeLessThan(before);
    expect(await secondsLeft()).toBeGreaterThan(0);
    await agent.wrapUp();
    await agent.bar.is('idle');
  });

  it('in a half typed registration keeps what was typed, also before the answer', async () => {
    await ring(callerOf('unknown').number);
    await match.form.waitFor();
    const number = await match.number();
    await agent.page.getByTestId('register-name').fill('Theodor Half');
    await reload();
    await agent.bar.is('ringing');
    const name = agent.page.getByTestId('register-name');
    await expect.poll(() => name.inputValue()).toBe('Theodor Half');
    await expect.poll(() => match.number()).toBe(number);
    await agent.bar.answer();
    await agent.bar.is('talking');
    await reload();
    await agent.bar.audioIs('connected');
    await expect.poll(() => name.inputValue()).toBe('Theodor Half');
    await match.register('Theodor Halfmann');
    await expect.poll(() => agent.customerName()).toBe('Theodor Halfmann');
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();
  });

  it('made no error in the window', () => {
    expect(window.errors).toEqual([]);
  });
});

async function secondsLeft(): Promise<number> {
  const text = await agent.bar.bar.innerText();
  const [, minutes = '0', seconds = '0'] = /(\d+):(\d\d)/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}
