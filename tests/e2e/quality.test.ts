import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeKey } from '../support/apiClient.ts';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { tellFailures } from '../support/failureStory.ts';
import { DeskPage } from './pages/desk.ts';
import { QualityPage } from './pages/quality.ts';

/** A supervisor finds two records of one customer, makes them one, and two again; by way of the window alone. */
let centre: CallCentre;
let window: DeskWindow;
let quality: QualityPage;

beforeAll(async () => {
  centre = await startCallCentre();
  window = await openDesk(centre, 'quality');
  await new DeskPage(window.page).signIn.practiseAs('wu.min');
  quality = new QualityPage(window.page);
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
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

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
  expect(await quality.line('profile.city').innerText()).toContain('端木赐湘城');
  await quality.merge();
  await quality.search('dmcx');
  await quality.found('hit', '端木赐');
  expect(await window.page.getByTestId('search-hit').count()).toBe(1);
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
