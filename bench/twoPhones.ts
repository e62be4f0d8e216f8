import type { Browser } from 'playwright-core';
import {
  bundleMediaPage,
  launchMediaBrowser,
  MediaPageInBrowser,
} from '#tests/support/mediaPage.ts';
import { TestPhone } from '#tests/support/testPhone.ts';
import { extensions, type PhonePbx } from './phonePbx.ts';
import { PlainPhone } from './plainPhone.ts';

export interface TwoPhones {
  phone: TestPhone;
  alone: PlainPhone;
  close(): Promise<void>;
}

/** Our phone and sip.js alone, registered at this PBX, on one media page. */
export async function openTwoPhones(pbx: PhonePbx): Promise<TwoPhones> {
  const browser: Browser = await launchMediaBrowser();
  const media = await MediaPageInBrowser.open(browser, await bundleMediaPage());
  const phone = new TestPhone(media.port);
  phone.phone.start(pbx.account(extensions.ours));
  await phone.registered();
  const alone = await PlainPhone.registered(pbx.account(extensions.plain), media.port);
  if (pbx.hasQueues) {
    await phone.phone.setAvailability({ ready: true });
    await alone.tellReady();
  }
  return {
    phone,
    alone,
    close: async () => {
      await phone.phone.stop();
      await alone.stop();
      await browser.close();
    },
  };
}
