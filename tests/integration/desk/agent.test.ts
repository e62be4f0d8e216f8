import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { queuePauseGraceMs } from '#shared/domain/agents/queuePause.ts';
import { usualPhone } from '#shared/domain/configuration.ts';
import { startShift, type TestShift } from '#tests/support/deskShift.ts';

const emptyDraft = {
  dispositionId: null,
  result: null,
  notes: '',
  followUpAt: null,
  tags: [],
  ticketIds: [],
  customerId: null,
};

/** The agent's state: what PBX, board and window are told, and what the PBX says. */
let desk: TestShift;
beforeEach(async () => {
  desk = await startShift();
});
afterEach(() => desk.stop());

const rest = (reason: 'lunch' | 'rest' | 'training') =>
  desk.ask['agent.rest']({ state: 'break', reason });
const ready = () => desk.ask['agent.rest']({ state: 'ready' });
const presence = () => desk.cache.record('presence', desk.shift.signedIn.user.id);
const view = () => desk.shift.agent.view();

describe('breaks', () => {
  const limitMs = usualPhone.breakLimitsMs.rest ?? 0;

  test('say when they are over, and tell once when they are', async () => {
    await rest('rest');
    expect(view().breakEndsAt).toBe(desk.clock.now() + limitMs);
    desk.clock.advance(limitMs - 1);
    expect(desk.notices()).toEqual([]);
    desk.clock.advance(1);
    expect(desk.notices()).toMatchObject([{ id: 'break-over', failure: { code: 'break-over' } }]);
    await ready();
    expect(desk.notices()).toEqual([]);
    expect(view().breakEndsAt).toBeNull();
    desk.clock.advance(limitMs);
    expect(desk.notices()).toEqual([]);
  });

  test('follow a limit that the centre changes', async () => {
    await rest('training');
    expect(view().breakEndsAt).toBeNull();
    await desk.configure({ phone: { ...usualPhone, breakLimitsMs: { training: 60_000 } } });
    expect(view().breakEndsAt).toBe(desk.clock.now() + 60_000);
    desk.clock.advance(60_000);
    expect(desk.notices()).toHaveLength(1);
  });

  test('chosen in a call are taken after it', async () => {
    desk.phone.offer();
    await desk.ask['calls.answer']({ callId: desk.call().id });
    await rest('lunch');
    expect(view().next).toEqual({ state: 'break', reason: 'lunch' });
    desk.phone.end(desk.phone.last);
    await desk.ask['wrapUps.park']({
      ...{ callId: desk.call().id },
      draft: { ...emptyDraft, notes: 'later' },
    });
    expect(desk.state()).toBe('break lunch');
  });
});

test('nobody is ready at whom no phone can ring', async () => {
  const other = await startShift({ state: 'ready' }, () => {}, null);
  try {
    expect(other.state()).toBe('break rest');
    const asked = async () => other.ask['agent.rest']({ state: 'ready' });
    await expect(asked).rejects.toMatchObject({ code: 'state-not-allowed' });
    await other.ask['agent.rest']({ state: 'break', reason: 'lunch' });
    expect(other.state()).toBe('break lunch');
  } finally {
    await other.stop();
  }
});

describe('missed calls', () => {
  const miss = () => {
    const leg = desk.phone.offer();
    desk.clock.advance(20_000);
    desk.phone.end(leg, { how: 'cancelled' });
  };

  test('lead to a break', () => {
    miss();
    expect(desk.state()).toBe('break missed');
    expect(desk.phone.asked.at(-1)).toBe('paused missed');
  });

  test('lead to ready again where the centre wants it so', async () => {
    await desk.configure({ phone: { ...usualPhone, missed: 'ready' } });
    miss();
    expect(desk.state()).toBe('ready');
  });

  test('in a break leave the break as it is', async () => {
    await rest('lunch');
    await desk.configure({ phone: { ...usualPhone, missed: 'ready' } });
    miss();
    expect(desk.state()).toBe('break lunch');
  });
});

describe('the PBX', () => {
  const said = (paused: boolean, reason: string | null = null) =>
    desk.centre.tell({ type: 'pbx', paused, reason, at: desk.clock.now() });

  test('is told every state, on a call before the next one can come', async () => {
    desk.phone.asked.length = 0;
    desk.phone.offer();
    await desk.ask['calls.answer']({ callId: desk.call().id });
    desk.phone.end(desk.phone.last);
    expect(desk.phone.asked).toEqual(['ready', 'answer leg-1', 'paused onCall', 'paused wrapUp']);
  });

  test('wins where it holds something else for longer than word needs', () => {
    said(true, 'supervisor');
    expect(view().pbx).toBeNull();
    const at = desk.clock.now();
    desk.clock.advance(queuePauseGraceMs);
    expect(view().pbx).toEqual({ paused: true, reason: 'supervisor', at });
    expect(presence()).toMatchObject({ state: 'break', reason: 'supervisor', since: at });
    said(false);
    expect(view().pbx).toBeNull();
    expect(presence()).toMatchObject({ state: 'ready', reason: null });
  });

  test('that has heard of a change in time is never shown as differing', async () => {
    said(false);
    await rest('lunch');
    desk.clock.advance(queuePauseGraceMs - 1);
    said(true, 'lunch');
    desk.clock.advance(queuePauseGraceMs * 2);
    expect(view().pbx).toBeNull();
    expect(presence()).toMatchObject({ state: 'break', reason: 'lunch' });
  });

  test('is told again when the agent means it', async () => {
    said(true);
    desk.clock.advance(queuePauseGraceMs);
    desk.phone.asked.length = 0;
    await ready();
    expect(desk.phone.asked).toEqual(['ready']);
    said(false);
    expect(view().pbx).toBeNull();
  });

  test('of which nobody knows any more is not shown', () => {
    said(true);
    desk.clock.advance(queuePauseGraceMs);
    expect(view().pbx).not.toBeNull();
    desk.centre.tell({ type: 'connector', status: { state: 'blind', since: 1 } });
    expect(view().pbx).toBeNull();
    expect(presence()).toMatchObject({ state: 'ready' });
  });
});

describe('what is written down', () => {
  test('every state with its beginning and its end, and none twice', async () => {
    desk.clock.advance(1_000);
    await rest('lunch');
    desk.clock.advance(1_000);
    await rest('rest');
    await rest('rest');
    desk.clock.advance(1_000);
    await ready();
    const intervals = desk.cache
      .nextOperations(100)
      .filter(({ entity }) => entity === 'agentInterval')
      .map(({ fields: { state, reason, from, to } }) => [state, reason, Number(to) - Number(from)]);
    expect(intervals).toEqual([
      ['ready', null, 1_000],
      ['break', 'lunch', 1_000],
      ['break', 'rest', 1_000],
    ]);
  });
});
