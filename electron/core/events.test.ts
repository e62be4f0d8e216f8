import { expect, it } from 'vitest';
import { keptLog } from '#tests/support/deskDouble.ts';
import { createEventHub } from './events.ts';

it('is heard by all, also where one of them fails', () => {
  const log = keptLog();
  const events = createEventHub(log);
  const heard: string[] = [];
  events.listen(() => {
    throw new Error('scripted');
  });
  const stop = events.listen((name) => void heard.push(name));
  events.emit('window.moved', {});
  stop();
  events.emit('window.moved', {});
  expect(heard).toEqual(['window.moved']);
  expect(log.lines).toHaveLength(2);
});
