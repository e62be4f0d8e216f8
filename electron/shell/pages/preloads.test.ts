import type { IpcRenderer } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge, MediaLink } from '#shared/contract/bridge.ts';
import { channels } from '#shared/contract/channels.ts';
import { ok } from '#shared/result.ts';

type Heard = (event: object, ...words: unknown[]) => void;

const renderer = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  heard: new Map<string, (event: object, ...words: unknown[]) => void>(),
  sent: [] as unknown[][],
}));

vi.mock('electron', () => {
  const ipcRenderer = {
    invoke: async (...words) => {
      renderer.sent.push(words);
      return { ok: true, value: {} };
    },
    send: (...words) => void renderer.sent.push(words),
    on(channel, listener) {
      renderer.heard.set(channel, listener as Heard);
      return this as never;
    },
    off(channel) {
      renderer.heard.delete(channel);
      return this as never;
    },
    removeAllListeners(channel) {
      if (channel) renderer.heard.delete(channel);
      return this as never;
    },
  } satisfies Pick<IpcRenderer, 'invoke' | 'send' | 'on' | 'off' | 'removeAllListeners'>;
  const exposeInMainWorld = (name: string, value: unknown) => renderer.exposed.set(name, value);
  return { ipcRenderer, contextBridge: { exposeInMainWorld } };
});

beforeEach(() => {
  renderer.sent.length = 0;
});

describe('what the window is given', async () => {
  await import('../../preload.ts');
  const bridge = renderer.exposed.get('switchboard') as Bridge;

  it('asks over one channel, with name and input', async () => {
    expect(bridge.shell).toBe('electron');
    expect(await bridge.invoke('desk.snapshot', {})).toEqual({ ok: true, value: {} });
    expect(renderer.sent).toEqual([[channels.invoke, 'desk.snapshot', {}]]);
  });

  it('hears events without Electron’s event object, until it stops', () => {
    const heard: unknown[] = [];
    const stop = bridge.listen((name, payload) => heard.push([name, payload]));
    renderer.heard.get(channels.event)?.({ sender: 'secret' }, 'window.moved', {});
    expect(heard).toEqual([['window.moved', {}]]);
    expect(stop()).toBeUndefined();
    expect(renderer.heard.has(channels.event)).toBe(false);
  });
});

describe('what the media page is given', async () => {
  await import('../../mediaPreload.ts');
  const link = renderer.exposed.get('switchboardMedia') as MediaLink;

  it('does commands and sends their results under the same number', async () => {
    const done: unknown[] = [];
    link.handle(async (command, input) => {
      done.push([command, input]);
      return ok({}) as never;
    });
    renderer.heard.get(channels.mediaCommand)?.({}, 7, 'ring', { on: true });
    await expect.poll(() => renderer.sent).toEqual([[channels.mediaResult, 7, ok({})]]);
    expect(done).toEqual([['ring', { on: true }]]);
  });

  it('reports what happens', () => {
    link.report({ type: 'ready' });
    expect(renderer.sent).toEqual([[channels.mediaEvent, { type: 'ready' }]]);
  });
});
