import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxEntry } from '#shared/contract/methods/outbox.ts';
import type { SyncStatus } from '#shared/contract/models/desk.ts';
import { fail, ok } from '#shared/result.ts';
import { SyncStrip } from '../../shell/SyncStrip.tsx';
import { deskStore } from '../../store/desk.ts';
import { emptyDesk } from '../../store/deskState.ts';
import { aCall, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { OutboxPage } from './OutboxPage.tsx';

const at = new Date('2026-11-22T10:02').getTime();

function entry(changes: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    ...{ operationId: uuid(1), entity: 'ticket', entityId: uuid(2), title: 'Leak', isNew: true },
    ...{ customerId: uuid(10), ticketId: uuid(2), callId: null, at },
    fields: { subject: 'Leak', priority: 'normal', categoryId: null, no: null },
    refusal: null,
    step: null,
    ...changes,
  };
}

const refused = entry({
  refusal: { reason: 'invalid-fields', message: 'subject: too long', field: 'subject', at },
});
const lateStep = entry({
  refusal: { reason: 'state-not-allowed', message: null, field: null, at },
  step: { id: uuid(6), action: 'resolve', from: 'inProgress', now: 'closed', note: null },
});
const waits = entry({ operationId: uuid(3), entityId: uuid(4), title: 'No hot water' });

function sync(changes: Partial<SyncStatus>): void {
  act(() => deskStore.setState({ sync: { ...emptyDesk.sync, ...changes } }));
}

beforeEach(() => {
  window.location.hash = '#/outbox';
});
afterEach(cleanup);

describe('the page of unsent changes', () => {
  it('says what waits and since when, and what was refused and why', async () => {
    const desk = testDesk({ 'outbox.list': () => ok([refused, waits]) });
    renderOnDesk(<OutboxPage />, desk.bridge);
    sync({ state: 'offline', waiting: 1, waitingSince: at });
    const item = await screen.findByTestId('outbox-refused');
    expect(item.textContent).toContain('Ticket · Leak');
    expect(item.textContent).toContain('does not take what stands in a field');
    expect(item.textContent).toContain('Field: Subject');
    expect(item.textContent).toContain('Server: too long');
    expect(item.textContent).not.toContain('Category');
    expect(screen.getByTestId('outbox-waiting').textContent).toContain('Ticket · No hot water');
    expect(screen.getByTestId('outbox-line').textContent).toContain('1 change waits since');
  });

  it('reads again when a change comes or goes', async () => {
    let entries = [waits];
    const desk = testDesk({ 'outbox.list': () => ok(entries) });
    renderOnDesk(<OutboxPage />, desk.bridge);
    await screen.findByTestId('outbox-waiting');
    entries = [];
    sync({ waiting: 0, lastSyncAt: at, state: 'online' });
    await screen.findByText('The server has everything');
  });

  it('sends a refused change again', async () => {
    const desk = testDesk({
      'outbox.list': () => ok([refused]),
      'outbox.retry': () => ok(emptyDesk.sync),
    });
    renderOnDesk(<OutboxPage />, desk.bridge);
    await userEvent.click(await screen.findByTestId('outbox-retry'));
    expect(desk.inputsOf('outbox.retry')).toEqual([{ operationIds: [uuid(1)] }]);
  });

  it.each([
    ['a change', refused],
    ['a step', lateStep],
  ])('gives %s up only after a question, which begins at keeping it', async (_name, one) => {
    const desk = testDesk({
      'outbox.list': () => ok([one]),
      'outbox.discard': () => ok(emptyDesk.sync),
    });
    const user = userEvent.setup();
    renderOnDesk(<OutboxPage />, desk.bridge);
    await user.click(await screen.findByTestId('outbox-discard'));
    expect(screen.getByRole('alertdialog').textContent).toContain('removed from this desk');
    await user.keyboard('{Enter}');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(document.activeElement).toBe(screen.getByTestId('outbox-discard'));
    expect(desk.inputsOf('outbox.discard')).toEqual([]);
    await user.keyboard('{Enter}');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    await user.click(screen.getByTestId('outbox-discard'));
    await user.click(screen.getByTestId('outbox-discard-sure'));
    expect(desk.inputsOf('outbox.discard')).toEqual([{ operationId: uuid(1) }]);
  });
});

it('leaves the focus at the neighbour of a change that is done with', async () => {
  const other = entry({ ...refused, operationId: uuid(5), title: 'Second' });
  const desk = testDesk({
    'outbox.list': () => ok([refused, other]),
    'outbox.retry': () => ok(emptyDesk.sync),
  });
  renderOnDesk(<OutboxPage />, desk.bridge);
  const [first] = await screen.findAllByTestId('outbox-retry');
  if (first) await userEvent.click(first);
  const [, edit] = screen.getAllByTestId('outbox-edit');
  await waitFor(() => expect(document.activeElement).toBe(edit));
});

describe('the form of a refused change', () => {
  async function opened(answer = ok(emptyDesk.sync) as ReturnType<typeof ok<SyncStatus>>) {
    const desk = testDesk({ 'outbox.list': () => ok([refused]), 'outbox.edit': () => answer });
    renderOnDesk(<OutboxPage />, desk.bridge);
    await userEvent.click(await screen.findByTestId('outbox-edit'));
    const subject = await screen.findByTestId('outbox-field-subject');
    return { desk, subject };
  }

  it('opens with what was refused, at the field that the server named, and sends what was changed', async () => {
    const { desk, subject } = await opened();
    await waitFor(() => expect(document.activeElement).toBe(subject));
    expect(subject).toHaveProperty('value', 'Leak');
    const form = screen.getByTestId('outbox-editor');
    expect(within(form).getByText('The server did not take this')).toBeTruthy();
    await userEvent.type(subject, ' below');
    await userEvent.keyboard('{Control>}s{/Control}');
    await waitFor(() => expect(window.location.hash).toBe('#/outbox'));
    expect(desk.inputsOf('outbox.edit')).toEqual([
      { operationId: uuid(1), fields: { subject: 'Leak below' } },
    ]);
  });

  it('is the only way to send the change while it is open, and keeps its draft by what stays', async () => {
    const more = [6, 7].map((n) => entry({ ...refused, operationId: uuid(n), entityId: uuid(n) }));
    const desk = testDesk({
      'outbox.list': () => ok([refused, ...more]),
      'outbox.retry': () => ok(emptyDesk.sync),
      'drafts.put': () => ok({ savedAt: at }),
    });
    renderOnDesk(<OutboxPage />, desk.bridge);
    const [first] = await screen.findAllByTestId('outbox-edit');
    if (first) await userEvent.click(first);
    await userEvent.type(await screen.findByTestId('outbox-field-subject'), ' below');
    expect(screen.getAllByTestId('outbox-retry')).toHaveLength(2);
    await userEvent.click(screen.getByTestId('outbox-retry-all'));
    expect(desk.inputsOf('outbox.retry')).toEqual([{ operationIds: [uuid(6), uuid(7)] }]);
    await waitFor(() =>
      expect(desk.inputsOf('drafts.put')[0]).toMatchObject({
        key: `outbox:ticket:${uuid(2)}:${at}`,
      }),
    );
  });

  it('says what does not fit, and keeps what was typed', async () => {
    const { subject } = await opened(
      fail('invalid-input', 'ticket', { field: 'subject' }) as never,
    );
    await userEvent.type(subject, '!');
    await userEvent.click(screen.getByTestId('outbox-send'));
    await screen.findByText('Not sent again.', { exact: false });
    expect(subject).toHaveProperty('value', 'Leak!');
    await waitFor(() => expect(document.activeElement).toBe(subject));
  });

  it('names what is missing before anything is sent', async () => {
    const { desk, subject } = await opened();
    await userEvent.clear(subject);
    await userEvent.click(screen.getByTestId('outbox-send'));
    expect(screen.getByTestId('fields-left').textContent).toContain('1 field left');
    expect(desk.inputsOf('outbox.edit')).toEqual([]);
  });
});

describe('the line below the page', () => {
  const show = (calls: Parameters<typeof renderOnDesk>[2] = []) =>
    renderOnDesk(<SyncStrip />, testDesk().bridge, calls);

  it('shows how far the first sync is, also while it stands still', () => {
    show();
    sync({ state: 'first-sync', received: 12_400, total: 50_000 });
    expect(screen.getByTestId('first-sync').textContent).toContain('12,400 of 50,000 records');
    expect(screen.getByTestId('first-sync-bar').getAttribute('value')).toBe('24');
    sync({ state: 'offline', received: 12_400, total: 50_000 });
    expect(screen.getByTestId('first-sync').textContent).toContain('goes on where it stopped');
    sync({ state: 'first-sync', received: 900, total: null });
    expect(screen.queryByTestId('first-sync-bar')).toBeNull();
    sync({ state: 'online' });
    expect(screen.queryByTestId('first-sync')).toBeNull();
  });

  it('says that the server is away while the call has the bar, and nothing otherwise', () => {
    const call = aCall();
    show([call]);
    act(() => deskStore.setState({ activeCallId: call.id }));
    sync({ state: 'offline', offlineSince: at, waiting: 3, waitingSince: at });
    const words = screen.getByTestId('sync-strip').textContent;
    expect(words).toContain('Offline since');
    expect(words).toContain('3 changes wait.');
    act(() => deskStore.setState({ activeCallId: null, calls: [] }));
    expect(screen.queryByTestId('sync-strip')).toBeNull();
  });
});
