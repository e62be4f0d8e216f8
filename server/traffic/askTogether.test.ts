import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { askTogether } from './askTogether.ts';

/** Questions as they are asked, each answered when it is told to. */
function questions() {
  const asked: { keys: string[]; answer: () => void; fail: () => void }[] = [];
  const ask = (keys: string[]) =>
    new Promise<Map<string, string>>((resolve, reject) => {
      const found = keys
        .filter((key) => key !== 'nobody')
        .map((key) => [key, `of ${key}`] as const);
      asked.push({
        keys,
        answer: () => resolve(new Map(found)),
        fail: () => reject(new Error('no answer')),
      });
    });
  return { asked, find: askTogether(ask) };
}

it('asks for what comes in one turn of the event loop together, and for each key once', async () => {
  const { asked, find } = questions();
  const found = ['anna', 'nobody', 'anna', 'bob'].map(find);
  await setImmediate();
  expect(asked.map(({ keys }) => keys)).toEqual([['anna', 'nobody', 'bob']]);
  asked[0]?.answer();
  expect(await Promise.all(found)).toEqual(['of anna', null, 'of anna', 'of bob']);
});

it('asks two questions at a time, and for all together that came meanwhile', async () => {
  const { asked, find } = questions();
  const first = find('anna');
  await setImmediate();
  const second = find('bob');
  await setImmediate();
  const third = find('anna');
  await setImmediate();
  const fourth = find('carl');
  await setImmediate();
  expect(asked.map(({ keys }) => keys)).toEqual([['anna'], ['bob']]);
  asked[1]?.answer();
  expect(await second).toBe('of bob');
  expect(asked.map(({ keys }) => keys)).toEqual([['anna'], ['bob'], ['anna', 'carl']]);
  asked[2]?.answer();
  expect(await Promise.all([third, fourth])).toEqual(['of anna', 'of carl']);
  asked[0]?.answer();
  expect(await first).toBe('of anna');
});

it('fails for those alone whose question failed', async () => {
  const { asked, find } = questions();
  const failed = expect(find('anna')).rejects.toThrow('no answer');
  await setImmediate();
  const found = find('bob');
  await setImmediate();
  asked[0]?.fail();
  await failed;
  asked[1]?.answer();
  expect(await found).toBe('of bob');
});
