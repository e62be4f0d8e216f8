import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { parseNumber } from './parse.ts';
import { AREA_CODES_CN } from './places/areasCn.ts';
import { AREAS_DE } from './places/areasDe.ts';
import { AREAS_GB } from './places/areasGb.ts';
import { AREAS_CA, AREAS_US } from './places/areasUs.ts';
import { OPERATORS_CN } from './places/mobileCn.ts';
import { regionOf } from './region.ts';
import type { HomeCountry } from './types.ts';

const home: HomeCountry = { country: 'CN', areaCode: '10' };

describe('regionOf', () => {
  it.each([
    ['010-62345678', '北京', 'Beijing'],
    ['62345678', '北京', 'Beijing'],
    ['021-62345678', '上海', 'Shanghai'],
    ['0755-83765566', '广东深圳', 'Shenzhen, Guangdong'],
    ['0773-2823456', '广西桂林', 'Guilin, Guangxi'],
    ['0731-82345678', '湖南长沙、株洲、湘潭', 'Changsha/Zhuzhou/Xiangtan, Hunan'],
    ['0991-2823456', '新疆乌鲁木齐', 'Ürümqi, Xinjiang'],
    ['0898-66234567', '海南', 'Hainan'],
    ['0432-62345678', '吉林吉林市', 'Jilin City, Jilin'],
    ['0475-8234567', '内蒙古通辽', 'Tongliao, Inner Mongolia'],
    ['13800138000', '手机（中国移动）', 'Mobile (China Mobile)'],
    ['18612345678', '手机（中国联通）', 'Mobile (China Unicom)'],
    ['13312345678', '手机（中国电信）', 'Mobile (China Telecom)'],
    ['19212345678', '手机（中国广电）', 'Mobile (China Broadnet)'],
    ['13491234567', '手机（中国电信卫星）', 'Mobile (China Telecom Satellite)'],
    ['17012345678', '手机（中国电信网虚拟运营商）', 'Mobile (virtual operator on China Telecom)'],
    ['15412345678', '中国手机', 'Mobile, China'],
    ['400-812-3456', '中国', 'China'],
    ['+49 30 1234567', '德国柏林', 'Berlin, Germany'],
    ['+49 6221 123456', '德国海德堡', 'Heidelberg, Germany'],
    ['+49 171 1234567', '德国', 'Germany'],
    ['+44 20 7946 0018', '英国伦敦', 'London, United Kingdom'],
    ['+44 1223 123456', '英国剑桥', 'Cambridge, United Kingdom'],
    ['+44 7700 900123', '英国', 'United Kingdom'],
    ['+1 212 555 0123', '美国纽约州', 'New York, United States'],
    ['+1 415 555 0123', '美国加利福尼亚州', 'California, United States'],
    ['+1 416 555 0123', '加拿大安大略省', 'Ontario, Canada'],
    ['+1 800 356 9377', '美国', 'United States'],
    ['+852 6123 4567', '中国香港', 'Hong Kong'],
    ['+853 6612 3456', '中国澳门', 'Macau'],
    ['+886 2 2345 6789', '中国台湾', 'Taiwan'],
    ['+81 3 1234 5678', '日本', 'Japan'],
    ['+800 1234 5678', undefined, undefined],
    ['95588', undefined, undefined],
    ['2041', undefined, undefined],
    ['anonymous', undefined, undefined],
    ['9013800138000', undefined, undefined],
  ])('%s', (written, zh, en) => {
    const parsed = parseNumber(written, home);
    expect(regionOf(parsed, 'zh-CN')).toBe(zh);
    expect(regionOf(parsed, 'en')).toBe(en);
  });
});

describe('tables of places', () => {
  const codesOf = (rows: readonly (readonly [string, string, string])[]) =>
    rows.flatMap(([, , codes]) => codes.split(' '));
  const townCodes = (table: string) => table.split('|').map((entry) => entry.split(' ')[0]);

  it.each([
    ['operators', codesOf(OPERATORS_CN)],
    ['states and provinces', [...codesOf(AREAS_US), ...codesOf(AREAS_CA)]],
    ['German towns', townCodes(AREAS_DE)],
    ['British towns', townCodes(AREAS_GB)],
  ])('name every code of %s once', (_, codes) => {
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it('have three words in every row of a town', () => {
    for (const row of [...AREAS_DE.split('|'), ...AREAS_GB.split('|')]) {
      expect(row.split(' '), row).toHaveLength(3);
    }
  });

  it('put North American codes into the country that the numbering plan knows', () => {
    const strangers = [
      ...codesOf(AREAS_US).map((code) => [code, 'US']),
      ...codesOf(AREAS_CA).map((code) => [code, 'CA']),
    ].filter(([code, country]) => {
      const number = parsePhoneNumberFromString(`+1${code}5550123`);
      return number?.country !== undefined && number.country !== country;
    });
    expect(strangers).toEqual([]);
  });

  it('know about every Chinese area code that the numbering plan knows', () => {
    // 978 is allotted to no place, 950 to services.
    const missing: string[] = [];
    for (let code = 300; code < 1000; code += 1) {
      const area = String(code);
      const known = ['2234567', '82345678', '22345678', '6234567'].some(
        (local) => parsePhoneNumberFromString(`+86${area}${local}`)?.getType() === 'FIXED_LINE',
      );
      if (area !== '978' && known && !AREA_CODES_CN.has(area)) missing.push(area);
    }
    expect(missing).toEqual([]);
  });
});
