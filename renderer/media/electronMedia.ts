import type { MediaLink } from '#shared/contract/bridge.ts';
import { startMediaPage } from './mediaPage.ts';

declare global {
  interface Window {
    /** Given by the preload of Electron's hidden media window. */
    switchboardMedia?: MediaLink;
  }
}

if (window.switchboardMedia) startMediaPage(window.switchboardMedia);
