import { type Weights, weights } from '../random.ts';

export interface Product {
  zh: string;
  en: string;
  /** Price in yuan. */
  price: number;
  group: 'purifier' | 'softener' | 'heater' | 'boiler' | 'control' | 'filter' | 'service';
}

/** Share of the orders, name in both languages, price in yuan. */
export const products = weights<Product>([
  [6, { zh: 'R8 反渗透净水器', en: 'R8 reverse-osmosis purifier', price: 3299, group: 'purifier' }],
  [5, { zh: 'R5 厨下净水器', en: 'R5 under-sink purifier', price: 1899, group: 'purifier' }],
  [4, { zh: 'Q2 前置过滤器', en: 'Q2 whole-house pre-filter', price: 899, group: 'purifier' }],
  [3, { zh: 'T3 管线机', en: 'T3 instant hot-water tap', price: 1599, group: 'purifier' }],
  [3, { zh: 'S600 中央软水机', en: 'S600 water softener', price: 5980, group: 'softener' }],
  [2, { zh: 'S300 家用软水机', en: 'S300 compact softener', price: 3980, group: 'softener' }],
  [6, { zh: 'G16 燃气热水器', en: 'G16 gas water heater', price: 2799, group: 'heater' }],
  [
    5,
    { zh: 'E60 储水式电热水器', en: 'E60 electric storage heater', price: 1699, group: 'heater' },
  ],
  [3, { zh: 'E8 即热式电热水器', en: 'E8 instantaneous heater', price: 1399, group: 'heater' }],
  [3, { zh: 'H200 空气能热水器', en: 'H200 heat-pump water heater', price: 6899, group: 'heater' }],
  [4, { zh: 'B24 冷凝壁挂炉', en: 'B24 condensing boiler', price: 8990, group: 'boiler' }],
  [1, { zh: 'P12 空气源热泵', en: 'P12 air-source heat pump', price: 26800, group: 'boiler' }],
  [2, { zh: 'W1 智能温控器', en: 'W1 smart room control', price: 699, group: 'control' }],
  [12, { zh: 'R8 滤芯套装', en: 'R8 filter set', price: 568, group: 'filter' }],
  [9, { zh: 'R5 滤芯套装', en: 'R5 filter set', price: 398, group: 'filter' }],
  [6, { zh: 'Q2 滤网', en: 'Q2 filter mesh', price: 129, group: 'filter' }],
  [5, { zh: '软水盐 10 kg', en: 'softener salt 10 kg', price: 69, group: 'filter' }],
  [4, { zh: '镁棒更换套件', en: 'anode rod kit', price: 159, group: 'filter' }],
  [6, { zh: '年度保养套餐', en: 'yearly maintenance', price: 299, group: 'service' }],
  [4, { zh: '三年延保服务', en: 'three-year warranty extension', price: 599, group: 'service' }],
  [3, { zh: '壁挂炉清洗服务', en: 'boiler cleaning', price: 368, group: 'service' }],
  [3, { zh: '移机服务', en: 'take-down and move service', price: 260, group: 'service' }],
]);

export type ProductGroup = Product['group'];

function appliancesIn(...groups: ProductGroup[]): Weights<Product> {
  const found = products.steps.map((step) => step.value);
  const wanted = found.filter((product) => groups.includes(product.group));
  return weights(wanted.map((product) => [1, product] as const));
}

/** Machines that can need a repair or a visit. */
export const appliances = appliancesIn('purifier', 'softener', 'heater', 'boiler');

const byGroup: Partial<Record<ProductGroup, Weights<Product>>> = {
  purifier: appliancesIn('purifier'),
  softener: appliancesIn('softener'),
  heater: appliancesIn('heater'),
  boiler: appliancesIn('boiler'),
};

/** The machines of one group, or all of them. */
export function appliancesOf(group: ProductGroup | undefined): Weights<Product> {
  return (group && byGroup[group]) ?? appliances;
}
