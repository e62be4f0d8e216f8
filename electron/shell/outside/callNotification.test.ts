import type { NotificationConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { fail } from '#shared/result.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { DeskDouble, keptLog, ringingCall } from '#tests/support/deskDouble.ts';
import { EmitterDouble, WindowDouble } from '#tests/support/electronDouble.ts';
import { notifyOfCalls } from './callNotification.ts';

class NotificationDouble extends EmitterDouble {
  state: 'made' | 'shown' | 'closed' = 'made';
  readonly options: NotificationConstructorOptions;
  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    this.state = 'shown';
  }
  close(): void {
    this.state = 'closed';
  }
}

function world({ hasFocus = false, sharedScreen = false, isSupported = true } = {}) {
  const desk = new DeskDouble();
  const window = new WindowDouble({});
  const made: NotificationDouble[] = [];
  const acts: string[] = [];
  const log = keptLog();
  const notifications = notifyOfCalls({
    newNotification(options) {
      const notification = new NotificationDouble(options);
      made.push(notification);
      return notification;
    },
    isSupported: () => isSupported,
    desk,
    window: () => window,
    hasFocus: () => hasFocus,
    showWindow: () => acts.push('show'),
    sharedScreen,
    icon: '/icon.png',
    log,
  });
  return { desk, window, made, acts, log, notifications };
}

const queue = defaultConfiguration.queues[0]?.name.en ?? '';
let at: ReturnType<typeof world>;
beforeEach(() => {
  at = world();
});

describe('a ringing call while the window is not in front', () => {
  it('is told once, with caller and queue, and the window flashes', () => {
    at.desk.call(ringingCall());
    at.desk.call(ringingCall({ waitedMs: 2000 }));
    expect(at.made).toHaveLength(1);
    expect(at.made[0]?.state).toBe('shown');
    expect(at.made[0]?.options).toMatchObject({
      title: 'Incoming call',
      body: `王芳 · 138 0013 8000, ${queue}`,
      silent: true,
      actions: [{ text: 'Answer' }, { text: 'Reject' }],
    });
    expect(at.window.isFlashing).toBe(true);
  });

  it.each([
    ['answered', () => at.desk.call(ringingCall({ state: 'talking' }))],
    ['ended', () => at.desk.call(ringingCall({ state: 'ended' }))],
    ['removed', () => at.desk.events.emit('call.removed', { callId: ringingCall().id })],
    ['seen in the window', () => at.notifications.focused()],
  ])('is withdrawn when it is %s', (_how, happen) => {
    at.desk.call(ringingCall());
    happen();
    expect(at.made[0]?.state).toBe('closed');
    expect(at.window.isFlashing).toBe(false);
  });

  it('is answered from there, and the window comes up', async () => {
    at.desk.call(ringingCall());
    at.made[0]?.emit('action', { actionIndex: 0 });
    await Promise.resolve();
    expect(at.desk.handled).toEqual([['calls.answer', { callId: ringingCall().id }]]);
    expect(at.acts).toEqual(['show']);
  });

  it('is rejected from there, and the window stays where it is', async () => {
    at.desk.call(ringingCall());
    at.made[0]?.emit('action', { actionIndex: 1 });
    await Promise.resolve();
    expect(at.desk.handled).toEqual([
      ['calls.reject', { callId: ringingCall().id, how: 'decline' }],
    ]);
    expect(at.acts).toEqual([]);
  });

  it('comes up in the window where answering failed', async () => {
    at.desk.answer = fail('call-not-found', 'gone');
    at.desk.call(ringingCall());
    at.made[0]?.emit('action', { actionIndex: 0 });
    await Promise.resolve();
    expect(at.acts).toEqual(['show']);
    expect(at.log.lines).toEqual(['warn a call could not be answered']);
  });

  it('brings the window up on a click, and answers nothing', () => {
    at.desk.call(ringingCall());
    at.made[0]?.emit('click');
    expect(at.acts).toEqual(['show']);
    expect(at.desk.handled).toEqual([]);
  });

  it('names nobody on a shared screen', () => {
    const shared = world({ sharedScreen: true });
    shared.desk.call(ringingCall());
    expect(shared.made[0]?.options.body).toBe(queue);
  });

  it('says that a number is withheld, in the language of the desk', () => {
    const { number } = ringingCall();
    at.desk.change({ settings: { ...at.desk.state.settings, language: 'zh-CN' } });
    const withheld = { ...number, withheld: true, display: '' };
    at.desk.call(ringingCall({ number: withheld, customerName: null, queueId: null }));
    expect(at.made[0]?.options).toMatchObject({ title: '来电', body: '号码未显示' });
  });

  it('only flashes where the system knows no notifications', () => {
    const bare = world({ isSupported: false });
    bare.desk.call(ringingCall());
    expect(bare.made).toEqual([]);
    expect(bare.window.isFlashing).toBe(true);
    bare.notifications.clear();
    expect(bare.window.isFlashing).toBe(false);
  });
});

describe('nothing is told', () => {
  it.each([
    ['while the window is in front', true, ringingCall()],
    ['of a call that goes out', false, ringingCall({ direction: 'out', state: 'dialling' })],
    ['of a call that does not ring', false, ringingCall({ state: 'talking' })],
  ])('%s', (_when, hasFocus, call) => {
    const quiet = world({ hasFocus });
    quiet.desk.call(call);
    expect(quiet.made).toEqual([]);
    expect(quiet.window.isFlashing).toBe(false);
  });
});
