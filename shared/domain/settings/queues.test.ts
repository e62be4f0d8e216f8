import { describe, expect, test } from 'vitest';
import { defaultConfiguration } from '../../sample/configuration.ts';
import type { Queue } from '../configuration.ts';
import { settingProblem, settledValue } from './parts.ts';
import { offeredQueues, queuesOfThePast, withFormerQueues } from './queues.ts';

const queue = (id: string, changes: Partial<Queue> = {}): Queue => ({
  ...{ id, name: { en: id, 'zh-CN': id }, afterCallMs: 60_000, autoAnswer: false },
  ...changes,
});
const sales = queue('sales');
const old = queue('old', { retired: true });
const withQueues = (queues: Queue[]) => ({ ...defaultConfiguration, queues });
const problemOf = (queues: Queue[], before: Queue[] = []) => {
  const problem = settingProblem('configuration', withQueues(queues), withQueues(before));
  return problem && `${problem.path} ${problem.message}`;
};

describe('queues', () => {
  test.each<[string, Queue[], string | null]>([
    ['as they should be', [sales, queue('600'), queue('vip_cn-2.east')], null],
    ['none at all', [], null],
    ['all retired', [old], null],
    ['without id', [sales, { ...sales, id: '' }], 'queues.1.id missing'],
    ['with a blank in the id', [queue('after sales')], 'queues.0.id form'],
    ['with an id that no PBX can be asked for', [queue('售后')], 'queues.0.id form'],
    ['with the sign for all others', [queue('*')], 'queues.0.id form'],
    ['with an id too long to dial', [queue('a'.repeat(41))], 'queues.0.id form'],
    ['with one id twice', [sales, queue('sales')], 'queues.0.id twice'],
    ['with one id in two cases', [sales, queue('Sales')], 'queues.0.id twice'],
    ['with the id of a retired one', [old, queue('old')], 'queues.0.id twice'],
    [
      'without an English name',
      [queue('vip', { name: { en: '', 'zh-CN': '贵宾' } })],
      'queues.0.name.en missing',
    ],
    [
      'with blanks for a Chinese name',
      [queue('vip', { name: { en: 'VIP', 'zh-CN': ' ' } })],
      'queues.0.name.zh-CN missing',
    ],
    [
      'with a name that no screen shows',
      [queue('vip', { name: { en: 'V'.repeat(101), 'zh-CN': '贵宾' } })],
      'queues.0.name.en long',
    ],
    ['with five seconds', [queue('vip', { afterCallMs: 5_000 })], null],
    ['with less', [queue('vip', { afterCallMs: 4_999 })], 'queues.0.afterCallMs range'],
    ['with an hour', [queue('vip', { afterCallMs: 3_600_000 })], null],
    ['with more', [queue('vip', { afterCallMs: 3_600_001 })], 'queues.0.afterCallMs range'],
  ])('%s', (_what, queues, problem) => {
    expect(problemOf(queues)).toBe(problem);
  });

  test('that an older version let stand are not held against a change elsewhere', () => {
    const odd = queue('Old queue', { name: { en: 'Old', 'zh-CN': '' }, afterCallMs: 1 });
    expect(problemOf([odd])).not.toBeNull();
    expect(problemOf([sales, odd], [odd])).toBeNull();
    expect(problemOf([queue('new queue'), odd], [odd])).toBe('queues.0.id form');
  });
});

test('are offered while they are in use, and a retired one only where it is chosen already', () => {
  expect(offeredQueues([old, sales])).toEqual([sales]);
  expect(offeredQueues([old, sales], ['old'])).toEqual([old, sales]);
  expect(queuesOfThePast([old, sales])).toEqual([sales, old]);
});

describe('what follows a configuration', () => {
  test('keeps queues that are left out, retired', () => {
    expect(withFormerQueues([sales], [old, queue('vip')])).toEqual([
      sales,
      old,
      queue('vip', { retired: true }),
    ]);
    expect(withFormerQueues([old, sales], [sales])).toEqual([old, sales]);
  });

  test('has the old id retired beside the new one', () => {
    const next = settledValue('configuration', withQueues([queue('vips')]), withQueues([sales]));
    expect(next.queues).toEqual([queue('vips'), { ...sales, retired: true }]);
  });

  test('is as it was given where nothing is left out, of other parts always', () => {
    const next = { ...withQueues([sales]), later: 1 };
    expect(settledValue('configuration', next, withQueues([sales]))).toBe(next);
    expect(settledValue('configuration', next, undefined)).toBe(next);
    expect(settledValue('teams', next, withQueues([old]))).toBe(next);
  });

  test('is refused where the past has no room', () => {
    const many = Array.from({ length: 500 }, (_, at) => queue(`q${at}`));
    const settled = settledValue('configuration', withQueues(many), withQueues([sales]));
    expect(settingProblem('configuration', settled)?.path).toBe('queues');
  });
});
