import { accessSync, constants } from 'node:fs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser for tests: `SWITCHBOARD_CHROMIUM`, else the first of the usual places; null if there is none. */
export function findChromium(): string | null {
  const named = process.env.SWITCHBOARD_CHROMIUM;
  return [...(named ? [named] : []), ...usualPlaces].find(isExecutable) ?? null;
}

/**
 * What a browser for people does beside showing a page. The popups of the address bar alone cost each window most of a
 * second of computing. What Playwright turns off stands here too: of two lists of this kind the last one counts.
 */
const turnedOff = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxAimPopup', 'OmniboxEverywhere'],
  ...['AimEnabled', 'LensOverlay', 'MediaRouter', 'OptimizationHints', 'PreconnectToSearch'],
  ...['NetworkTimeServiceQuerying', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable'],
  ...['DestroyProfileOnBrowserClose', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'PaintHolding'],
  ...['ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect'],
  // A second process for each page that is opened, in case that it goes elsewhere.
  'SpareRendererForSitePerProcess',
];

/**
 * Quiet, without network of its own, able to run as root, with a microphone that beeps and media over loopback.
 * The permission for the microphone is still asked for: tests grant or deny it.
 */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  `--disable-features=${turnedOff.join(',')}`,
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
