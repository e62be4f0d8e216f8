import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeskPage } from '../tests/e2e/pages/desk.ts';
import { type CallCentre, startCallCentre } from '../tests/support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../tests/support/deskWindow.ts';
import { callerOf } from '../tests/support/practicePeople.ts';

/** `npm run pictures`: takes the pictures of the documents from the running application. */
const folder = fileURLToPath(new URL('../docs/pictures', import.meta.url));
mkdirSync(folder, { recursive: true });

async function take(window: DeskWindow, name: string): Promise<void> {
  // Fonts and icons are painted, nothing is below the mouse, and nothing moves but the timers.
  await window.page.mouse.move(0, 0);
  await window.page.evaluate(() => document.fonts.ready.then(() => undefined));
  await window.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  console.log(`docs/pictures/${name}.png`);
}

async function setLanguage(window: DeskWindow, language: 'en' | 'zh-CN'): Promise<void> {
  await window.page.getByTestId('language').click();
  await window.page.getByRole('menuitem', { name: language === 'en' ? 'English' : '中文' }).click();
}

/** What a supervisor sees meanwhile: one call talked, some waiting. */
async function takeBoard(centre: CallCentre): Promise<void> {
  const window = await openDesk(centre, 'board');
  const lead = new DeskPage(window.page);
  await lead.signIn.practiseAs('wu.min');
  await lead.inStep();
  const waiting = ['support', 'support', 'support', 'sales'];
  for (const [place, queue] of waiting.entries()) {
    await centre.callers.ring({ number: `1349${place}001234`, queue });
  }
  await lead.go('board');
  await window.page.getByTestId('board-call').nth(waiting.length).waitFor();
  const curve = window.page.getByTestId('board-curve');
  await curve.getByTestId('skeleton').waitFor({ state: 'detached' });
  await take(window, 'board');
  await window.close();
}

const centre = await startCallCentre();
try {
  const window = await openDesk(centre, 'pictures');
  const desk = new DeskPage(window.page);
  await window.page.getByTestId('practice-xu.jing').waitFor();
  await take(window, 'sign-in');
  await setLanguage(window, 'zh-CN');
  await desk.signIn.practiseAs('xu.jing');
  await desk.inStep();
  await desk.bar.goReady();
  const caller = callerOf('known');
  const callRef = await centre.callers.ring({ number: caller.number, queue: 'support' });
  await desk.bar.is('ringing');
  await window.page.getByTestId('timeline-entry').first().waitFor();
  await take(window, 'ringing');
  await desk.bar.answer();
  await desk.bar.audioIs('connected');
  await desk.openTicketForm();
  await window.page.getByTestId('recording').waitFor();
  await take(window, 'talking');
  await window.page.getByTestId('ticket-discard').click();
  await takeBoard(centre);
  await centre.callers.hangUp(callRef);
  await desk.bar.is('wrapUp');
  await window.page.getByTestId('wrap-up-disposition').waitFor();
  await take(window, 'wrap-up');
  await window.close();
} finally {
  await closeContexts();
  await centre.stop();
}
// The browser, which is there for the next window, would hold the process.
process.exit();
