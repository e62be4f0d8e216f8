import { describe, expect, it } from 'vitest';
import { sampleCall } from '#tests/support/deskSample/sampleCalls.ts';
import {
  sampleAgent,
  sampleSession,
  sampleSnapshot,
} from '#tests/support/deskSample/sampleDesk.ts';
import { callId, idOf } from '#tests/support/deskSample/sampleWords.ts';
import { applyEvent, applySnapshot, emptyDesk } from './deskState.ts';

const now = 1_795_000_000_000;
const desk = applySnapshot(emptyDesk, sampleSnapshot('en', now));
const call = sampleCall('en', now);

describe('the desk as the window knows it', () => {
  it('is loaded by a snapshot and shows its slices', () => {
    expect(desk.loaded).toBe(true);
    expect(desk.agent.state).toBe('ready');
  });

  it('puts a new call after the others and a known one in its place', () => {
    const one = applyEvent(desk, 'call.changed', call);
    const two = applyEvent(one, 'call.changed', { ...call, id: idOf(9), callRef: 'two' });
    const changed = applyEvent(two, 'call.changed', { ...call, state: 'talking' });
    expect(changed.calls.map(({ id, state }) => [id, state])).toEqual([
      [callId, 'talking'],
      [idOf(9), 'ringing'],
    ]);
    expect(applyEvent(changed, 'call.removed', { callId }).calls).toHaveLength(1);
  });

  it('replaces one slice and leaves the rest alone', () => {
    const agent = sampleAgent('onCall', now);
    const after = applyEvent(desk, 'agent.changed', agent);
    expect(after).toEqual({ ...desk, agent });
  });

  it('counts the versions of changed entities, also over a snapshot', () => {
    const changed = applyEvent(desk, 'data.changed', { entities: ['task', 'customer'] });
    expect(changed.versions.customer).toBe(1);
    const again = applySnapshot(changed, sampleSnapshot('en', now));
    expect(again.versions.customer).toBeGreaterThan(1);
    expect(again.versions.task).toBeGreaterThan(changed.versions.task ?? 0);
  });

  it('keeps each notice once and drops it by id', () => {
    const notice = {
      id: 'n',
      level: 'warning' as const,
      failure: { code: 'number-busy' as const, message: '' },
    };
    const one = applyEvent(applyEvent(desk, 'notice.added', notice), 'notice.added', notice);
    expect(one.notices).toHaveLength(1);
    expect(applyEvent(one, 'notice.removed', { id: 'n' }).notices).toEqual([]);
  });

  it('ignores an event of a newer desk that it does not know', () => {
    const unknown = 'moon.changed' as 'session.changed';
    expect(applyEvent(desk, unknown, sampleSession('en'))).toBe(desk);
  });

  it('leaves the bar to the call it has while that lives', () => {
    const held = { ...call, state: 'held' as const };
    const talking = { ...call, id: idOf(9), state: 'talking' as const };
    const two = applyEvent(applyEvent(desk, 'call.changed', held), 'call.changed', talking);
    expect(two.activeCallId).toBe(idOf(9));
    const both = applyEvent(two, 'call.changed', { ...talking, state: 'held' });
    expect(both.activeCallId).toBe(idOf(9));
    expect(applyEvent(both, 'call.removed', { callId: idOf(9) }).activeCallId).toBe(callId);
  });
});
