import { describe, expect, it, test } from 'vitest';
import { divisions } from './divisionList.ts';
import { createDivisionIndex } from './divisionSearch.ts';
import { divisionText } from './divisionText.ts';

const index = createDivisionIndex(divisions);
const first = (typed: string) => index.search(typed, 1)[0]?.path.join(' ');

test.each([
  ['杭州', '浙江省 杭州市'],
  ['杭州西湖', '浙江省 杭州市 西湖区'],
  ['浙江省杭州市西湖区', '浙江省 杭州市 西湖区'],
  ['hz xh', '浙江省 杭州市 西湖区'],
  ['hzxh', '浙江省 杭州市 西湖区'],
  ['zjhzxh', '浙江省 杭州市 西湖区'],
  ['cq', '重庆市'],
  ['海珠', '广东省 广州市 海珠区'],
  ['gzhz', '广东省 广州市 海珠区'],
  ['北京 朝阳', '北京市 朝阳区'],
  ['pudong', undefined],
  ['浦东', '上海市 浦东新区'],
  ['厦门', '福建省 厦门市'],
  ['台湾', '台湾省'],
  ['xg', '香港特别行政区'],
  ['Berlin', undefined],
  ['', undefined],
])('%j finds %s', (typed, path) => expect(first(typed)).toBe(path));

describe('all of the country', () => {
  it('knows every province, and a division for each name it offers', () => {
    expect(divisions).toHaveLength(34);
    for (const { name } of divisions) expect(first(name)).toBe(name);
  });

  it('finds what an address begins with, as exact as it is written', () => {
    expect(index.startOf('广东省广州市海珠区 滨江东路118号')?.path).toEqual([
      '广东省',
      '广州市',
      '海珠区',
    ]);
    expect(index.startOf('广东省 广州市 某某路')?.path).toEqual(['广东省', '广州市']);
    expect(index.startOf('Lindenufer 14, 13597 Berlin')).toBeNull();
    expect(divisionText({ path: ['上海市', '徐汇区'] })).toBe('上海市徐汇区 ');
  });
});
