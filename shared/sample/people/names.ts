import type { Random } from '../random.ts';
import type { City } from './places.ts';

export interface SampleName {
  /** As it stands on the card. */
  name: string;
  /** Latin letters for the e-mail address, such as `wang.lei`. */
  latin: string;
}

type Written = readonly [zh: string, latin: string];

/** `source` is `王wang 李li …`. */
function written(source: string): Written[] {
  return source.split(/\s+/).map((word) => {
    const latin = word.replace(/^[^a-z]+/, '');
    return [word.slice(0, word.length - latin.length), latin] as const;
  });
}

const surnames = written(
  '王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 邓deng 冯feng 曹cao 彭peng 曾zeng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu 于yu 杜du 叶ye 程cheng 魏wei 苏su 吕lv 丁ding 任ren 卢lu 姚yao 沈shen 钟zhong 姜jiang 崔cui 谭tan 陆lu 范fan 汪wang 廖liao 石shi 金jin 韦wei 贾jia 夏xia 付fu 方fang 邹zou 熊xiong 白bai 孟meng 秦qin 邱qiu 侯hou 江jiang 尹yin 薛xue 闫yan 段duan 雷lei 龙long 史shi 陶tao 贺he 毛mao 郝hao 顾gu 龚gong 邵shao 万wan 覃qin 武wu 钱qian 戴dai 严yan 欧阳ouyang 孔kong 向xiang 常chang 司马sima 诸葛zhuge',
);

const givenCharacters = written(
  '伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 军jun 洋yang 勇yong 艳yan 杰jie 娟juan 涛tao 明ming 超chao 霞xia 平ping 刚gang 桂gui 英ying 华hua 玉yu 兰lan 红hong 建jian 国guo 志zhi 海hai 云yun 春chun 雪xue 梅mei 琳lin 欣xin 雨yu 晨chen 浩hao 宇yu 轩xuan 梓zi 涵han 思si 佳jia 怡yi 婷ting 慧hui 晓xiao 东dong 文wen 博bo 俊jun 凯kai 鹏peng 飞fei 龙long 辉hui 峰feng 斌bin 波bo 林lin 燕yan 萍ping 玲ling 莉li 倩qian 颖ying 瑶yao 诗shi 嘉jia 睿rui 泽ze 铭ming 安an 宁ning 乐le 悦yue 清qing 源yuan',
);

const firstNames =
  'Oliver George Arthur Harry Edward Charlotte Amelia Emily Sophie Alice Thomas James Henry Daniel Peter Laura Emma Hannah Grace Lucy Lukas Felix Jonas Maximilian Stefan Katharina Johanna Greta Lena Ingrid Matthias Andreas Ulrike Birgit Jürgen Walter Pierre Claire Marta Sven Ruth Margaret Neil Fiona Ian Robert Susan Karen Michael Deborah'.split(
    ' ',
  );

const lastNames =
  'Ashworth Barlow Calder Dawson Ellery Fairfax Granger Hadley Ingham Kendall Langley Marlow Norwood Osborne Prescott Quigley Radcliffe Sutton Thornton Underhill Vickers Whitaker Yardley Ackermann Bergmann Dietrich Eberhardt Fassbender Grünwald Hoffmeister Ilgner Jansen Kirchner Lindner Möller Neubauer Oberländer Pfeiffer Quandt Reinhardt Schönfeld Tiedemann Uhlmann Voigt Weidner Zöllner Moreau Lindqvist Novak Hill'.split(
    ' ',
  );

const firmWords = written(
  '晟禾shenghe 锦屿jinyu 博朗森bolangsen 恒泽源hengzeyuan 嘉木堂jiamutang 云栖谷yunqigu 宏图远hongtuyuan 鼎沐dingmu 瑞和轩ruihexuan 新禾里xinheli 启明舟qimingzhou 万象庭wanxiangting 海岚hailan 卓越峰zhuoyuefeng 润泽堂runzetang 天屿tianyu 凯丰源kaifengyuan 华庭居huatingju 立信禾lixinhe 众安里zhonganli',
);

const firmTrades: readonly (readonly [zh: string, en: string])[] = [
  ['物业管理', 'Property Management'],
  ['酒店管理', 'Hotels'],
  ['餐饮管理', 'Catering'],
  ['装饰工程', 'Interiors'],
  ['科技', 'Technology'],
  ['教育咨询', 'Education'],
  ['医疗器械', 'Medical'],
  ['健身服务', 'Fitness'],
  ['置业', 'Real Estate'],
  ['暖通工程', 'Heating Engineering'],
];

const westernFirmForms = ['Ltd', 'GmbH', '(China) Co., Ltd', 'Group'];
const marks: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

function latinOf(text: string): string {
  return text.toLowerCase().replace(/[äöüß]/g, (letter) => marks[letter] ?? '');
}

/** `surname` is given for members of one household. */
export function chinesePerson(random: Random, surname?: readonly [string, string]): SampleName {
  const [family, familyLatin] = surname ?? chineseSurname(random);
  const [first, firstLatin] = random.pick(givenCharacters);
  if (random.chance(0.22)) return { name: family + first, latin: `${familyLatin}.${firstLatin}` };
  const [second, secondLatin] = random.pick(givenCharacters);
  return { name: family + first + second, latin: `${familyLatin}.${firstLatin}${secondLatin}` };
}

/** The first surnames are far more frequent than the last, as in life. */
export function chineseSurname(random: Random): readonly [string, string] {
  const reach = random.chance(0.55) ? 20 : surnames.length;
  return surnames[random.int(0, reach - 1)] ?? ['王', 'wang'];
}

export function westernPerson(random: Random, family?: string): SampleName {
  const first = random.pick(firstNames);
  const last = family ?? westernSurname(random);
  return { name: `${first} ${last}`, latin: latinOf(`${first}.${last}`) };
}

export function westernSurname(random: Random): string {
  return random.pick(lastNames);
}

export function chineseFirm(place: City, random: Random): SampleName {
  const [word, latin] = random.pick(firmWords);
  const [trade] = random.pick(firmTrades);
  const town = place.zh.slice(0, -1);
  const form = random.chance(0.15) ? '分公司' : '';
  return { name: `${town}${word}${trade}有限公司${form}`, latin };
}

export function westernFirm(random: Random): SampleName {
  const first = random.pick(lastNames);
  const second = random.pick(lastNames);
  const [, trade] = random.pick(firmTrades);
  const name = random.chance(0.5)
    ? `${first} & ${second} ${random.pick(westernFirmForms)}`
    : `${first} ${trade} ${random.pick(westernFirmForms)}`;
  return { name, latin: latinOf(first) };
}
