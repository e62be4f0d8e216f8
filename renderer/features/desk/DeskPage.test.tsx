import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '#shared/contract/models/desk.ts';
import {
  sampleCall,
  sampleJournal,
  severalCall,
  unknownCall,
} from '#tests/support/deskSample/sampleCalls.ts';
import { sampleCard, sampleTask, sampleTicket } from '#tests/support/deskSample/sampleCustomer.ts';
import { sampleSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { sampleHits } from '#tests/support/deskSample/sampleFound.ts';
import { callId, customerId } from '#tests/support/deskSample/sampleWords.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { openCustomer, windowStore } from '../../store/window.ts';

const now = Date.now();

afterEach(cleanup);

function show(more: Partial<Snapshot> = {}, journal = sampleJournal('en', now)) {
  return showWindow(<Shell />, sampleSnapshot('en', now, more), {
    'customers.card': () => sampleCard('en', now),
    'customers.search': () => sampleHits('en'),
    'customers.similar': () => [],
    'customers.timeline': () => [],
    'tickets.list': () => [sampleTicket('en', now)],
    'tasks.list': () => [sampleTask('en', now)],
    'journal.list': () => journal,
    'drafts.get': () => ({ json: null }),
    'drafts.put': () => ({ savedAt: now }),
    'drafts.remove': () => ({}),
    'wrapUps.backlog': () => [],
  });
}

describe('the desk page', () => {
  it('opens the card of a ringing call by itself and tells when it is painted', async () => {
    const painted: string[] = [];
    const listener = (event: Event) => painted.push((event as CustomEvent).detail.callId);
    document.addEventListener('switchboard:pop-painted', listener);
    const bridge = await show();
    expect(screen.getByTestId('idle-desk')).toBeTruthy();
    await act(async () => bridge.emit('call.changed', sampleCall('en', now)));
    expect(screen.getByTestId('customer-card').dataset.customerId).toBe(customerId);
    expect(screen.getByTestId('timeline-now').textContent).toContain('Calling now');
    await waitFor(() => expect(painted).toEqual([callId]));
    document.removeEventListener('switchboard:pop-painted', listener);
  });

  it('keeps the work in its place while a form holds typing, and opens the card on Alt O', async () => {
    const bridge = await show();
    await act(async () => windowStore.setState({ dirtyForms: new Set(['ticket:1']) }));
    await act(async () => bridge.emit('call.changed', sampleCall('en', now)));
    expect(screen.getByTestId('idle-desk')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open card' })).toBeTruthy();
    await act(async () => {
      fireEvent.keyDown(window, { key: 'o', code: 'KeyO', altKey: true });
    });
    expect(screen.getByTestId('customer-card')).toBeTruthy();
  });

  it('lets the agent choose when several may be calling and opens nobody by itself', async () => {
    await show({ calls: [severalCall('en', now)] });
    expect(await screen.findByTestId('match-chooser', {}, { timeout: 60_000 })).toBeTruthy();
    expect(screen.queryByTestId('customer-card')).toBeNull();
  });

  it('offers to register a caller whom nobody knows', async () => {
    await show({ calls: [unknownCall('en', now)] });
    expect(screen.getByTestId('unknown-desk')).toBeTruthy();
    expect(screen.getByText('Not in the customer list yet')).toBeTruthy();
  });

  it('does not call customers unknown of whom nobody was chosen', async () => {
    const several = severalCall('en', now);
    await show({ calls: [{ ...several, state: 'ended', wrapUp: 'due', endedAt: now }] });
    expect(screen.getByTestId('unknown-desk')).toBeTruthy();
    const many = String(several.pop.candidates.length);
    expect(screen.getByTestId('caller-known').textContent).toContain(many);
    expect(screen.queryByText('Not in the customer list yet')).toBeNull();
  });

  it('goes back to the free desk once the call is gone', async () => {
    const bridge = await show({ calls: [sampleCall('en', now)] });
    expect(screen.getByTestId('customer-desk')).toBeTruthy();
    await act(async () => bridge.emit('call.removed', { callId }));
    expect(screen.getByTestId('idle-desk')).toBeTruthy();
  });

  it('shows a customer who was looked up', async () => {
    await show();
    await act(async () => openCustomer(customerId));
    expect(screen.getByTestId('customer-name').textContent).toBe('Maria Keller');
    await act(async () => screen.getByRole('button', { name: 'Close' }).click());
    expect(screen.getByTestId('idle-desk')).toBeTruthy();
  });

  it('reads the card of a customer who was looked up again when records change', async () => {
    const bridge = await show();
    await act(async () => openCustomer(customerId));
    const reads = () => bridge.asked.filter(({ name }) => name === 'customers.card').length;
    const before = reads();
    await act(async () => bridge.emit('data.changed', { entities: ['ticket'] }));
    expect(reads()).toBe(before + 1);
  });

  it('shows the card that the desk sends with a call, and asks for no other', async () => {
    const call = sampleCall('en', now);
    const bridge = await show({ calls: [call] });
    const { card } = call.pop;
    if (!card) throw new Error('the sample call has a card');
    const renamed = { ...card, customer: { ...card.customer, name: 'Maria Keller-Voigt' } };
    await act(async () =>
      bridge.emit('call.changed', { ...call, pop: { ...call.pop, card: renamed } }),
    );
    expect(screen.getByTestId('customer-name').textContent).toBe('Maria Keller-Voigt');
    expect(bridge.asked.filter(({ name }) => name === 'customers.card')).toEqual([]);
  });

  it('shows three steps to somebody without a call, and none to others', async () => {
    await show({}, []);
    expect(screen.getByTestId('first-steps')).toBeTruthy();
    cleanup();
    await show();
    expect(screen.queryByTestId('first-steps')).toBeNull();
  });

  it('goes between a ticket and the wrap-up by the key of each', async () => {
    const ended = { state: 'ended', wrapUp: 'due', answeredAt: now, endedAt: now } as const;
    const bridge = await show({ calls: [sampleCall('en', now)] });
    const press = (key: string, code: string) =>
      act(async () => void fireEvent.keyDown(window, { key, code, ctrlKey: true }));
    await press('n', 'KeyN');
    await screen.findByTestId('ticket-subject');
    await act(async () => bridge.emit('call.changed', sampleCall('en', now, ended)));
    expect(screen.queryByTestId('wrap-up-form')).toBeNull();
    await press('d', 'KeyD');
    const disposition = await screen.findByTestId('wrap-up-disposition');
    await waitFor(() => expect(document.activeElement).toBe(disposition));
    await press('n', 'KeyN');
    const subject = await screen.findByTestId('ticket-subject');
    await waitFor(() => expect(document.activeElement).toBe(subject));
  });

  it('chooses a state with Alt W and a digit', async () => {
    const bridge = await show();
    await act(async () => {
      fireEvent.keyDown(window, { key: 'w', code: 'KeyW', altKey: true });
    });
    await act(async () => {
      fireEvent.keyDown(window, { key: '3', code: 'Digit3' });
    });
    expect(bridge.asked).toContainEqual({
      name: 'agent.rest',
      input: { state: 'break', reason: 'lunch' },
    });
  });
});
