import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { MediaLink } from '#shared/contract/bridge.ts';
import { channels } from '#shared/contract/channels.ts';

type MediaHandler = Parameters<MediaLink['handle']>[0];
type Command = Parameters<MediaHandler>;

/** All that the hidden media page gets: commands come in, their results and its reports go out. */
const link: MediaLink = {
  handle(handler) {
    ipcRenderer.removeAllListeners(channels.mediaCommand);
    ipcRenderer.on(
      channels.mediaCommand,
      (_event: IpcRendererEvent, id: number, ...command: Command) => {
        void handler(...command).then((result) =>
          ipcRenderer.send(channels.mediaResult, id, result),
        );
      },
    );
  },
  report: (event) => ipcRenderer.send(channels.mediaEvent, event),
};

contextBridge.exposeInMainWorld('switchboardMedia', link);
