import type { InBoth } from './words.ts';

/** What is written down about a complaint, as it is found out. */
export interface ComplaintWords {
  remedies: readonly string[];
  causes: readonly string[];
  actions: readonly string[];
}

/** By category. */
export const complaintWords: Record<string, InBoth<ComplaintWords>> = {
  'complaint.delay': {
    zh: {
      remedies: ['要求当天上门并说明原因。', '要求赔偿误工费 200 元。', '要求书面道歉。'],
      causes: ['派单系统未提示改约。', '师傅同日安排超过 8 单。', '备件到货晚两天，未通知客户。'],
      actions: [
        '上门前一小时增加短信提醒。',
        '每人每日派单上限改为 6 单。',
        '备件延误当天由首问人电话告知。',
      ],
    },
    en: {
      remedies: [
        'Wants a visit today and an explanation.',
        'Wants 200 yuan for the day off work.',
        'Wants an apology in writing.',
      ],
      causes: [
        'The new date did not reach the planner.',
        'More than eight visits on one day.',
        'Part came two days late and nobody called.',
      ],
      actions: [
        'Text message one hour before each visit.',
        'At most six visits a day for each technician.',
        'A late part is told by phone on the same day.',
      ],
    },
  },
  'complaint.quality': {
    zh: {
      remedies: ['要求更换新机。', '要求延长保修一年。', '要求退货退款。'],
      causes: ['密封圈批次硬度不合格。', '首次维修未更换关联部件。', '安装位置水压超出范围。'],
      actions: [
        '停用该批次密封圈并召回库存。',
        '维修规范增加关联部件检查。',
        '安装前增加水压检测项。',
      ],
    },
    en: {
      remedies: [
        'Wants another appliance.',
        'Wants one more year of warranty.',
        'Wants to return it for the money.',
      ],
      causes: [
        'A batch of seals is too hard.',
        'The first repair left the worn part next to it.',
        'Water pressure at the place is out of range.',
      ],
      actions: [
        'The batch of seals was taken out of the stores.',
        'Repairs now include the parts beside the broken one.',
        'Water pressure is measured before each installation.',
      ],
    },
  },
  'complaint.charge': {
    zh: {
      remedies: ['要求退还差价。', '要求提供收费明细和依据。'],
      causes: ['师傅未出示价目表。', '电话报价未含高空作业费。'],
      actions: ['上门收费须客户先签价目单。', '话术补充可能产生的附加费用。'],
    },
    en: {
      remedies: ['Wants the difference back.', 'Wants a detailed bill and its grounds.'],
      causes: ['The price list was not shown.', 'The price on the phone left out work at heights.'],
      actions: [
        'Customers sign the price list before work begins.',
        'The script names charges that may come on top.',
      ],
    },
  },
  'complaint.attitude': {
    zh: {
      remedies: ['要求当事人道歉。', '要求更换服务人员。'],
      causes: ['连续高峰时段，坐席语气急躁。', '未按规范复述客户诉求。'],
      actions: ['安排沟通辅导并抽检录音。', '高峰时段增加轮换休息。'],
    },
    en: {
      remedies: ['Wants an apology from the person.', 'Wants somebody else to come.'],
      causes: [
        'Long peak without a rest; the tone was short.',
        'What the customer wants was not repeated.',
      ],
      actions: [
        'Coaching, and recordings are checked for a month.',
        'Rests in turn while it is busy.',
      ],
    },
  },
};

export const betterWords: InBoth<readonly string[]> = {
  zh: ['希望上门更准时。', '希望提前告知费用。', '电话等待时间太长。', '师傅讲解可以再细一些。'],
  en: [
    'Be in time for the visit.',
    'Say beforehand what it costs.',
    'The wait on the phone was long.',
    'Explain a little more.',
  ],
};
