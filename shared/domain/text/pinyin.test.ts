import { expect, it } from 'vitest';
import { initialsOf } from './pinyin.ts';

it.each([
  ['徐静', 'xj'],
  ['陈浩', 'ch'],
  ['林悦', 'ly'],
  ['赵明', 'zm'],
  ['刘芳', 'lf'],
  ['孙涛', 'st'],
  ['何欣', 'hx'],
  ['高岚', 'gl'],
  ['吴敏', 'wm'],
  ['欧阳娜娜', 'oynn'],
  ['曾志伟', 'zzw'],
  ['单雄信', 'sxx'],
  ['安然', 'ar'],
  ['八七他丫', 'bqty'],
  ['西夕鸡', 'xxj'],
  ['Anna Keller', 'ak'],
  ['系统管理员 Admin', 'xtglya'],
  ['售后服务', 'shfw'],
  ['', ''],
  ['…', ''],
])('%s → %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
