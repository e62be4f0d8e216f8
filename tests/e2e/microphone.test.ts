import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, type DeskProcess, startCallCentre } from '../support/callCentre.ts';
import { chromiumFlags } from '../support/chromium.ts';
import {
  closeContexts,
  type DeskWindow,
  launchBrowser,
  newContext,
  openTab,
} from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { errorWords, type Words } from '../support/words.ts';
import { DeskPage } from './pages/desk.ts';

/** A microphone that is blocked or not there: the call says why, rings on, and can be answered later. */
let centre: CallCentre;
let desk: DeskProcess;
let context: BrowserContext;
let window: DeskWindow;
let agent: DeskPage;
let without: Browser | undefined;
let callRef: string;

beforeAll(async () => {
  centre = await startCallCentre();
  desk = await centre.startDesk('agent');
  context = await newContext([]);
  window = await openTab(desk, context);
  agent = new DeskPage(window.page);
});

afterAll(async () => {
  await window?.close();
  await without?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('microphone', () => ({ centre, windows: [window] }));

async function ring(): Promise<void> {
  const number = callerOf('known').number;
  callRef = await centre.callers.ring({ number, queue: 'support', agent: '2041' });
  await agent.bar.is('ringing');
}

async function failsToAnswer(words: Words): Promise<void> {
  await agent.bar.answer();
  await expect.poll(() => agent.bar.bar.innerText()).toContain(words.en);
  await agent.bar.is('ringing');
  const { calls } = await centre.callers.state();
  expect(calls.find((call) => call.callRef === callRef)?.legs[0]).toMatchObject({
    answered: false,
  });
}

async function talks(): Promise<void> {
  await agent.bar.answer();
  await agent.bar.is('talking');
  await agent.bar.audioIs('connected');
  await centre.callers.until((state) => (state.calls[0]?.legs.at(-1)?.soundFrames ?? 0) > 0);
}

describe('a microphone that the browser blocks', () => {
  const words = errorWords('microphone-denied');

  it('is told before the first call', async () => {
    await agent.signIn.practiseAs('xu.jing');
    await agent.inStep();
    await expect.poll(() => agent.bar.bar.innerText()).toContain(words.en);
  });

  it('lets the call ring on and says why, in both languages', async () => {
    await agent.bar.goReady();
    await ring();
    await failsToAnswer(words);
    await agent.speak('zh-CN');
    await expect.poll(() => agent.bar.bar.innerText()).toContain(words['zh-CN']);
    await agent.speak('en');
  });

  it('lets the same call be answered once it is allowed', async () => {
    await context.grantPermissions(['microphone']);
    await talks();
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();
  });
});

describe('no microphone at all', () => {
  const words = errorWords('microphone-absent');

  it('is told where it keeps a call from being answered', async ({ skip }) => {
    await window.close();
    without = await launchBrowser(chromiumFlags.filter((flag) => !flag.includes('fake-device')));
    const bare = await without.newContext({ permissions: ['microphone'] });
    window = await openTab({ ...desk, url: await nextAddress(desk) }, bare);
    agent = new DeskPage(window.page);
    skip(await hasMicrophone(), 'this machine has a microphone of its own');
    await agent.bar.agentIs('ready');
    await ring();
    await failsToAnswer(words);
  });

  it('does not lose the call: another window with a microphone answers it', async ({ skip }) => {
    skip(await hasMicrophone(), 'this machine has a microphone of its own');
    await window.close();
    window = await openTab({ ...desk, url: await nextAddress(desk) });
    agent = new DeskPage(window.page);
    await agent.bar.is('ringing');
    await talks();
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();
  });
});

function hasMicrophone(): Promise<boolean> {
  return window.page.evaluate(async () => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.some((device) => device.kind === 'audioinput');
  });
}

/** The first address worked once; the desk gives another. */
function nextAddress({ program }: DeskProcess): Promise<string> {
  return new Promise((resolve) => {
    program.onMessage((message) => {
      const told = message as { type?: string; url?: string };
      if (told.type === 'address' && told.url) resolve(told.url);
    });
    program.send({ type: 'address' });
  });
}
