import type { MessageBoxOptions } from 'electron';
import { expect, it } from 'vitest';
import { keptLog } from '#tests/support/deskDouble.ts';
import { EmitterDouble } from '#tests/support/electronDouble.ts';
import { textsOf } from '../texts.ts';
import { watchDownloads } from './downloads.ts';

class ItemDouble extends EmitterDouble {
  getSavePath = () => '/somewhere/customers.csv';
  getFilename = () => 'customers.csv';
  getReceivedBytes = () => 12;
}

it.each([
  ['completed', 0],
  ['cancelled', 0],
  ['interrupted', 1],
])('a download that is %s shows %i boxes', (state, boxes) => {
  const session = new EmitterDouble();
  const shown: MessageBoxOptions[] = [];
  const log = keptLog();
  watchDownloads({
    session,
    dialog: {
      showMessageBox: async (...given: unknown[]) => {
        shown.push(given[0] as MessageBoxOptions);
        return { response: 0, checkboxChecked: false };
      },
    },
    log,
    texts: () => textsOf('en').download,
  });
  const item = new ItemDouble();
  session.emit('will-download', {}, item);
  item.emit('done', {}, state);
  expect(shown).toHaveLength(boxes);
  expect(log.lines).toHaveLength(boxes);
  for (const { message, detail } of shown) {
    expect(message).toBe('customers.csv could not be saved');
    expect(detail).toContain('disk');
  }
});
