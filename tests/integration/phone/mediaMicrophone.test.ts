import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MediaEvent } from '#shared/contract/media.ts';
import {
  bundleMediaPage,
  launchMediaBrowser,
  MediaPageInBrowser,
} from '#tests/support/mediaPage.ts';

type State = Extract<MediaEvent, { type: 'microphone' }>['state'];

let browser: Browser;
let script: string;
let media: MediaPageInBrowser;
let told: State[];

beforeAll(async () => {
  script = await bundleMediaPage();
  browser = await launchMediaBrowser();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  media = await MediaPageInBrowser.open(browser, script);
  told = [];
  media.port.listen((event) => {
    if (event.type === 'microphone') told.push(event.state);
  });
});

afterEach(() => media.close());

/** Resolves once the newest word about the microphone is this one. */
function saysAtLast(state: State): Promise<void> {
  return new Promise((resolve) => {
    const stop = media.port.listen(() => {
      if (told.at(-1) !== state) return;
      stop();
      resolve();
    });
    if (told.at(-1) === state) {
      stop();
      resolve();
    }
  });
}

/** Turns of the page at which the permission is taken away, so that every order of events is met. */
const turns = [0, 0, 1, 3];

describe('the permission of the microphone', () => {
  it.each(turns)(
    'is taken away while the microphone is being opened, %#: turn %i',
    async (turn) => {
      const prepared = media.port.run('prepare', {});
      for (let passed = 0; passed < turn; passed += 1) await media.page.evaluate(() => undefined);
      await media.setMicrophone('denied');
      await saysAtLast('denied');
      await prepared;
      expect(await media.port.run('prepare', {})).toMatchObject({
        ok: false,
        error: { code: 'microphone-denied' },
      });
      expect(told.at(-1)).toBe('denied');
      await media.setMicrophone('granted');
      await saysAtLast('ok');
    },
  );
});
