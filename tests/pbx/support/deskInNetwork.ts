import process from 'node:process';
import {
  bundleMediaPage,
  launchMediaBrowser,
  MediaPageInBrowser,
} from '#tests/support/mediaPage.ts';
import { TestPhone } from '#tests/support/testPhone.ts';
import type { DeskCommand, DeskNews } from './distantDesk.ts';

/** A desk as a process of its own, which sees only the network that it was started in. */
const statsEveryMs = 200;
const browser = await launchMediaBrowser();
const media = await MediaPageInBrowser.open(browser, await bundleMediaPage());
const { phone } = new TestPhone(media.port);

function tell(news: DeskNews): void {
  process.send?.(news);
}

async function obey(command: DeskCommand): Promise<void> {
  switch (command.do) {
    case 'start':
      phone.start(command.account);
      return;
    case 'answer':
      await phone.answer(command.leg);
      return;
    case 'hangUp':
      await phone.hangUp(command.leg);
      return;
    case 'stop':
      await phone.stop();
      await browser.close();
      process.exit(0);
  }
}

async function tellStats(): Promise<void> {
  const session = media.sessions.at(-1);
  if (session === undefined) return;
  const stats = await media.port.run('stats', { session });
  tell({ type: 'stats', stats: stats.ok ? stats.value : null });
}

phone.listen((event) => tell({ type: 'phone', event }));
process.on('message', (command: DeskCommand) => void obey(command));
process.on('disconnect', () => void browser.close().finally(() => process.exit(0)));
setInterval(() => void tellStats(), statsEveryMs);
tell({ type: 'ready' });
