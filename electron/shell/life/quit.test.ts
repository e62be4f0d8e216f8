import { beforeEach, describe, expect, it } from 'vitest';
import { DeskDouble, keptLog, ringingCall } from '#tests/support/deskDouble.ts';
import { EmitterDouble, refusable } from '#tests/support/electronDouble.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { textsOf } from '../texts.ts';
import { hasLiveCall, mayEndCalls } from './callGuard.ts';
import { arrangeQuit } from './quit.ts';

class AppDouble extends EmitterDouble {
  readonly exits: number[] = [];
  exit(code = 0): void {
    this.exits.push(code);
  }
  /** True where quitting was put off. */
  wish(): boolean {
    const event = refusable({});
    this.emit('before-quit', event);
    return event.isRefused;
  }
  quit(): void {
    this.wish();
  }
}

/** Lets everything run that waits for nothing but a promise. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function world({ stop = async () => {}, mayLeave = async () => true } = {}) {
  const app = new AppDouble();
  const clock = new ManualClock();
  const log = keptLog();
  let stops = 0;
  const quit = arrangeQuit({
    app,
    clock,
    log,
    mayLeave,
    stop() {
      stops += 1;
      return stop();
    },
  });
  return { app, clock, log, quit, stops: () => stops };
}

describe('quitting', () => {
  let finish: () => void;
  let at: ReturnType<typeof world>;
  beforeEach(() => {
    at = world({
      stop: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
  });

  it('waits until calls and data have ended, once', async () => {
    expect(at.app.wish()).toBe(true);
    expect(at.app.wish()).toBe(true);
    await settle();
    expect(at.app.wish()).toBe(true);
    expect(at.stops()).toBe(1);
    expect(at.quit.isLeaving()).toBe(true);
    expect(at.app.exits).toEqual([]);
    finish();
    await settle();
    expect(at.app.exits).toEqual([0]);
    expect(at.app.wish()).toBe(false);
  });

  it('waits no longer than 3 s', async () => {
    at.app.wish();
    await settle();
    at.clock.advance(2_999);
    await settle();
    expect(at.app.exits).toEqual([]);
    at.clock.advance(1);
    await settle();
    expect(at.app.exits).toEqual([0]);
    expect(at.log.lines).toEqual(['warn not everything ended in time']);
  });

  it('happens also where something does not end cleanly', async () => {
    const broken = world({ stop: () => Promise.reject(new Error('disk full')) });
    broken.app.wish();
    await settle();
    expect(broken.app.exits).toEqual([0]);
    expect(broken.log.lines).toEqual(['error the desk did not end cleanly']);
  });

  it('does not happen while the agent keeps the call, and can be asked again', async () => {
    const answers = [false, true];
    const asking = world({ mayLeave: async () => answers.shift() ?? false });
    asking.app.wish();
    await settle();
    expect(asking.quit.isLeaving()).toBe(false);
    expect(asking.stops()).toBe(0);
    asking.app.wish();
    await settle();
    expect(asking.app.exits).toEqual([0]);
  });

  it('asks one question at a time, and none at the end of the session', async () => {
    let questions = 0;
    const asking = world({
      mayLeave: () => {
        questions += 1;
        return new Promise(() => {});
      },
    });
    asking.app.wish();
    asking.app.wish();
    expect(questions).toBe(1);
    asking.quit.now();
    await settle();
    expect(asking.app.exits).toEqual([0]);
    expect(questions).toBe(1);
  });
});

describe('a call on the line', () => {
  it.each([
    ['ringing', false],
    ['dialling', true],
    ['connecting', true],
    ['talking', true],
    ['held', true],
    ['ended', false],
  ] as const)('%s counts: %s', (state, expected) => {
    const desk = new DeskDouble();
    desk.call(ringingCall({ state }));
    expect(hasLiveCall(desk)).toBe(expected);
  });

  it('is ended by quitting only after a yes; Enter and Escape keep it', async () => {
    const desk = new DeskDouble();
    const asked: object[] = [];
    const dialog = (response: number) => ({
      showMessageBox: async (options: object) => {
        asked.push(options);
        return { response, checkboxChecked: false };
      },
    });
    const { quit } = textsOf('en');
    expect(await mayEndCalls(desk, dialog(0), quit)).toBe(true);
    expect(asked).toEqual([]);
    desk.call(ringingCall({ state: 'talking' }));
    expect(await mayEndCalls(desk, dialog(0), quit)).toBe(false);
    expect(await mayEndCalls(desk, dialog(1), quit)).toBe(true);
    expect(asked[0]).toMatchObject({ defaultId: 0, cancelId: 0, buttons: [quit.stay, quit.leave] });
  });
});
