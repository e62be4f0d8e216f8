import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { RecentCall } from '#shared/contract/models/calls.ts';
import type { Snapshot } from '#shared/contract/models/desk.ts';
import { sampleCall } from '#tests/support/deskSample/sampleCalls.ts';
import { sampleSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { customerId, idOf } from '#tests/support/deskSample/sampleWords.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { DialConsent } from '../../shell/DialConsent.tsx';
import { CallBar } from './CallBar.tsx';

const now = Date.now();
const patient = { timeout: 60_000 };
const number = (raw: string) => ({ raw, display: raw, key: raw, withheld: false, region: null });
const recents: RecentCall[] = [
  {
    number: number('13800138000'),
    name: 'Maria Keller',
    customerId,
    direction: 'in',
    result: 'missed',
    at: now - 60_000,
  },
  {
    number: number('602'),
    name: null,
    customerId: null,
    direction: 'out',
    result: 'failed',
    at: now - 120_000,
  },
];

afterEach(cleanup);

async function show(more: Partial<Snapshot> = {}) {
  return showWindow(
    <>
      <CallBar />
      <DialConsent />
    </>,
    sampleSnapshot('en', now, more),
    {
      'calls.dial': () => sampleCall('en', now),
      'calls.recents': () => recents,
      'wrapUps.backlog': () => [],
      'directory.list': ({ text }) =>
        [
          {
            kind: 'agent' as const,
            id: idOf(21),
            name: 'Tomasz Wrona',
            target: '2042',
            state: 'ready' as const,
            reason: null,
            since: now,
          },
        ].filter(({ name }) => name.includes(text)),
      'settings.change': () => sampleSnapshot('en', now).settings,
    },
  );
}

const field = () => screen.getByTestId<HTMLInputElement>('dial-field');
const key = (name: string, more = {}) =>
  act(async () => void fireEvent.keyDown(field(), { key: name, code: name, ...more }));
const dialled = (input: object) => ({
  name: 'calls.dial',
  input: { customerId: null, callerId: null, consent: false, ...input },
});

describe('the dial field', () => {
  it('offers the last calls while it is empty, by arrows and Enter', async () => {
    const bridge = await show();
    await act(async () => field().focus());
    await waitFor(() => expect(screen.getAllByTestId('recent-call')).toHaveLength(2), patient);
    await key('ArrowDown');
    await key('Enter');
    expect(bridge.asked).toContainEqual(dialled({ number: '13800138000', customerId }));
  });

  it('dials the last number again with Alt L', async () => {
    const bridge = await show();
    await act(async () => {
      fireEvent.keyDown(window, { key: 'l', code: 'KeyL', altKey: true });
    });
    expect(bridge.asked).toContainEqual(dialled({ number: '602' }));
  });

  it('dials again what a notice is about, by its button and by the key', async () => {
    const failure = { code: 'media-failed' as const, message: '', details: { number: '03023125' } };
    const bridge = await show({ notices: [{ id: 'n', level: 'warning', failure }] });
    await act(async () => screen.getByTestId('redial').click());
    await act(async () => {
      fireEvent.keyDown(window, { key: 'l', code: 'KeyL', altKey: true });
    });
    const dials = bridge.asked.filter(({ name }) => name === 'calls.dial');
    expect(dials).toEqual([dialled({ number: '03023125' }), dialled({ number: '03023125' })]);
  });

  it('finds a colleague by name and takes the first with Enter', async () => {
    const bridge = await show();
    await act(async () => {
      field().focus();
      fireEvent.change(field(), { target: { value: 'Wrona' } });
    });
    await waitFor(() => expect(screen.getAllByTestId('dial-target')).toHaveLength(1), patient);
    await key('Enter');
    expect(bridge.asked).toContainEqual(dialled({ number: '2042' }));
  });

  it('cleans what is pasted and shows where it was taken from', async () => {
    const bridge = await show();
    await act(async () => {
      field().focus();
      const clipboardData = { getData: () => '电话：138-0013-8000（办公室）' };
      fireEvent.paste(field(), { clipboardData });
    });
    await waitFor(() => expect(field().value).toBe('138 0013 8000'), patient);
    expect(screen.getByTestId('dial-note').textContent).toContain('电话：138-0013-8000');
    await act(async () => screen.getByTestId('dial').click());
    await waitFor(
      () => expect(bridge.asked.some(({ name }) => name === 'calls.dial')).toBe(true),
      patient,
    );
  });

  it('says what is wrong until another number is pasted', async () => {
    const bridge = await show();
    bridge.refuse('calls.dial', { code: 'number-busy', message: '' });
    await act(async () => fireEvent.change(field(), { target: { value: '13800138000' } }));
    await act(async () => screen.getByTestId('dial').click());
    await waitFor(() => expect(field().getAttribute('aria-invalid')).toBe('true'), patient);
    const clipboardData = { getData: () => '13900139000' };
    await act(async () => {
      field().select();
      fireEvent.paste(field(), { clipboardData });
    });
    expect(field().getAttribute('aria-invalid')).toBe('false');
  });

  it('asks before a number that needs it, and dials on the agent’s word', async () => {
    const bridge = await show();
    const details = { reason: 'emergency' };
    bridge.answer('calls.dial', ({ consent }) =>
      consent
        ? sampleCall('en', now)
        : { ok: false, error: { code: 'number-needs-consent', message: '', details } },
    );
    fireEvent.change(field(), { target: { value: '120' } });
    await act(async () => screen.getByTestId('dial').click());
    expect(screen.getByTestId('consent').textContent).toContain('emergency service');
    await act(async () => screen.getByTestId('consent-yes').click());
    expect(bridge.asked).toContainEqual(dialled({ number: '120', consent: true }));
    expect(field().value).toBe('');
  });

  it('shows the chosen number to the called side and remembers it', async () => {
    const snapshot = sampleSnapshot('en', now);
    const second = snapshot.configuration?.phone.callerIds[1]?.number ?? '';
    const bridge = await show({ settings: { ...snapshot.settings, callerId: second } });
    fireEvent.change(field(), { target: { value: '602' } });
    await act(async () => screen.getByTestId('dial').click());
    expect(bridge.asked).toContainEqual(dialled({ number: '602', callerId: second }));
    await act(async () => screen.getByTestId('caller-id').click());
    await act(async () => screen.getAllByTestId('caller-id-choice')[0]?.click());
    expect(bridge.asked.at(-1)?.name).toBe('settings.change');
  });
});
