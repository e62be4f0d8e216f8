import { startMediaPage } from '#renderer/media/mediaPage.ts';
import type { MediaLink } from '#shared/contract/bridge.ts';
import type { MediaEvent } from '#shared/contract/media.ts';

/** What the test's browser gives this page, and what this page gives the test. */
declare global {
  interface Window {
    reportMedia(event: MediaEvent): void;
    runMedia: Parameters<MediaLink['handle']>[0];
  }
}

startMediaPage({
  handle: (handler) => {
    window.runMedia = handler;
  },
  report: (event) => window.reportMedia(event),
});
