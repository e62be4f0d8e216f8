import { type Weights, weights } from '../random.ts';
import { type Topic, topic, words } from './topic.ts';

/** Matters that are settled in the call. */
export const plainTopics: Weights<Topic> = weights<Topic>([
  [
    5,
    topic(
      'inquiry.product.choice',
      'sales',
      words(
        '{p} 选型咨询',
        '三口之家，自来水硬度偏高，推荐 {p}，已发送参数对比。',
        '客户在比较两款机型，建议先上门勘测，{d}前给答复。',
      ),
      words(
        'Which model: {p}',
        'Family of three, hard tap water. Recommended the {p} and sent the data sheet.',
        'Compares two models; a look at the home was offered, answer by {d}.',
      ),
      { group: 'purifier' },
    ),
  ],
  [
    4,
    topic(
      'inquiry.product.price',
      'sales',
      words(
        '询问 {p} 价格',
        '已报活动价，客户表示与家人商量后再定。',
        '客户询价，说明含标准安装，不含改管费用。',
      ),
      words(
        'Price of the {p}',
        'Quoted the current price; will talk it over at home.',
        'Price given, standard installation included, pipe work apart.',
      ),
    ),
  ],
  [
    5,
    topic(
      'inquiry.product.usage',
      'support',
      words(
        '{p} 使用方法',
        '指导客户完成冲洗程序，问题当场解决。',
        '客户不会设置定时，逐步指导后已会使用。',
      ),
      words(
        'How to use the {p}',
        'Went through the flushing programme together, settled in the call.',
        'Timer setting explained step by step, works now.',
      ),
    ),
  ],
  [
    4,
    topic(
      'inquiry.product.accessory',
      'support',
      words(
        '{p} 滤芯更换周期',
        '告知滤芯寿命约 {n} 个月，客户自行下单。',
        '客户询问滤芯型号，已短信发送购买链接。',
      ),
      words(
        'Filter life of the {p}',
        'Filter lasts about {n} months; customer orders online.',
        'Asked for the filter type, link sent by text message.',
      ),
      { group: 'purifier' },
    ),
  ],
  [
    3,
    topic(
      'inquiry.service.warranty',
      'support',
      words(
        '{p} 保修政策',
        '整机保修三年，客户机器仍在保。',
        '已过保 {n} 个月，说明收费标准，客户理解。',
      ),
      words(
        'Warranty of the {p}',
        'Three years in all, the appliance is still covered.',
        'Warranty ended {n} months ago; charges explained and accepted.',
      ),
    ),
  ],
  [
    2,
    topic(
      'inquiry.promotion.tradeIn',
      'sales',
      words('以旧换新咨询', '旧机可抵 300 元，客户希望{d}再联系。'),
      words('Trade-in', 'The old appliance counts for 300 yuan; would like a call on {d}.'),
    ),
  ],
  [
    4,
    topic(
      'order.place.filter',
      'orders',
      words('订购滤芯', '按上次型号下单，{d}前送达。', '一次购买两套，已享受九折。'),
      words(
        'Filters ordered',
        'Same type as last time, to arrive by {d}.',
        'Two sets at once, ten per cent off.',
      ),
    ),
  ],
  [
    5,
    topic(
      'order.follow.delivery',
      'orders',
      words('查询 {p} 物流', '货物已到本市仓库，预计{d}派送。', '物流显示运输中，已催促承运商。'),
      words(
        'Where is the {p}',
        'In the local warehouse, delivery expected on {d}.',
        'Still on its way, carrier was asked to hurry.',
      ),
    ),
  ],
  [
    3,
    topic(
      'order.follow.date',
      'orders',
      words('改约送货时间', '客户出差，改到{d}下午送货。'),
      words('Delivery date moved', 'Customer is travelling, now {d} in the afternoon.'),
    ),
  ],
  [
    3,
    topic(
      'order.billing.invoice',
      'orders',
      words('申请开具发票', '电子发票已发至登记邮箱。', '需公司抬头，税号已核对。'),
      words(
        'Invoice wanted',
        'Sent to the registered e-mail address.',
        'Company name and tax number checked.',
      ),
    ),
  ],
  [
    4,
    topic(
      'visit.install',
      'support',
      words(
        '预约安装 {p}',
        '已预约{d}上午，{t}上门，需预留电源。',
        '客户家中装修未完，先登记，{d}再确认。',
      ),
      words(
        'Installation of the {p}',
        'Booked for {d} morning, technician {t}; a socket is needed.',
        'Kitchen not finished yet, to be confirmed on {d}.',
      ),
    ),
  ],
  [
    4,
    topic(
      'visit.maintain',
      'support',
      words('预约 {p} 保养', '年度保养，{d}上午上门，费用已说明。'),
      words('Maintenance of the {p}', 'Yearly maintenance, {d} in the morning, charge explained.'),
    ),
  ],
  [
    3,
    topic(
      'visit.late',
      'support',
      words('催促上门', '师傅堵车，预计晚到 {n}0 分钟，已致歉。'),
      words('Technician late', 'Stuck in traffic, about {n}0 minutes late; apologised.'),
    ),
  ],
  [
    3,
    topic(
      'account.number',
      'support',
      words('更新联系电话', '原号码停用，已登记新号码并核对身份。'),
      words(
        'New phone number',
        'The old number is no longer used; new one entered after the identity check.',
      ),
    ),
  ],
  [
    3,
    topic(
      'outbound.returnVisit',
      'support',
      words('{p} 维修回访', '客户满意，建议提前电话预约。', '使用正常，给予好评。'),
      words(
        'Return visit call: {p}',
        'Satisfied; would like to be called before the visit.',
        'Works well, good marks.',
      ),
      { outbound: true },
    ),
  ],
  [
    3,
    topic(
      'outbound.filterCare',
      'sales',
      words('{p} 滤芯到期提醒', '客户已自行购买。', '客户考虑中，{d}再联系。'),
      words('Filter due: {p}', 'Has already bought one.', 'Thinks about it, call again on {d}.'),
      { outbound: true, group: 'purifier' },
    ),
  ],
  [
    1,
    topic(
      'feedback.praise',
      'support',
      words('表扬安装师傅', '{t}安装细致，清理现场，客户特意来电感谢。'),
      words('Praise for the technician', '{t} worked carefully and left everything clean.'),
    ),
  ],
  [
    1,
    topic(
      'other.silent',
      'support',
      words('无声电话', '接通后无应答，按规定三遍问候后挂机。'),
      words('Silent line', 'Nobody answered after three greetings.'),
    ),
  ],
  [
    1,
    topic(
      'other.dropped',
      'support',
      words('中途断线', '信号不好断线，回拨已接通并处理完。'),
      words('Cut off', 'Line broke; called back and finished.'),
    ),
  ],
]);
