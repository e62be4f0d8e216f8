import { beforeEach, describe, expect, it } from 'vitest';
import { channels } from '#shared/contract/channels.ts';
import { ok } from '#shared/result.ts';
import { DeskDouble, keptLog } from '#tests/support/deskDouble.ts';
import { EmitterDouble, WindowDouble } from '#tests/support/electronDouble.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { createMediaRelay } from '../../core/mediaRelay.ts';
import { carryContract } from './ipc.ts';

class IpcDouble extends EmitterDouble {
  readonly handlers = new Map<string, (...words: never[]) => unknown>();
  handle(channel: string, handler: (...words: never[]) => unknown): void {
    this.handlers.set(channel, handler);
  }
}

function world() {
  const ipcMain = new IpcDouble();
  const desk = new DeskDouble();
  const log = keptLog();
  const clock = new ManualClock();
  const relay = createMediaRelay(clock);
  const windows = { main: new WindowDouble({}), media: new WindowDouble({}) };
  carryContract({
    ipcMain,
    desk,
    relay,
    log,
    mainWindow: () => windows.main,
    mediaWindow: () => windows.media,
  });
  const sentBy = (window: WindowDouble, page: string) => ({
    sender: window.webContents,
    senderFrame: { url: `app://switchboard/${page}`, parent: null },
  });
  const fromMedia = () => sentBy(windows.media, 'media.html');
  return {
    desk,
    log,
    relay,
    windows,
    channelsInUse: () => [...ipcMain.handlers.keys()],
    invoke: (event: object, ...words: unknown[]) =>
      ipcMain.handlers.get(channels.invoke)?.(...([event, ...words] as never[])),
    media: (channel: string, ...words: unknown[]) => ipcMain.emit(channel, fromMedia(), ...words),
    emit: ipcMain.emit.bind(ipcMain),
    fromMain: () => sentBy(windows.main, 'index.html'),
    fromMedia,
  };
}

let at: ReturnType<typeof world>;
beforeEach(() => {
  at = world();
});

describe('the contract over IPC', () => {
  it('answers the window through the one handler of the desk', async () => {
    at.desk.answer = ok({ now: 1 });
    const answer = await at.invoke(at.fromMain(), 'desk.snapshot', {});
    expect(answer).toEqual(ok({ now: 1 }));
    expect(at.desk.handled).toEqual([['desk.snapshot', {}]]);
    expect(at.channelsInUse()).toEqual([channels.invoke]);
  });

  it('refuses everybody else, the media page too', async () => {
    const answer = await at.invoke(at.fromMedia(), 'desk.snapshot', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(at.desk.handled).toEqual([]);
  });

  it('tells the window every event, and no window that is gone', () => {
    at.desk.change({ agent: at.desk.state.agent });
    expect(at.windows.main.webContents.sent).toEqual([
      [channels.event, 'agent.changed', at.desk.state.agent],
    ]);
    at.windows.main.destroy();
    at.desk.change({ agent: at.desk.state.agent });
    expect(at.windows.main.webContents.sent).toHaveLength(1);
  });
});

describe('the media page over IPC', () => {
  it('takes commands after it said that it is ready', async () => {
    expect(at.relay.port.present()).toBe(false);
    at.media(channels.mediaEvent, { type: 'ready' });
    const rung = at.relay.port.run('ring', { on: true });
    expect(at.windows.media.webContents.sent).toEqual([
      [channels.mediaCommand, 1, 'ring', { on: true }],
    ]);
    at.media(channels.mediaResult, 1, ok({}));
    expect(await rung).toEqual(ok({}));
  });

  it('fails what was under way when another page is ready', async () => {
    at.media(channels.mediaEvent, { type: 'ready' });
    const rung = at.relay.port.run('ring', { on: true });
    at.media(channels.mediaEvent, { type: 'ready' });
    expect(await rung).toMatchObject({ ok: false, error: { code: 'media-page-absent' } });
    expect(at.relay.port.present()).toBe(true);
  });

  it('listens to nobody else, and to nothing that is no event', () => {
    const heard: unknown[] = [];
    at.relay.port.listen((event) => heard.push(event));
    at.emit(channels.mediaEvent, at.fromMain(), { type: 'ready' });
    at.media(channels.mediaEvent, { type: 'explode' });
    at.media(channels.mediaResult, 'one', ok({}));
    expect(heard).toEqual([]);
    expect(at.relay.port.present()).toBe(false);
    expect(at.log.lines).toHaveLength(2);
  });
});
