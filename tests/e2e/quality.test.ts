import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeKey } from '../support/apiClient.ts';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { DeskPage } from './pages/desk.ts';
import { QualityPage } from './pages/quality.ts';

/** A supervisor finds two records of one customer, makes them one, and two again; by way of the window alone. */
let centre: CallCentre;
let window: DeskWindow;
let quality: QualityPage;

beforeAll(async () => {
  centre = await startCallCentre();
  const api = await makeKey(centre.serverUrl);
  for (const [name, city] of [
    ['端木赐香', '2024-01-01'],
    ['端木赐湘', '2025-06-01'],
  ] as const) {
    const customer = await api.make('customers', {
      name,
      profile: { city: { value: `${name}城`, verifiedOn: city, source: 'api' } },
    });
    await api.make('contact-points', {
      customerId: customer.id,
      kind: 'phone',
      raw: '+86 138 5555 0199',
    });
  }
  window = await openDesk(centre, 'quality');
  const supervisor = new DeskPage(window.page);
  await supervisor.signIn.practiseAs('wu.min');
  await supervisor.inStep();
  quality = new QualityPage(window.page);
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('quality', () => ({ centre, windows: [window] }));

it('finds a customer by initials and by the end of the number, by keyboard', async () => {
  await quality.search('dmcx');
  await quality.found('hit', '端木赐香');
  await window.page.keyboard.press('Escape');
  await quality.search('0199');
  await quality.found('hit', '端木赐湘');
  await quality.moveTo('端木赐湘');
  await window.page.keyboard.press('Enter');
  await window.page.getByTestId('customer-name').filter({ hasText: '端木' }).waitFor();
});

it('makes two records of one customer one, and two again', async () => {
  await quality.open('duplicates');
  await quality.compare('端木赐');
  await quality.line('profile.city').filter({ hasText: '端木赐湘城' }).waitFor();
  await quality.merge();
  await quality.search('dmcx');
  await quality.found('hit', '端木赐');
  await expect.poll(() => window.page.getByTestId('search-hit').count()).toBe(1);
  await window.page.keyboard.press('Escape');
  await quality.undoMerge();
  await quality.search('dmcx');
  await window.page.getByTestId('search-hit').nth(1).waitFor();
  await window.page.keyboard.press('Escape');
});

it('tags all customers of a kind at once, and takes it back', async () => {
  await quality.open('clean');
  await quality.previewTag('2026 autumn');
  await quality.clean();
  await quality.undoClean();
  expect(window.errors).toEqual([]);
});
