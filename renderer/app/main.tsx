import '../ui/styles.ts';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '#shared/contract/bridge.ts';
import { languageOfSystem, startTexts } from '../i18n/i18n.ts';
import { feedDesk } from '../store/desk.ts';
import { App } from './App.tsx';
import { openBrowserDesk } from './browserBridge.ts';
import { fetchFormsAhead } from './formsAhead.ts';

declare global {
  interface Window {
    /** Given by Electron's preload; absent in the browser shell. */
    switchboard?: Bridge;
  }
}

/** In the browser shell the tab is the media page too; its code is loaded beside the window's. */
function browserBridge(): Bridge {
  const { bridge, media } = openBrowserDesk(`${location.origin.replace(/^http/u, 'ws')}/desk`);
  void import('../media/mediaPage.ts').then(({ startMediaPage }) => startMediaPage(media));
  return bridge;
}

const root = document.getElementById('root');
if (root) {
  const bridge = window.switchboard ?? browserBridge();
  startTexts(languageOfSystem());
  feedDesk(bridge);
  createRoot(root).render(<App bridge={bridge} />);
  fetchFormsAhead();
}
