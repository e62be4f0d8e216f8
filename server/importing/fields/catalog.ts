import type { Configuration } from '#shared/domain/configuration.ts';
import { type Bilingual, foldText } from '#shared/domain/text/text.ts';
import en from '#shared/locales/en/importing.json' with { type: 'json' };
import zh from '#shared/locales/zh-CN/importing.json' with { type: 'json' };
import type { ImportKind } from '#shared/sync/importing.ts';

/** What a column may fill. */
export interface FieldDefinition {
  field: string;
  required: boolean;
  /** More than one column may fill it. */
  several: boolean;
  /** Fields of the configuration have their names from there. */
  label: Bilingual | null;
  /** How headers call it, folded. */
  names: readonly string[];
}

interface Entry {
  required?: true;
  several?: true;
  /** Beside the names by which our own files call it. */
  names: string;
}

const customerReference: Record<string, Entry> = {
  customerNo: {
    names:
      '客户编号|客户号|客户代码|会员号|会员编号|customer|customer id|customer number|customer code|account|account no',
  },
  customerNumber: {
    names:
      '客户电话|客户手机|手机|手机号|手机号码|电话|联系电话|电话号码|customer phone|customer mobile|phone|mobile|telephone',
  },
  customerEmail: { names: '客户邮箱|邮箱|电子邮箱|customer e-mail|customer email|email|e-mail' },
};

const entries: Record<ImportKind, Record<string, Entry>> = {
  customers: {
    no: {
      names:
        '编号|客户编号|客户号|客户代码|会员号|会员编号|档案号|id|no|no.|number|customer id|customer no|customer number|customer code|account|account no|uid',
    },
    name: {
      names:
        '姓名|客户姓名|客户名称|名称|名字|客户|联系人姓名|单位名称|企业名称|full name|name|customer|customer name|client|display name|fn',
    },
    familyName: { names: '姓|姓氏|last name|family name|surname|lastname' },
    givenName: { names: '名|first name|given name|firstname|forename' },
    company: {
      names: '公司|单位|公司名称|工作单位|company|organisation|organization|company name|org|firm',
    },
    kind: { names: '类型|客户类型|性质|type|kind|customer type' },
    valueClass: {
      names: '级别|客户级别|等级|价值等级|客户等级|class|grade|level|value class|tier',
    },
    since: {
      names:
        '客户起始|客户自|开户日期|注册日期|建档日期|入会日期|since|customer since|start date|registered|joined',
    },
    mobile: {
      several: true,
      names:
        '手机|手机号|手机号码|移动电话|联系手机|手机1|手机2|mobile|mobile phone|cell|cell phone|mobile number|mobilephone|phone number mobile|tel;cell',
    },
    phone: {
      several: true,
      names:
        '电话|联系电话|电话号码|固定电话|固话|座机|联系方式|号码|电话1|电话2|phone|telephone|tel|tel.|phone number|landline|phone 1|phone 2|telephone number',
    },
    workPhone: {
      several: true,
      names:
        '办公电话|公司电话|单位电话|work phone|business phone|office phone|phone work|tel;work',
    },
    homePhone: { several: true, names: '家庭电话|住宅电话|宅电|home phone|phone home|tel;home' },
    email: {
      several: true,
      names:
        '邮箱|电子邮箱|电子邮件|邮件|邮箱地址|email|e-mail|mail|email address|e-mail address|e-mail 1 - value',
    },
    address: {
      several: true,
      names:
        '地址|联系地址|通讯地址|家庭地址|住址|详细地址|address|street address|postal address|adr',
    },
    tags: { several: true, names: '标签|分类|tag|tags|labels|categories|groups|group' },
    pinnedNote: { names: '备注|说明|重要备注|置顶备注|note|notes|remark|remarks|comment|comments' },
    createdAt: { names: '创建时间|建档时间|录入时间|created|created at|creation date' },
  },
  numbers: {
    ...customerReference,
    value: {
      required: true,
      names: '号码|联系方式|新号码|内容|电话|手机|number|value|contact|phone|mobile|contact point',
    },
    kind: { names: '类型|方式|kind|type' },
    label: { names: '标签|用途|label|usage' },
    extension: { names: '分机|分机号|extension|ext' },
    preferred: { names: '首选|优先|preferred|primary|main' },
    verifiedOn: { names: '核实日期|验证日期|verified|verified on' },
    retired: { names: '停用|已停用|失效|retired|inactive|invalid' },
  },
  orders: {
    no: {
      required: true,
      names: '订单号|订单编号|单号|编号|order|order no|order number|order id|no|no.|number|id|#',
    },
    ...customerReference,
    at: {
      required: true,
      names:
        '下单时间|订单时间|下单日期|订单日期|日期|时间|购买日期|date|time|order date|ordered|ordered at|created at',
    },
    title: {
      names: '商品|商品名称|产品|订单内容|内容|品名|title|item|items|product|description|subject',
    },
    amount: {
      names:
        '金额|订单金额|总金额|总价|实付|实付金额|合计|amount|total|price|sum|order total|value',
    },
    currency: { names: '币种|货币|currency' },
    state: { names: '状态|订单状态|state|status|order status' },
  },
  tickets: {
    no: {
      names:
        '工单号|工单编号|编号|单号|ticket|ticket no|ticket number|ticket id|case|case number|no|no.|number|id',
    },
    ...customerReference,
    subject: {
      required: true,
      names: '主题|标题|工单主题|工单标题|问题|subject|title|summary|topic',
    },
    description: {
      names: '描述|内容|详情|问题描述|工单内容|description|details|text|body|content',
    },
    type: { names: '类型|工单类型|业务类型|type|ticket type|kind' },
    category: { names: '分类|工单分类|类别|问题分类|category|categories' },
    priority: { names: '优先级|紧急程度|紧急度|priority|urgency' },
    state: { names: '状态|工单状态|处理状态|state|status' },
    createdAt: {
      names:
        '创建时间|受理时间|登记时间|提交时间|创建日期|日期|created|created at|opened|opened at|date',
    },
    dueAt: { names: '截止时间|到期时间|处理时限|期限|due|due at|due date|deadline' },
    closedAt: { names: '关闭时间|办结时间|完成时间|结案时间|closed|closed at|resolved at' },
    firstContact: {
      names:
        '首问责任人|首问人|受理人|登记人|创建人|agent|first contact|opened by|created by|reporter',
    },
    owner: { names: '处理人|负责人|责任人|当前处理人|owner|assignee|assigned to|handler' },
  },
};

/** Texts of both languages by which our own files and pages call a field. */
function ownNames(kind: ImportKind, field: string): string[] {
  return [en, zh].flatMap((texts) => {
    const labels: Record<string, string> = texts.field;
    const own = labels[`${kind}-${field}`] ?? labels[field];
    return own === undefined ? [] : [own];
  });
}

/** What a file of that kind may fill, in the order of its columns. */
export function fieldsOf(
  kind: ImportKind,
  configuration: Pick<Configuration, 'profileFields'>,
): FieldDefinition[] {
  const fixed = Object.entries(entries[kind]).map(([field, { required, several, names }]) => ({
    field,
    required: required ?? false,
    several: several ?? false,
    label: null,
    names: [...ownNames(kind, field), ...names.split('|')].map(headerKey),
  }));
  if (kind !== 'customers') return fixed;
  // The employer has a column of its own: of a row without a name it becomes the name.
  const profile = configuration.profileFields
    .filter(({ id }) => id !== 'company')
    .map(({ id, label }) => ({
      field: `profile.${id}`,
      required: false,
      several: false,
      label,
      names: [label.en, label['zh-CN'], id, ...(profileNames[id] ?? [])].map(headerKey),
    }));
  return [...fixed, ...profile];
}

const profileNames: Partial<Record<string, string[]>> = {
  birthday: ['出生日期', 'birth date', 'date of birth', 'dob', 'bday'],
  language: ['语种', 'lang'],
  companyRole: ['职位', 'job title', 'position'],
};

/** One spelling of a header: case, width, blanks and signs at its ends do not count. */
function headerKey(header: string): string {
  return foldText(header)
    .replace(/[_\s]+/g, ' ')
    .replace(/^[*\s:：]+|[*\s:：]+$/g, '')
    .replace(/[(（][^)）]*[)）]$/, '')
    .trim();
}

/** Columns that a header proposes; each field once, unless several columns may fill it. */
export function proposeColumns(
  header: readonly string[],
  fields: readonly FieldDefinition[],
): (string | null)[] {
  const taken = new Set<string>();
  return header.map((name) => {
    const key = headerKey(name);
    const stem = key.replace(/\s*\d+$/, '');
    const found = fields.find(
      ({ field, several, names }) =>
        (several || !taken.has(field)) &&
        (names.includes(key) || (several && names.includes(stem))),
    );
    if (key === '' || !found) return null;
    taken.add(found.field);
    return found.field;
  });
}
