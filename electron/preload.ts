import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Bridge } from '#shared/contract/bridge.ts';
import { channels } from '#shared/contract/channels.ts';

/**
 * All that the window gets of the desk: the contract over two channels. It checks nothing; the main
 * process checks who asks and what.
 */
const bridge: Bridge = {
  shell: 'electron',
  invoke: (name, input) => ipcRenderer.invoke(channels.invoke, name, input),
  listen(listener) {
    const heard = (_event: IpcRendererEvent, ...told: Parameters<typeof listener>) =>
      listener(...told);
    ipcRenderer.on(channels.event, heard);
    // In braces: what is returned here is given to the page, and `off` returns Electron's own object.
    return () => {
      ipcRenderer.off(channels.event, heard);
    };
  },
  /** Never tells anything: the desk lives in the process that owns this window. */
  onConnection: () => () => {},
};

contextBridge.exposeInMainWorld('switchboard', bridge);
