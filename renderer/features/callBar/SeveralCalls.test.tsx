import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { sampleCall } from '#tests/support/deskSample/sampleCalls.ts';
import { sampleAgent, sampleSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { callId, idOf } from '#tests/support/deskSample/sampleWords.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { setTransfer, windowStore } from '../../store/window.ts';
import { CallBar } from './CallBar.tsx';

const now = Date.now();
const otherId = idOf(4);
const talking = sampleCall('en', now, {
  state: 'talking',
  answeredAt: now - 60_000,
  media: 'connected',
});
const held: DeskCall = { ...talking, state: 'held' };
const colleague: DeskCall = {
  ...talking,
  id: otherId,
  direction: 'out',
  customerId: null,
  customerName: null,
  callerName: 'Tomasz Wrona',
  consultFor: callId,
  kind: 'colleague',
  pop: { callId: otherId, match: 'none', candidates: [], card: null },
};
const waiting: DeskCall = {
  ...sampleCall('en', now),
  id: otherId,
  customerName: 'Lukas Brenner',
  customerId: idOf(9),
};

afterEach(cleanup);

function show(calls: DeskCall[]) {
  return showWindow(
    <CallBar />,
    sampleSnapshot('en', now, { calls, agent: sampleAgent('onCall', now) }),
    {
      'calls.answer': () => ({}),
      'calls.reject': () => ({}),
      'calls.hangUp': () => ({}),
      'calls.mute': () => ({}),
      'calls.hold': () => ({}),
      'calls.join': () => ({}),
      'calls.confer': () => ({}),
      'calls.record': () => ({}),
    },
  );
}

async function press(letter: string, shiftKey = false) {
  await act(async () => {
    const code = `Key${letter.toUpperCase()}`;
    fireEvent.keyDown(window, { key: letter, code, altKey: true, shiftKey });
  });
}

const bar = () => screen.getByTestId('call-bar');
const chips = () => screen.getAllByTestId('other-call').map((chip) => chip.dataset.callId);

describe('a second caller', () => {
  it('waits beside the call and is answered or declined by a key', async () => {
    const bridge = await show([talking, waiting]);
    expect(bar().dataset.callId).toBe(callId);
    expect(chips()).toEqual([otherId]);
    expect(screen.getByTestId('answer-waiting').textContent).toContain('hold this call');
    await press('a');
    await press('r');
    expect(bridge.asked).toContainEqual({ name: 'calls.answer', input: { callId: otherId } });
    expect(bridge.asked).toContainEqual({
      name: 'calls.reject',
      input: { callId: otherId, how: 'busy' },
    });
  });

  it('leaves a call whose wrap-up waits in sight', async () => {
    await show([talking, { ...waiting, state: 'ended', endedAt: 1_000, wrapUp: 'parked' }]);
    expect(chips()).toEqual([otherId]);
    expect(screen.getByTestId('other-call').textContent).toContain('Wrap-up waits');
  });

  it('is announced once, politely, and takes nothing away', async () => {
    const bridge = await show([talking]);
    expect(screen.queryByTestId('other-calls')).toBeNull();
    await act(async () => bridge.emit('call.changed', waiting));
    expect(screen.getByTestId('announcer').textContent).toBe('Connected with Maria Keller');
    expect(screen.getByTestId('announcer-beside').textContent).toBe(
      'Second call: Lukas Brenner is waiting',
    );
  });

  it('leaves the answer key to the call that rings in the bar while nobody talks', async () => {
    const bridge = await show([sampleCall('en', now), waiting]);
    expect(screen.getByTestId('answer-waiting').textContent).toBe('Answer');
    await press('a');
    expect(bridge.asked.filter(({ name }) => name === 'calls.answer')).toEqual([
      { name: 'calls.answer', input: { callId } },
    ]);
  });

  it('counts a crowd instead of showing it', async () => {
    const crowd = [5, 6, 7, 8, 9].map((at) => ({ ...waiting, id: idOf(at) }));
    await show([talking, ...crowd]);
    expect(chips()).toHaveLength(2);
    expect(screen.getByTestId('other-calls').textContent).toContain('3 more wait');
  });

  it('on hold is swapped to and ended by a key', async () => {
    const bridge = await show([talking, { ...held, id: otherId, heldSince: now - 600_000 }]);
    expect(screen.getByTestId('other-call').textContent).toMatch(/1\d:\d\d/u);
    await press('s');
    await press('e', true);
    expect(bridge.asked).toContainEqual({
      name: 'calls.hold',
      input: { callId: otherId, on: false },
    });
    expect(bridge.asked).toContainEqual({ name: 'calls.hangUp', input: { callId: otherId } });
  });
});

describe('a colleague who is asked', () => {
  it('stands in the bar, with the caller on hold beside', async () => {
    await show([held, colleague]);
    expect(screen.getByTestId('caller-name').textContent).toBe('Tomasz Wrona');
    expect(bar().textContent).toContain('on behalf of Maria Keller');
    expect(chips()).toEqual([callId]);
  });

  it.each([
    ['t', 'calls.join', { callId, otherId }],
    ['c', 'calls.confer', { callIds: [otherId, callId] }],
    ['s', 'calls.hold', { callId, on: false }],
  ] as const)('goes on by one key: Alt %s', async (letter, name, input) => {
    const bridge = await show([held, colleague]);
    await press(letter);
    expect(bridge.asked).toContainEqual({ name, input });
  });

  it('is left for the caller by Alt E, even where the desk took the caller back by itself', async () => {
    const bridge = await show([held, colleague]);
    expect(screen.getByTestId('end').textContent).toContain('Back to caller');
    bridge.refuse('calls.hold', { code: 'call-state', message: '' });
    await press('e');
    expect(bridge.asked.filter(({ name }) => name.startsWith('calls.'))).toEqual([
      { name: 'calls.hangUp', input: { callId: otherId } },
      { name: 'calls.hold', input: { callId, on: false } },
    ]);
    expect(windowStore.getState().toasts).toEqual([]);
  });

  it('has nothing to do with a third call that is talked in meanwhile', async () => {
    const third = { ...talking, id: idOf(9) };
    const bridge = await show([held, { ...colleague, state: 'held' }, third]);
    expect(bar().dataset.callId).toBe(third.id);
    expect(screen.getByTestId('call-transfer').textContent).toContain('Transfer');
    await press('t');
    expect(bridge.asked.filter(({ name }) => name === 'calls.join')).toEqual([]);
  });

  it('is brought together with the caller, not with a third one on hold', async () => {
    const third = { ...held, id: idOf(9) };
    const bridge = await show([held, colleague, third]);
    await press('c');
    expect(bridge.asked).toContainEqual({
      name: 'calls.confer',
      input: { callIds: [otherId, callId] },
    });
  });

  it('cannot be given the caller before they answered', async () => {
    await show([held, { ...colleague, state: 'dialling', answeredAt: null }]);
    expect(bar().dataset.state).toBe('dialling');
    expect(screen.queryByTestId('call-transfer')).toBeNull();
  });
});

describe('a conference', () => {
  const members = [talking, colleague].map((call) => ({ ...call, conference: true }));

  it('names everybody and takes one out', async () => {
    const bridge = await show(members);
    expect(bar().dataset.state).toBe('conference');
    expect(screen.getByTestId('caller-name').textContent).toBe('Maria Keller + Tomasz Wrona');
    expect(chips()).toEqual([callId, otherId]);
    await press('e', true);
    expect(bridge.asked).toContainEqual({ name: 'calls.hangUp', input: { callId: otherId } });
  });

  it('is left, split, muted and ended by keys', async () => {
    const bridge = await show(members);
    for (const letter of ['t', 'c', 'm', 'e']) await press(letter);
    const asked = bridge.asked.filter(({ name }) => name.startsWith('calls.'));
    expect(asked).toEqual([
      { name: 'calls.join', input: { callId, otherId } },
      { name: 'calls.confer', input: { callIds: [] } },
      { name: 'calls.mute', input: { callId, on: true } },
      { name: 'calls.mute', input: { callId: otherId, on: true } },
      { name: 'calls.hangUp', input: { callId } },
      { name: 'calls.hangUp', input: { callId: otherId } },
    ]);
  });
});

describe('what the bar tells of a call', () => {
  it('recording, and its pause by Alt P', async () => {
    const bridge = await show([{ ...talking, recording: 'on' }]);
    expect(screen.getByTestId('recording').textContent).toBe('Recording');
    await press('p');
    expect(bridge.asked).toContainEqual({ name: 'calls.record', input: { callId, on: false } });
    await act(async () => bridge.emit('call.changed', { ...talking, recording: 'paused' }));
    expect(screen.getByTestId('recording').textContent).toContain('Paused0:00');
    await press('p');
    expect(bridge.asked).toContainEqual({ name: 'calls.record', input: { callId, on: true } });
  });

  it('has no recording control where nobody records', async () => {
    await show([talking]);
    expect(screen.queryByTestId('call-record')).toBeNull();
  });

  it('who listens in', async () => {
    await show([{ ...talking, listener: { name: 'Anna Demir', mode: 'listen' } }]);
    expect(screen.getByTestId('listener').textContent).toBe('Anna Demir listens in');
    expect(screen.getByTestId('announcer-beside').textContent).toBe('Anna Demir listens in');
  });

  it('how the line sounds, and what to do once it stays bad', async () => {
    const quality = {
      level: 'poor' as const,
      mos: 2.1,
      loss: 0.08,
      jitterMs: 60,
      roundTripMs: 420,
      poorSince: null,
    };
    const bridge = await show([{ ...talking, quality: { ...quality, level: 'good', mos: 4.4 } }]);
    expect(screen.getByTestId('quality').getAttribute('aria-label')).toBe('Line: Good, MOS 4.4');
    await act(async () =>
      bridge.emit('call.changed', { ...talking, quality: { ...quality, poorSince: now } }),
    );
    expect(screen.getByTestId('poor-line').textContent).toContain('offer to call back');
    expect(screen.getByTestId('announcer-beside').textContent).toBe('The line is bad');
  });

  it('who passed it on, ringing and talking', async () => {
    const bridge = await show([sampleCall('en', now, { transferredBy: 'Tomasz Wrona' })]);
    expect(screen.getByTestId('transferred-by').textContent).toBe('Tomasz Wrona');
    await act(async () =>
      bridge.emit('call.changed', { ...talking, transferredBy: 'Tomasz Wrona' }),
    );
    expect(screen.getByTestId('transferred-by').textContent).toBe('from Tomasz Wrona');
  });

  it('when it is answered by itself', async () => {
    await show([sampleCall('en', now, { autoAnswerAt: now + 2_500 })]);
    expect(screen.getByTestId('auto-answer').textContent).toContain('Auto-answer');
  });

  it('where it is going, and why it did not get there', async () => {
    const bridge = await show([{ ...talking, transferring: true }]);
    const transfer = { callId, name: 'Orders', state: 'pending' as const, failure: null };
    await act(async () => setTransfer(transfer));
    expect(screen.getByTestId('transferring').textContent).toBe('Transferring to Orders');
    expect(screen.queryByTestId('call-mute')).toBeNull();
    await act(async () => {
      bridge.emit('call.changed', talking);
      const failure = { code: 'number-busy' as const, message: '' };
      setTransfer({ ...transfer, state: 'failed', failure });
    });
    expect(screen.getByTestId('transfer-refused').textContent).toContain(
      'Orders: The line is busy',
    );
    await act(async () => screen.getByRole('button', { name: 'Dismiss' }).click());
    expect(screen.queryByTestId('transfer-refused')).toBeNull();
  });
});
