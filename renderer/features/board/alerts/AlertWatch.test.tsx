import { act, cleanup, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SupervisionRules } from '#shared/domain/settings/supervision.ts';
import { ok } from '#shared/result.ts';
import { boardStore } from '../../../store/board.ts';
import { emptyBoard } from '../../../store/boardState.ts';
import { deskStore } from '../../../store/desk.ts';
import { windowStore } from '../../../store/window.ts';
import { renderOnDesk, testDesk } from '../../fields/testDesk.tsx';
import { aBoard, aBoardCall, aBoardQueue, showBoard } from '../testBoard.ts';
import { AlertWatch } from './AlertWatch.tsx';
import { alertStore } from './alertStore.ts';

const patient = { timeout: 60_000 };
const first = alertStore.getState();
const told: unknown[] = [];

function watch(change: Partial<SupervisionRules> = {}): void {
  const desk = testDesk({
    'board.alert': (alert) => {
      told.push(alert);
      return ok({});
    },
  });
  renderOnDesk(<AlertWatch calls />, { ...desk.bridge, shell: 'electron' });
  act(() => {
    deskStore.setState(({ parts }) => ({
      parts: parts && { ...parts, supervision: { ...parts.supervision, ...change } },
    }));
    const now = Date.now();
    const calls = ['a', 'b', 'c'].map((ref) => aBoardCall(ref, { enteredAt: now }));
    showBoard(aBoard({ at: now, queues: [aBoardQueue('support')], calls }));
  });
}

const isJudged = () => waitFor(() => expect(alertStore.getState().alerts).toHaveLength(1), patient);

beforeEach(() => {
  told.length = 0;
  window.location.hash = '#/tickets';
  alertStore.setState(first, true);
  boardStore.setState(emptyBoard, true);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('what is over a limit', () => {
  it('is said in the corner of another page, with the way to the board', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    watch();
    await isJudged();
    const [toast, ...more] = windowStore.getState().toasts;
    expect(toast).toMatchObject({ tone: 'warn', text: 'After-sales service: 3 waiting' });
    expect(more).toEqual([]);
    act(() => toast?.action?.run());
    expect(window.location.hash).toBe('#/board');
    expect(told).toEqual([]);
  });

  it('is told by the system where the window is not in front', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    watch();
    await waitFor(
      () => expect(told).toEqual([{ title: 'After-sales service: 3 waiting', text: 'limit 3' }]),
      patient,
    );
    expect(windowStore.getState().toasts).toEqual([]);
  });

  it('only colours the board in quiet hours', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    watch({ quietHours: [{ from: 0, to: 1440 }] });
    await isJudged();
    expect(told).toEqual([]);
    expect(alertStore.getState().worst.get('queue:support')?.level).toBe('warn');
  });
});
