import type { Language } from '../../domain/text/text.ts';
import type { Random } from '../random.ts';

export interface City {
  zh: string;
  en: string;
  /** Province, empty for the four municipalities. */
  province: string;
  provinceEn: string;
  /** With trunk 0; every city here has eight-digit numbers. */
  areaCode: string;
  districts: readonly (readonly [zh: string, en: string])[];
}

/** `district` in the source below is `中文 Pinyin`, several separated by commas. */
function city(zh: string, en: string, province: string, areaCode: string, districts: string): City {
  const [provinceZh = '', provinceEn = ''] = province.split(' ');
  return {
    zh,
    en,
    province: provinceZh,
    provinceEn,
    areaCode,
    districts: districts.split(',').map((district) => {
      const [name = '', latin = ''] = district.trim().split(' ');
      return [name, latin] as const;
    }),
  };
}

export const cities: readonly City[] = [
  city(
    '上海市',
    'Shanghai',
    '',
    '021',
    '徐汇区 Xuhui,静安区 Jing’an,浦东新区 Pudong,长宁区 Changning,杨浦区 Yangpu,闵行区 Minhang,宝山区 Baoshan,松江区 Songjiang',
  ),
  city(
    '北京市',
    'Beijing',
    '',
    '010',
    '朝阳区 Chaoyang,海淀区 Haidian,东城区 Dongcheng,西城区 Xicheng,丰台区 Fengtai,通州区 Tongzhou',
  ),
  city('天津市', 'Tianjin', '', '022', '和平区 Heping,南开区 Nankai,河西区 Hexi,滨海新区 Binhai'),
  city(
    '重庆市',
    'Chongqing',
    '',
    '023',
    '渝中区 Yuzhong,江北区 Jiangbei,沙坪坝区 Shapingba,渝北区 Yubei',
  ),
  city(
    '广州市',
    'Guangzhou',
    '广东省 Guangdong',
    '020',
    '天河区 Tianhe,越秀区 Yuexiu,海珠区 Haizhu,番禺区 Panyu',
  ),
  city(
    '深圳市',
    'Shenzhen',
    '广东省 Guangdong',
    '0755',
    '南山区 Nanshan,福田区 Futian,罗湖区 Luohu,宝安区 Bao’an',
  ),
  city(
    '佛山市',
    'Foshan',
    '广东省 Guangdong',
    '0757',
    '禅城区 Chancheng,南海区 Nanhai,顺德区 Shunde',
  ),
  city(
    '南京市',
    'Nanjing',
    '江苏省 Jiangsu',
    '025',
    '鼓楼区 Gulou,玄武区 Xuanwu,建邺区 Jianye,江宁区 Jiangning',
  ),
  city(
    '苏州市',
    'Suzhou',
    '江苏省 Jiangsu',
    '0512',
    '姑苏区 Gusu,虎丘区 Huqiu,吴中区 Wuzhong,昆山市 Kunshan',
  ),
  city('无锡市', 'Wuxi', '江苏省 Jiangsu', '0510', '梁溪区 Liangxi,滨湖区 Binhu,惠山区 Huishan'),
  city(
    '杭州市',
    'Hangzhou',
    '浙江省 Zhejiang',
    '0571',
    '西湖区 Xihu,拱墅区 Gongshu,滨江区 Binjiang,余杭区 Yuhang',
  ),
  city(
    '宁波市',
    'Ningbo',
    '浙江省 Zhejiang',
    '0574',
    '海曙区 Haishu,鄞州区 Yinzhou,江北区 Jiangbei',
  ),
  city(
    '武汉市',
    'Wuhan',
    '湖北省 Hubei',
    '027',
    '武昌区 Wuchang,江汉区 Jianghan,洪山区 Hongshan,汉阳区 Hanyang',
  ),
  city(
    '成都市',
    'Chengdu',
    '四川省 Sichuan',
    '028',
    '锦江区 Jinjiang,武侯区 Wuhou,青羊区 Qingyang,双流区 Shuangliu',
  ),
  city(
    '西安市',
    'Xi’an',
    '陕西省 Shaanxi',
    '029',
    '雁塔区 Yanta,碑林区 Beilin,未央区 Weiyang,长安区 Chang’an',
  ),
  city('沈阳市', 'Shenyang', '辽宁省 Liaoning', '024', '沈河区 Shenhe,和平区 Heping,铁西区 Tiexi'),
  city(
    '大连市',
    'Dalian',
    '辽宁省 Liaoning',
    '0411',
    '中山区 Zhongshan,西岗区 Xigang,沙河口区 Shahekou',
  ),
  city(
    '青岛市',
    'Qingdao',
    '山东省 Shandong',
    '0532',
    '市南区 Shinan,崂山区 Laoshan,黄岛区 Huangdao',
  ),
  city('济南市', 'Jinan', '山东省 Shandong', '0531', '历下区 Lixia,市中区 Shizhong,历城区 Licheng'),
  city('长沙市', 'Changsha', '湖南省 Hunan', '0731', '岳麓区 Yuelu,芙蓉区 Furong,雨花区 Yuhua'),
  city('福州市', 'Fuzhou', '福建省 Fujian', '0591', '鼓楼区 Gulou,台江区 Taijiang,晋安区 Jin’an'),
  city(
    '郑州市',
    'Zhengzhou',
    '河南省 Henan',
    '0371',
    '金水区 Jinshui,二七区 Erqi,中原区 Zhongyuan',
  ),
  city(
    '石家庄市',
    'Shijiazhuang',
    '河北省 Hebei',
    '0311',
    '长安区 Chang’an,桥西区 Qiaoxi,裕华区 Yuhua',
  ),
  city(
    '哈尔滨市',
    'Harbin',
    '黑龙江省 Heilongjiang',
    '0451',
    '南岗区 Nangang,道里区 Daoli,香坊区 Xiangfang',
  ),
];

const shanghai = cities[0];

/** A third of the customers live in Shanghai, where the firm is at home. */
export function pickCity(random: Random): City {
  return shanghai && random.chance(0.3) ? shanghai : random.pick(cities);
}

const roads: readonly (readonly [zh: string, en: string])[] = [
  ['人民路', 'Renmin Road'],
  ['中山路', 'Zhongshan Road'],
  ['解放路', 'Jiefang Road'],
  ['建设路', 'Jianshe Road'],
  ['和平路', 'Heping Road'],
  ['新华路', 'Xinhua Road'],
  ['文化路', 'Wenhua Road'],
  ['长江路', 'Changjiang Road'],
  ['黄河路', 'Huanghe Road'],
  ['科技路', 'Keji Road'],
  ['学府路', 'Xuefu Road'],
  ['滨河路', 'Binhe Road'],
  ['青年路', 'Qingnian Road'],
  ['朝阳路', 'Chaoyang Road'],
  ['公园路', 'Gongyuan Road'],
  ['花园路', 'Huayuan Road'],
  ['迎宾大道', 'Yingbin Avenue'],
  ['世纪大道', 'Shiji Avenue'],
];

const compounds = [
  '',
  '',
  '',
  '锦绣花园',
  '阳光小区',
  '翠湖名苑',
  '金桂苑',
  '梧桐公馆',
  '和风里',
  '康乐新村',
];

/** An address in China in the customer's language. */
export function chineseAddress(
  place: City,
  language: Language,
  firm: boolean,
  random: Random,
): string {
  const [district, districtEn] = random.pick(place.districts);
  const [road, roadEn] = random.pick(roads);
  const house = random.int(1, 1988);
  const floor = random.int(1, 32);
  const room = `${floor}${String(random.int(1, 12)).padStart(2, '0')}`;
  if (language === 'en') {
    const province = place.provinceEn ? `, ${place.provinceEn}` : '';
    return `Room ${room}, No. ${house} ${roadEn}, ${districtEn}, ${place.en}${province}`;
  }
  const start = `${place.province}${place.zh}${district}${road}${house}号`;
  if (firm) return `${start}${random.pick(['', '科创大厦', '国际广场', '产业园'])}${floor}楼`;
  return `${start}${random.pick(compounds)}${random.int(1, 48)}幢${room}室`;
}

const germanTowns = [
  '10115 Berlin',
  '20095 Hamburg',
  '50667 Köln',
  '60311 Frankfurt am Main',
  '80331 München',
];
const germanStreets = [
  'Lindenstraße',
  'Gartenweg',
  'Hauptstraße',
  'Bahnhofstraße',
  'Am Mühlbach',
  'Schillerstraße',
];
const britishTowns = ['London SW11', 'Manchester M14', 'Leeds LS6', 'Edinburgh EH9', 'Bristol BS6'];
const britishStreets = [
  'Station Road',
  'Mill Lane',
  'Victoria Street',
  'Church Row',
  'Orchard Close',
  'High Street',
];

/** An address in Germany or Britain, as kept for those who spend part of the year abroad. */
export function foreignAddress(country: 'de' | 'gb', random: Random): string {
  const house = random.int(1, 180);
  return country === 'de'
    ? `${random.pick(germanStreets)} ${house}, ${random.pick(germanTowns)}, Germany`
    : `${house} ${random.pick(britishStreets)}, ${random.pick(britishTowns)}, United Kingdom`;
}
