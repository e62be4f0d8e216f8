import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { DirectoryEntry } from '#shared/contract/models/calls.ts';
import { sampleSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { agentId, callId, idOf } from '#tests/support/deskSample/sampleWords.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { DialConsent } from '../../shell/DialConsent.tsx';
import { windowStore } from '../../store/window.ts';
import { FindPanel } from './FindPanel.tsx';

const now = Date.now();
const nothing = { state: null, reason: null, since: null };
const wrona: DirectoryEntry = {
  kind: 'agent',
  id: idOf(21),
  name: 'Tomasz Wrona',
  target: '2042',
  state: 'break',
  reason: 'lunch',
  since: now - 60_000,
};
const orders: DirectoryEntry = {
  kind: 'queue',
  id: 'orders',
  name: 'Orders and billing',
  target: 'orders',
  ...nothing,
};
const store: DirectoryEntry = {
  kind: 'external',
  id: 'x',
  name: 'Spare parts',
  target: '+862160035700',
  ...nothing,
};
const self: DirectoryEntry = { ...wrona, id: agentId, name: 'Priya Nair', target: '2041' };

afterEach(cleanup);

async function show(purpose: 'transfer' | 'confer' = 'transfer') {
  const done: true[] = [];
  const bridge = await showWindow(
    <>
      <FindPanel finding={{ callId, purpose }} onDone={() => done.push(true)} />
      <DialConsent />
    </>,
    sampleSnapshot('en', now),
    {
      'directory.list': ({ text }) =>
        [store, orders, self, wrona].filter(({ name }) =>
          name.toLowerCase().includes(text.toLowerCase()),
        ),
      'calls.transfer': () => ({}),
    },
  );
  bridge.refuse('calls.consult', { code: 'number-busy', message: '' });
  return { bridge, done };
}

const field = () => screen.getByTestId('find-field');
const rows = () => screen.queryAllByTestId('find-target');
const chosen = () => rows().find((row) => row.getAttribute('aria-selected') === 'true');
const key = (name: string, more = {}) =>
  act(async () => void fireEvent.keyDown(field(), { key: name, code: name, ...more }));

async function type(text: string, count: number) {
  await act(async () => void fireEvent.change(field(), { target: { value: text } }));
  await waitFor(() => expect(rows()).toHaveLength(count), { timeout: 60_000 });
}

describe('the quick-connect directory', () => {
  it('shows colleagues with their state first, then queues and numbers, and nobody to oneself', async () => {
    await show();
    await waitFor(() => expect(rows()).toHaveLength(3), { timeout: 60_000 });
    expect(rows().map((row) => row.dataset.kind)).toEqual(['agent', 'queue', 'external']);
    expect(rows()[0]?.textContent).toContain('Lunch');
    expect(document.activeElement).toBe(field());
    expect(chosen()).toBeUndefined();
  });

  it('reads again when somebody changes state', async () => {
    const { bridge } = await show();
    const reads = () => bridge.asked.filter(({ name }) => name === 'directory.list').length;
    await waitFor(() => expect(rows()).toHaveLength(3), { timeout: 60_000 });
    const before = reads();
    bridge.answer('directory.list', () => [{ ...wrona, state: 'ready' }]);
    await act(async () => bridge.emit('data.changed', { entities: ['presence'] }));
    expect(reads()).toBe(before + 1);
    expect(rows()[0]?.textContent).toContain('Ready');
  });

  it('passes on at once with Ctrl Enter', async () => {
    const { bridge, done } = await show();
    await type('ord', 1);
    await key('Enter', { ctrlKey: true });
    expect(bridge.asked).toContainEqual({
      name: 'calls.transfer',
      input: { callId, target: 'orders', consent: false },
    });
    expect(done).toEqual([true]);
    expect(windowStore.getState().transfer).toMatchObject({ state: 'done', name: orders.name });
  });

  it('says at the target why asking did not work, and stays', async () => {
    const { done } = await show();
    await waitFor(() => expect(rows()).toHaveLength(3), { timeout: 60_000 });
    await key('ArrowDown');
    await key('Enter');
    expect(rows()[0]?.textContent).toContain('The line is busy');
    expect(screen.getByRole('alert').textContent).toContain('The line is busy');
    expect(done).toEqual([]);
  });

  it('takes a number that stands in no list, and asks where the rules want it', async () => {
    const { bridge, done } = await show();
    bridge.answer('calls.transfer', ({ consent }) =>
      consent
        ? {}
        : {
            ok: false,
            error: {
              code: 'number-needs-consent',
              message: '',
              details: { reason: 'international' },
            },
          },
    );
    await type('+49 30 23125', 1);
    await key('Enter', { ctrlKey: true });
    expect(screen.getByTestId('consent').textContent).toContain('call abroad');
    await act(async () => screen.getByTestId('consent-yes').click());
    expect(bridge.asked).toContainEqual({
      name: 'calls.transfer',
      input: { callId, target: '+49 30 23125', consent: true },
    });
    expect(done).toEqual([true]);
  });

  it('lets go where the agent thinks better of it', async () => {
    const { bridge, done } = await show();
    bridge.refuse('calls.transfer', { code: 'number-needs-consent', message: '' });
    await type('110', 1);
    await key('Enter', { ctrlKey: true });
    await act(async () => screen.getByTestId('consent-no').click());
    expect(windowStore.getState().transfer).toBeNull();
    expect(rows()[0]?.textContent).not.toContain('refused');
    expect(done).toEqual([]);
  });

  it('only asks where somebody is to come into the call', async () => {
    const { bridge } = await show('confer');
    await type('ord', 1);
    expect(screen.queryByTestId('find-pass-on')).toBeNull();
    await key('Enter', { ctrlKey: true });
    expect(bridge.asked.map(({ name }) => name)).not.toContain('calls.transfer');
  });
});
