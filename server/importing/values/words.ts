import { customerKinds } from '#shared/domain/customers/customer.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { ticketPriorities, ticketStates, ticketTypes } from '#shared/domain/tickets/ticket.ts';
import customerEn from '#shared/locales/en/customer.json' with { type: 'json' };
import fieldsEn from '#shared/locales/en/fields.json' with { type: 'json' };
import importingEn from '#shared/locales/en/importing.json' with { type: 'json' };
import customerZh from '#shared/locales/zh-CN/customer.json' with { type: 'json' };
import fieldsZh from '#shared/locales/zh-CN/fields.json' with { type: 'json' };
import importingZh from '#shared/locales/zh-CN/importing.json' with { type: 'json' };

type Texts = Record<string, string>;

/** Values of a closed list as they are kept, and as people call them. */
export interface WordList {
  read(text: string): string | null;
  write(value: string, language: 'en' | 'zh-CN'): string;
}

function wordList(values: readonly string[], en: Texts, zh: Texts, more: Texts = {}): WordList {
  const known = new Map<string, string>();
  for (const value of values) {
    for (const word of [value, en[value], zh[value]]) {
      if (word !== undefined) known.set(foldText(word), value);
    }
  }
  for (const [word, value] of Object.entries(more)) known.set(foldText(word), value);
  return {
    read: (text) => known.get(foldText(text)) ?? null,
    write: (value, language) => (language === 'en' ? en[value] : zh[value]) ?? value,
  };
}

export const customerKindWords = wordList(
  customerKinds,
  importingEn.value.customerKind,
  importingZh.value.customerKind,
  { 企业: 'company', 公司: 'company', 机构: 'company', private: 'person', business: 'company' },
);

export const contactPointKindWords = wordList(
  ['phone', 'email', 'address'],
  customerEn.kinds,
  customerZh.kinds,
  { 手机: 'phone', 号码: 'phone', mobile: 'phone', 邮件: 'email', mail: 'email' },
);

export const labelWords = wordList(
  ['mobile', 'landline', 'work', 'home', 'other'],
  customerEn.labels,
  customerZh.labels,
  {
    单位: 'work',
    办公: 'work',
    固话: 'landline',
    座机: 'landline',
    cell: 'mobile',
    移动: 'mobile',
  },
);

export const orderStateWords = wordList(
  ['open', 'shipped', 'delivered', 'cancelled', 'returned'],
  customerEn.orderState,
  customerZh.orderState,
  {
    待付款: 'open',
    待发货: 'open',
    已付款: 'open',
    处理中: 'open',
    new: 'open',
    paid: 'open',
    processing: 'open',
    已发货: 'shipped',
    配送中: 'shipped',
    sent: 'shipped',
    已完成: 'delivered',
    完成: 'delivered',
    已收货: 'delivered',
    completed: 'delivered',
    done: 'delivered',
    已关闭: 'cancelled',
    取消: 'cancelled',
    canceled: 'cancelled',
    退货: 'returned',
    已退款: 'returned',
    refunded: 'returned',
  },
);

export const ticketTypeWords = wordList(ticketTypes, fieldsEn.ticketTypes, fieldsZh.ticketTypes, {
  报修: 'repair',
  维修: 'repair',
  建议: 'suggestion',
  表扬: 'praise',
  question: 'inquiry',
});

export const ticketPriorityWords = wordList(
  ticketPriorities,
  fieldsEn.priorities,
  fieldsZh.priorities,
  {
    low: 'normal',
    medium: 'normal',
    普通: 'normal',
    一般: 'normal',
    high: 'major',
    critical: 'urgent',
    特急: 'urgent',
  },
);

export const ticketStateWords = wordList(
  ticketStates,
  customerEn.ticketState,
  customerZh.ticketState,
  {
    new: 'registered',
    open: 'registered',
    pending: 'waiting',
    done: 'resolved',
    未处理: 'registered',
    新建: 'registered',
    已完成: 'resolved',
    已办结: 'closed',
  },
);

const yes = new Set(['1', 'y', 'yes', 'true', 'x', '是', '真', '√', '✓', '对', '有']);
const no = new Set(['0', 'n', 'no', 'false', '否', '假', '×', '无', '-']);

export function readYesNo(text: string): boolean | null {
  const word = foldText(text);
  if (yes.has(word)) return true;
  return no.has(word) ? false : null;
}
