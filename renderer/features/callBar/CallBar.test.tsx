import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Snapshot } from '#shared/contract/models/desk.ts';
import { sampleCall, severalCall } from '#tests/support/deskSample/sampleCalls.ts';
import { sampleAgent, sampleSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { callId } from '#tests/support/deskSample/sampleWords.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { barStateOf, CallBar } from './CallBar.tsx';

const now = Date.now();
const talking = { state: 'talking', answeredAt: now - 60_000, media: 'connected' } as const;

afterEach(cleanup);

function show(more: Partial<Snapshot>, node = <CallBar />) {
  return showWindow(node, sampleSnapshot('en', now, more), {
    'calls.answer': () => ({}),
    'calls.reject': () => ({}),
    'calls.hangUp': () => ({}),
    'calls.mute': () => ({}),
    'calls.hold': () => ({}),
    'agent.rest': () => sampleAgent('ready', now),
    'wrapUps.backlog': () => [],
    'wrapUps.extend': () => sampleCall('en', now),
  });
}

const bar = () => screen.getByRole('region', { name: 'Call bar' });

describe('the call bar', () => {
  it.each([
    [null, false, 'idle'],
    [null, true, 'offline'],
    [sampleCall('en', now), true, 'ringing'],
    [sampleCall('en', now, talking), false, 'talking'],
    [sampleCall('en', now, { ...talking, state: 'held' }), false, 'held'],
    [sampleCall('en', now, { state: 'ended', wrapUp: 'due' }), true, 'wrapUp'],
  ] as const)('has a state for every stage of a call', (call, offline, expected) => {
    expect(barStateOf(call, offline)).toBe(expected);
  });

  it('shows who rings and answers with Alt A, without taking the focus', async () => {
    const bridge = await show(
      {},
      <>
        <textarea aria-label="notes" />
        <CallBar />
      </>,
    );
    screen.getByLabelText('notes').focus();
    await act(async () => bridge.emit('call.changed', sampleCall('en', now)));
    expect(bar().dataset.state).toBe('ringing');
    expect(screen.getByTestId('caller-name').textContent).toBe('Maria Keller');
    expect(screen.getByTestId('announcer').textContent).toBe('Call from Maria Keller');
    expect(document.activeElement).toBe(screen.getByLabelText('notes'));
    await act(async () => {
      fireEvent.keyDown(window, { key: 'a', code: 'KeyA', altKey: true });
    });
    expect(bridge.asked).toContainEqual({ name: 'calls.answer', input: { callId } });
  });

  it('says when the caller goes back to the queue, and nothing of it where there is none', async () => {
    const ringing = sampleCall('en', now);
    const bridge = await show({ calls: [{ ...ringing, ringEndsAt: now + 20_000 }] });
    expect(bar().textContent).toContain('Back to queue');
    await act(async () => bridge.emit('call.changed', { ...ringing, queueId: null }));
    expect(bar().textContent).not.toContain('Back to queue');
  });

  it('leaves keys to the input method while it composes', async () => {
    const bridge = await show({ calls: [sampleCall('en', now)] });
    await act(async () => {
      fireEvent.keyDown(window, { key: 'a', code: 'KeyA', altKey: true, isComposing: true });
    });
    expect(bridge.asked.map(({ name }) => name)).not.toContain('calls.answer');
  });

  it('names nobody while several may be calling', async () => {
    await show({ calls: [severalCall('en', now)] });
    expect(screen.getByTestId('caller-name').textContent).toBe('+49 30 23125 047');
    expect(bar().textContent).toContain('3 customers use this number');
  });

  it('has words for a number that is not shown', async () => {
    const call = severalCall('en', now);
    const number = { raw: '', display: '', key: null, withheld: true, region: null };
    await show({
      calls: [{ ...call, number, pop: { ...call.pop, match: 'none', candidates: [] } }],
    });
    expect(screen.getByTestId('caller-name').textContent).toBe('Number withheld');
  });

  it.each([
    ['m', 'KeyM', 'calls.mute', { callId, on: true }],
    ['h', 'KeyH', 'calls.hold', { callId, on: true }],
    ['e', 'KeyE', 'calls.hangUp', { callId }],
  ] as const)('talks by keyboard: Alt %s', async (key, code, name, input) => {
    const bridge = await show({ calls: [sampleCall('en', now, talking)] });
    await act(async () => {
      fireEvent.keyDown(window, { key, code, altKey: true });
    });
    expect(bridge.asked).toContainEqual({ name, input });
  });

  it('says that audio is lost and being repaired', async () => {
    await show({ calls: [sampleCall('en', now, { ...talking, media: 'lost' })] });
    expect(bar().textContent).toContain('Audio lost');
    expect(bar().textContent).toContain('Repairing, stay on the line');
  });

  it.each([
    ['en', 'The microphone is blocked'],
    ['zh-CN', '麦克风被禁用'],
  ] as const)('says why an answer failed and what to do (%s)', async (language, words) => {
    const failure = { code: 'microphone-denied' as const, message: '' };
    const snapshot = sampleSnapshot(language, now, {
      calls: [sampleCall(language, now, { failure })],
    });
    await showWindow(<CallBar />, snapshot);
    expect(screen.getByRole('alert').textContent).toContain(words);
    expect(screen.getByTestId('answer')).toBeTruthy();
  });

  it('offers Ready on a break and says that calls go to colleagues', async () => {
    const bridge = await show({ agent: sampleAgent('break', now) });
    expect(bar().textContent).toContain('Calls go to colleagues');
    await act(async () => screen.getByTestId('go-ready').click());
    expect(bridge.asked).toContainEqual({ name: 'agent.rest', input: { state: 'ready' } });
  });

  it('gives more time for the wrap-up with Alt X', async () => {
    const call: DeskCall = sampleCall('en', now, {
      state: 'ended',
      endedAt: now,
      wrapUp: 'due',
      wrapUpEndsAt: now + 60_000,
    });
    const bridge = await show({ calls: [call], agent: sampleAgent('wrapUp', now) });
    expect(bar().dataset.state).toBe('wrapUp');
    await act(async () => {
      fireEvent.keyDown(window, { key: 'x', code: 'KeyX', altKey: true });
    });
    expect(bridge.asked).toContainEqual({ name: 'wrapUps.extend', input: { callId } });
  });

  it('counts the changes that wait while the server is away', async () => {
    const { sync } = sampleSnapshot('en', now);
    await show({ sync: { ...sync, state: 'offline', offlineSince: now, waiting: 3 } });
    expect(bar().dataset.state).toBe('offline');
    expect(bar().textContent).toContain('3 changes wait');
    expect(screen.getByTestId('announcer').textContent).toBe('Offline');
  });

  it('does not say that calls can come while the phone connects, whatever became of the last call', async () => {
    const { phone } = sampleSnapshot('en', now);
    const failure = { code: 'number-busy' as const, message: '' };
    const bridge = await show({
      phone: { ...phone, state: 'connecting' },
      notices: [{ id: 'dial:1', level: 'warning', failure }],
    });
    expect(screen.getByTestId('idle-look').dataset.look).toBe('connecting');
    expect(bar().textContent).toContain('Calls come as soon as the phone is connected');
    expect(bar().textContent).not.toContain('busy');
    await act(async () => bridge.emit('phone.changed', phone));
    expect(screen.getByTestId('idle-look').dataset.look).toBe('ready');
    expect(bar().textContent).toContain('busy');
  });

  it.each([
    ['en', 'Offline since', 'Phone not connected: '],
    ['zh-CN', '起离线', '电话未连接：'],
  ] as const)('says that both server and phone are away (%s)', async (language, first, second) => {
    const { sync, phone } = sampleSnapshot(language, now);
    const snapshot = sampleSnapshot(language, now, {
      sync: { ...sync, state: 'offline', offlineSince: now },
      phone: { ...phone, state: 'failed', failure: { code: 'phone-unreachable', message: '' } },
    });
    await showWindow(<CallBar />, snapshot);
    const words = screen.getByTestId('call-bar').textContent;
    expect(words).toContain(first);
    expect(words).toContain(second);
    expect(screen.getByTestId('idle-look').dataset.look).toBe('noPhone');
  });

  it('keeps a number that cannot be dialled and says why', async () => {
    const bridge = await show({});
    bridge.refuse('calls.dial', { code: 'number-invalid', message: '' });
    const field = screen.getByLabelText('Name or number to dial');
    fireEvent.change(field, { target: { value: '12x' } });
    await act(async () => screen.getByTestId('dial').click());
    expect(screen.getByRole('alert').textContent).toContain('not a phone number');
    expect((field as HTMLInputElement).value).toBe('12x');
  });
});
