import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { DeskPage } from './pages/desk.ts';

/** Devices are chosen and tried on a page of their own; what was chosen is there again after a reload. */
let centre: CallCentre;
let window: DeskWindow;
let desk: DeskPage;

beforeAll(async () => {
  centre = await startCallCentre();
  window = await openDesk(centre, 'devices');
  desk = new DeskPage(window.page);
  await desk.signIn.practiseAs('xu.jing');
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('devices', () => ({ centre, windows: [window] }));

const chosen = (name: string) =>
  window.page.getByTestId(`choose-${name}`).locator('option:checked').innerText();

async function openDevices(): Promise<void> {
  await window.page.keyboard.press('Control+,');
  await window.page.getByTestId('devices-page').waitFor();
  await window.page.getByTestId('choose-speaker').locator('option').nth(2).waitFor({
    state: 'attached',
  });
}

/** Something is heard in this direction. */
async function sounds(direction: 'input' | 'output'): Promise<void> {
  await window.page.waitForFunction(
    (testId) => {
      const bars = document.querySelectorAll<HTMLMeterElement>(`[data-testid="${testId}"]`);
      return [...bars].some(({ value }) => value > 0.1);
    },
    `level-${direction}`,
    { polling: 20 },
  );
}

describe('the devices of a desk', () => {
  it('are chosen, and chosen still after a reload', async () => {
    await openDevices();
    await window.page.getByTestId('choose-microphone').selectOption('Fake Audio Input 2');
    await window.page.getByTestId('choose-ringer').selectOption('Fake Audio Output 2');
    await window.page.getByTestId('phone-state').filter({ hasText: 'Input 2' }).waitFor();
    await window.page.reload();
    await window.page.getByTestId('devices-page').waitFor();
    await expect.poll(() => chosen('microphone')).toBe('Fake Audio Input 2');
    await expect.poll(() => chosen('ringer')).toBe('Fake Audio Output 2');
    await sounds('input');
  });

  it('are tried with a call to the echo, of which nothing is left', async () => {
    await desk.bar.phoneIs('registered');
    await window.page.getByTestId('start-test-call').click();
    await window.page.getByTestId('end-test-call').waitFor();
    await sounds('output');
    await window.page.getByTestId('end-test-call').click();
    await window.page.getByTestId('start-test-call').waitFor();
    await desk.bar.is('idle');
    await desk.bar.agentIs('break');
    await window.page.getByTestId('open-backlog').waitFor({ state: 'detached' });
    expect(window.errors).toEqual([]);
  });
});
