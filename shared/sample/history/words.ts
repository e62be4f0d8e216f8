import type { Language } from '../../domain/text/text.ts';
import type { Random } from '../random.ts';
import type { Product } from './products.ts';

/** Texts in the customer's language: the same word lists in both, chosen by `of`. */
export type InBoth<T> = { readonly zh: T; readonly en: T };

export function of<T>(both: InBoth<T>, language: Language): T {
  return language === 'en' ? both.en : both.zh;
}

export function nameOf(product: Product, language: Language): string {
  return of(product, language);
}

const days: InBoth<readonly string[]> = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const technicians: InBoth<readonly string[]> = {
  zh: ['李师傅', '王师傅', '张师傅', '陈师傅', '周师傅'],
  en: ['Mr Li', 'Mr Wang', 'Mr Zhang', 'Mr Chen', 'Mr Zhou'],
};

/** Put product, day, number and technician where a text asks for them. */
export function fill(text: string, product: Product, language: Language, random: Random): string {
  if (!text.includes('{')) return text;
  return text.replace(/\{([pdnt])\}/g, (_, key: string) => {
    if (key === 'p') return nameOf(product, language);
    if (key === 'd') return random.pick(of(days, language));
    if (key === 'n') return String(random.int(2, 9));
    return random.pick(of(technicians, language));
  });
}

/** Title, detail and outcome of an entry that somebody wrote down. */
export type NoteText = readonly [title: string, detail: string, outcome: string];

export const visitTexts: InBoth<readonly NoteText[]> = {
  zh: [
    ['上门安装 {p}', '{t}上门，试机正常，客户签字确认。', 'done'],
    ['上门维修 {p}', '更换密封圈与接头，试压 10 分钟无渗漏。', 'done'],
    ['上门保养 {p}', '清洗检查，更换易损件，检测合格。', 'done'],
    ['上门勘测', '水压 0.2 MPa，电源距离 {n}0 厘米，可以安装。', 'done'],
    ['上门保养 {p}', '客户临时有事，改约{d}。', 'rescheduled'],
    ['上门维修 {p}', '敲门无人应答，电话未接通。', 'notHome'],
  ],
  en: [
    ['Installation of the {p}', '{t} installed and tested it; signed by the customer.', 'done'],
    ['Repair of the {p}', 'Seal replaced, ten minutes under pressure without a leak.', 'done'],
    ['Maintenance of the {p}', 'Cleaned, worn parts replaced, test passed.', 'done'],
    ['Look at the home', 'Pressure 0.2 MPa, socket {n}0 cm away, can be installed.', 'done'],
    ['Maintenance of the {p}', 'Did not suit the customer, moved to {d}.', 'rescheduled'],
    ['Repair of the {p}', 'Nobody opened, phone not answered.', 'notHome'],
  ],
};

export const mailTexts: InBoth<readonly NoteText[]> = {
  zh: [
    ['邮件：索取 {p} 说明书', '已回复电子版说明书。', 'answered'],
    ['邮件：发票信息更正', '抬头有误，已作废重开。', 'answered'],
    ['邮件：询问保养价格', '已发送保养套餐价目表，{d}前有效。', 'answered'],
  ],
  en: [
    ['Mail: manual for the {p}', 'Answered with the manual attached.', 'answered'],
    ['Mail: invoice to correct', 'Name was wrong; cancelled and issued again.', 'answered'],
    ['Mail: price of maintenance', 'Price list sent, valid until {d}.', 'answered'],
  ],
};

export const chatTexts: InBoth<readonly NoteText[]> = {
  zh: [
    ['在线咨询 {p}', '客户询问是否支持联网，已答复。', 'answered'],
    ['在线查询订单', '告知预计{d}送达。', 'answered'],
  ],
  en: [
    ['Chat about the {p}', 'Asked whether it connects to Wi-Fi; answered.', 'answered'],
    ['Chat about an order', 'Told that it arrives on {d}.', 'answered'],
  ],
};

export const campaignTexts: InBoth<readonly NoteText[]> = {
  zh: [
    ['春季滤芯焕新活动', '短信邀约，滤芯套装八五折，已下单。', 'accepted'],
    ['春季滤芯焕新活动', '电话邀约，无人接听。', 'noAnswer'],
    ['采暖季前免费检测', '愿意参加，等待排期。', 'interested'],
    ['以旧换新活动', '推荐 {p}，暂不需要。', 'declined'],
  ],
  en: [
    ['Spring filter campaign', 'Filter sets 15 per cent off; ordered.', 'accepted'],
    ['Spring filter campaign', 'Called, nobody answered.', 'noAnswer'],
    ['Free check before winter', 'Would like one, date to be found.', 'interested'],
    ['Trade-in campaign', 'Offered the {p}; not needed now.', 'declined'],
  ],
};

export const surveyTexts: InBoth<readonly NoteText[]> = {
  zh: [
    ['服务满意度回访', '10 分：上门准时，解释清楚。', 'satisfied'],
    ['服务满意度回访', '9 分：师傅专业。', 'satisfied'],
    ['产品使用满意度', '7 分：希望降低噪音。', 'neutral'],
    ['服务满意度回访', '3 分：等待时间太长。', 'unsatisfied'],
  ],
  en: [
    ['Service survey', '10 of 10: in time and explained well.', 'satisfied'],
    ['Service survey', '9 of 10: knows the trade.', 'satisfied'],
    ['Product survey', '7 of 10: should be quieter.', 'neutral'],
    ['Service survey', '3 of 10: waited too long.', 'unsatisfied'],
  ],
};

export const ticketNotes: InBoth<{
  received: string;
  working: readonly string[];
  waiting: readonly string[];
  returned: readonly string[];
  reopened: readonly string[];
  escalated: readonly string[];
  solved: readonly string[];
  visited: string;
  confirmed: string;
}> = {
  zh: {
    received: '已受理，等待分派。',
    working: ['已联系客户确认时间。', '师傅已上门，需更换配件。', '已向厂部申请备件。'],
    waiting: ['等待客户确认上门时间。', '等待客户提供购买凭证。'],
    returned: ['不属本组，请转售后。', '信息不全，请先核实型号。'],
    reopened: ['客户不满意，问题再次出现。', '回访得知仍未解决。'],
    escalated: ['客户多次催办，请班长协调。', '涉及赔偿，需上级确认。'],
    solved: ['更换配件后恢复正常。', '调试完成，客户确认可用。', '已按政策处理，客户接受。'],
    visited: '安排回访，等待接通。',
    confirmed: '回访满意，关闭工单。',
  },
  en: {
    received: 'Received, to be assigned.',
    working: [
      'Customer called, time agreed.',
      'Technician was there, a part is needed.',
      'Spare part ordered.',
    ],
    waiting: ['Customer will confirm the time.', 'Waiting for the proof of purchase.'],
    returned: ['Not ours, it belongs to service.', 'Model unknown, to be asked first.'],
    reopened: ['Not satisfied, it came back.', 'On the visit: still not solved.'],
    escalated: ['Customer asked several times.', 'About compensation, to be decided above.'],
    solved: [
      'Works again with a new part.',
      'Adjusted; customer confirms.',
      'Handled by the policy, customer agrees.',
    ],
    visited: 'Return visit planned, not reached yet.',
    confirmed: 'Satisfied on the return visit, closed.',
  },
};

export const taskTitles: InBoth<
  Record<'callBack' | 'returnVisit' | 'promise' | 'care' | 'reminder', readonly string[]>
> = {
  zh: {
    callBack: ['回电：客户要求再次联系', '回电：未接通，再试一次', '回电：答复产品报价'],
    returnVisit: ['工单回访：是否满意', '安装后回访'],
    promise: ['承诺：确认配件到货时间', '承诺：发送收费明细', '承诺：确认上门时间'],
    care: ['生日关怀', '滤芯到期关怀'],
    reminder: ['跟进退款进度', '核对客户地址'],
  },
  en: {
    callBack: [
      'Call back as the customer asked',
      'Call back: not reached, try again',
      'Call back with the quotation',
    ],
    returnVisit: [
      'Return visit: satisfied with the ticket?',
      'Return visit after the installation',
    ],
    promise: [
      'Promised: when does the part arrive',
      'Promised: send the detailed bill',
      'Promised: confirm the visit',
    ],
    care: ['Birthday greeting', 'Filter is due'],
    reminder: ['Follow the refund', 'Check the address'],
  },
};

export const pinnedNotes: InBoth<readonly string[]> = {
  zh: [
    '门铃坏了，到楼下请打电话。',
    '老人在家，说话请慢一些。',
    '只在晚上六点后方便接电话。',
    '曾投诉到市场监管，请谨慎答复。',
    '大客户，优先安排。',
    '家有大型犬，上门前请提醒。',
  ],
  en: [
    'Door bell is broken: call from downstairs.',
    'Elderly person at home, speak slowly.',
    'Reachable only after six in the evening.',
    'Once complained to the authority: answer with care.',
    'Key account: goes first.',
    'Large dog at home, warn the technician.',
  ],
};

export const tagWords: InBoth<readonly string[]> = {
  zh: ['易流失', '延保', '工程客户', '老客户', '价格敏感', '曾投诉', '推荐人', '会员'],
  en: [
    'at risk',
    'extended warranty',
    'project',
    'long-standing',
    'price-sensitive',
    'complained',
    'recommends us',
    'member',
  ],
};
