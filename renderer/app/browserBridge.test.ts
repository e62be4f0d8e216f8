import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ToWindow } from '#shared/contract/wire.ts';
import { openBrowserDesk, retryDelayMs } from './browserBridge.ts';

/** A socket in the hands of the test. */
class HandSocket {
  static readonly OPEN = 1;
  static all: HandSocket[] = [];
  readyState = 0;
  sent: { kind: string; id: number; method?: string }[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;

  constructor() {
    HandSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  drop(): void {
    this.readyState = 3;
    this.onclose?.();
  }

  say(message: ToWindow): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const newest = () => {
  const socket = HandSocket.all.at(-1);
  if (!socket) throw new Error('no socket was opened');
  return socket;
};

beforeEach(() => {
  HandSocket.all = [];
  vi.stubGlobal('WebSocket', HandSocket);
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the desk over a WebSocket', () => {
  it('sends what was asked before the line was there, and gives each answer to its question', async () => {
    const { bridge } = openBrowserDesk('ws://desk');
    const first = bridge.invoke('session.signOut', {});
    const second = bridge.invoke('sync.retry', {});
    newest().open();
    const [one, two] = newest().sent;
    newest().say({ kind: 'result', id: two?.id ?? 0, result: { ok: true, value: 'two' } });
    newest().say({ kind: 'result', id: one?.id ?? 0, result: { ok: true, value: 'one' } });
    expect(await first).toEqual({ ok: true, value: 'one' });
    expect(await second).toEqual({ ok: true, value: 'two' });
  });

  it('fails what waits when the line drops, and tells when it is back', async () => {
    const { bridge } = openBrowserDesk('ws://desk');
    const told: boolean[] = [];
    bridge.onConnection((connected) => told.push(connected));
    newest().open();
    const waiting = bridge.invoke('session.signOut', {});
    newest().drop();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'server-unreachable' } });
    expect(await bridge.invoke('sync.retry', {})).toMatchObject({ ok: false });
    vi.advanceTimersByTime(retryDelayMs(0));
    expect(HandSocket.all).toHaveLength(2);
    newest().open();
    expect(told).toEqual([false, true]);
  });

  it('waits longer after every failed try, up to five seconds', () => {
    expect([0, 1, 2, 10].map(retryDelayMs)).toEqual([250, 500, 1000, 5000]);
  });

  it('leaves the desk to another window that took over', async () => {
    const { bridge } = openBrowserDesk('ws://desk');
    newest().open();
    newest().say({ kind: 'event', name: 'window.moved', payload: {} });
    newest().drop();
    vi.advanceTimersByTime(60_000);
    expect(HandSocket.all).toHaveLength(1);
    expect(await bridge.invoke('sync.retry', {})).toMatchObject({
      error: { code: 'window-moved' },
    });
  });

  it('carries commands to the media page, also those that came before it was ready', async () => {
    const { media } = openBrowserDesk('ws://desk');
    media.report({ type: 'ready' });
    newest().open();
    newest().say({ kind: 'mediaCommand', id: 7, command: 'ring', input: { on: true } });
    media.handle(async () => ({ ok: true, value: {} }) as never);
    await vi.waitFor(() => expect(newest().sent).toHaveLength(2), 45_000);
    expect(newest().sent.map(({ kind }) => kind)).toEqual(['mediaEvent', 'mediaResult']);
  });
});
