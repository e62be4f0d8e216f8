import type { Language } from '#shared/domain/text/text.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** A stable id out of a small number. */
export function idOf(number: number): string {
  return `019a0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

export const agentId = idOf(1);
export const customerId = idOf(2);
export const callId = idOf(3);

interface Words {
  name: string;
  number: string;
  region: string;
  agent: string;
  note: string;
  tags: string[];
  address: string;
  entries: [string, string][];
  promise: string;
  tickets: [string, string];
  order: string;
}

export const words: Record<Language, Words> = {
  en: {
    name: 'Maria Keller',
    number: '+49 30 23125 047',
    region: 'Berlin',
    agent: 'Priya Nair',
    note: 'Door bell broken, technician should call on arrival. Dog in the flat.',
    tags: ['Prefers phone, after 14:00', 'Infant at home'],
    address: 'Lindenufer 14, 13597 Berlin',
    entries: [
      ['Asked for a visit time today', 'Said the first visit did not fix it'],
      ['Inlet valve ordered', 'Arrives Friday morning'],
      ['Visit, 55 min on site', 'Valve worn, part not on the van'],
      ['Low pressure after filter change', 'Opened from the call below'],
      ['Reported low pressure in kitchen and bath', 'Both taps'],
      ['Order SO-77120 delivered', 'Filter set S3 × 2'],
      ['Campaign “Winter check 2026”', 'Accepted the filter offer'],
      ['Return-visit call, 5 of 5', '“Quick and clean work”'],
    ],
    promise: 'Visit time for today confirmed',
    tickets: ['Low pressure after filter change', 'Invoice shows old address'],
    order: 'Inlet valve 3/4″',
  },
  'zh-CN': {
    name: '王丽华',
    number: '138 0013 8000',
    region: '广东广州',
    agent: '李敏',
    note: '门铃坏了，师傅到达前先打电话。家里有狗。',
    tags: ['偏好电话，14:00 后', '家有婴儿'],
    address: '海珠区滨江东路 118 号榕景苑 3 栋 1502',
    entries: [
      ['询问今天上门时间', '反映首次上门未修好'],
      ['已订进水阀', '周五上午到货'],
      ['上门服务，现场 55 分钟', '阀门磨损，车上无备件'],
      ['换滤芯后水压低', '由下方通话建单'],
      ['反映厨房和浴室水压低', '两处龙头'],
      ['订单 SO-77120 已签收', 'S3 滤芯套装 × 2'],
      ['活动“冬季保养 2026”', '接受滤芯优惠'],
      ['回访电话，满意度 5 / 5', '“又快又干净”'],
    ],
    promise: '确认今天的上门时间',
    tickets: ['换滤芯后水压低', '账单地址为旧地址'],
    order: '进水阀 3/4″',
  },
};
