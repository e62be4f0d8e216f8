import { expect, test } from 'vitest';
import { soundsOf } from './pinyinWords.ts';

test.each([
  ['张伟', [{ full: 'zhangwei', initials: 'zw' }]],
  ['曾志伟', [{ full: 'zengzhiwei', initials: 'zzw' }]],
  ['单雄信', [{ full: 'shanxiongxin', initials: 'sxx' }]],
  ['吕布', [{ full: 'lvbu', initials: 'lb' }]],
  ['欧阳娜娜', [{ full: 'ouyangnana', initials: 'oynn' }]],
  ['重庆火锅', [{ full: 'chongqinghuoguo', initials: 'cqhg' }]],
  [
    '王小姐 (李)',
    [
      { full: 'wangxiaojie', initials: 'wxj' },
      { full: 'li', initials: 'l' },
    ],
  ],
  ['Anna Keller', []],
  ['', []],
])('%s', (name, sounds) => expect(soundsOf(name)).toEqual(sounds));
