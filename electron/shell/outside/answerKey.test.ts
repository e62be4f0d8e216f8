import { describe, expect, it } from 'vitest';
import { DeskDouble, keptLog, ringingCall } from '#tests/support/deskDouble.ts';
import { EmitterDouble } from '#tests/support/electronDouble.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { holdAnswerKey, usualAnswerKey } from './answerKey.ts';
import { watchWaking } from './wake.ts';

function held(register: (pressed: () => void) => boolean = () => true) {
  const desk = new DeskDouble();
  const shows: string[] = [];
  const released: string[] = [];
  let press = () => {};
  const release = holdAnswerKey({
    globalShortcut: {
      register(_accelerator, pressed) {
        press = pressed;
        return register(pressed);
      },
      unregister: (accelerator) => void released.push(accelerator),
    },
    accelerator: usualAnswerKey,
    desk,
    notify: desk.notify,
    showWindow: () => void shows.push('show'),
    log: keptLog(),
  });
  return { desk, shows, released, release, press: () => press() };
}

describe('the answer key', () => {
  it('answers the call that rings, and brings the window up', async () => {
    const { desk, shows, press } = held();
    desk.call(ringingCall());
    press();
    await Promise.resolve();
    expect(desk.handled).toEqual([['calls.answer', { callId: ringingCall().id }]]);
    expect(shows).toEqual(['show']);
  });

  it.each([
    ['no call', null],
    ['a call that is answered', ringingCall({ state: 'talking' })],
    ['a call that goes out', ringingCall({ direction: 'out' })],
  ])('does nothing with %s', (_what, call) => {
    const { desk, press } = held();
    if (call) desk.call(call);
    press();
    expect(desk.handled).toEqual([]);
  });

  it('is given back', () => {
    const { release, released } = held();
    release();
    expect(released).toEqual([usualAnswerKey]);
  });

  it.each([
    ['is taken', () => false],
    [
      'cannot be read',
      () => {
        throw new TypeError('conversion failure');
      },
    ],
  ])('that %s is told by a notice, and is not given back', (_why, register) => {
    const { desk, release, released } = held(register);
    expect(desk.notices).toMatchObject([
      {
        id: 'answer-key',
        level: 'warning',
        failure: { code: 'answer-key-taken', details: { key: usualAnswerKey } },
      },
    ]);
    release();
    expect(released).toEqual([]);
  });
});

describe('waking', () => {
  function watched(online: boolean) {
    const powerMonitor = new EmitterDouble();
    const clock = new ManualClock();
    const network = { online };
    const desk = new DeskDouble();
    const stop = watchWaking({
      powerMonitor,
      net: { isOnline: () => network.online },
      clock,
      sleep: desk.sleep,
      wake: desk.wake,
    });
    return { powerMonitor, clock, network, desk, stop };
  }

  it.each(['resume', 'unlock-screen'])('follows %s', (name) => {
    const { powerMonitor, desk } = watched(true);
    powerMonitor.emit(name);
    expect(desk.wakes).toBe(1);
  });

  it('follows the machine to sleep', () => {
    const { powerMonitor, desk } = watched(true);
    powerMonitor.emit('suspend');
    expect(desk).toMatchObject({ sleeps: 1, wakes: 0 });
  });

  it('follows the network when it comes back, once', () => {
    const { clock, network, desk, stop } = watched(true);
    clock.advance(9_000);
    network.online = false;
    clock.advance(9_000);
    expect(desk.wakes).toBe(0);
    network.online = true;
    clock.advance(9_000);
    expect(desk.wakes).toBe(1);
    stop();
    expect(clock.waits).toEqual([]);
  });
});
