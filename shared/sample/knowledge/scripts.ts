import type { Script, ScriptNode } from '../../domain/knowledge/knowledge.ts';
import type { Bilingual } from '../../domain/text/text.ts';
import type { SampleRecord } from '../record.ts';

type Answer = ScriptNode['answers'][number];

const say = (en: string, zh: string): Bilingual => ({ en, 'zh-CN': zh });

function answer(
  id: string,
  text: Bilingual,
  next: string | null,
  proposes: { dispositionId?: string; tag?: string } = {},
): Answer {
  const { dispositionId = null, tag = null } = proposes;
  return { id, text, next, dispositionId, tag };
}

function node(id: string, words: Bilingual, rest: Partial<ScriptNode>): ScriptNode {
  return { id, say: words, answers: [], asksText: false, next: null, ...rest };
}

const complaint: Script = {
  name: say('Complaint call', '投诉来电'),
  queueIds: ['support', 'urgent'],
  direction: 'in',
  startId: 'open',
  active: true,
  retired: false,
  edition: 1,
  nodes: [
    node(
      'open',
      say(
        'Good day, this is the service centre. How may I help?',
        '您好，服务中心，请问有什么可以帮您？',
      ),
      {
        answers: [
          answer('complaint', say('A complaint', '投诉'), 'listen', { tag: '投诉' }),
          answer('fault', say('Something does not work', '设备故障'), 'fault'),
          answer('other', say('Something else', '其他'), null),
        ],
      },
    ),
    node(
      'listen',
      say(
        'I am sorry that this happened. Tell me what went wrong, from the beginning; I take notes.',
        '发生这样的事，我向您道歉。请您从头说说经过，我来记录。',
      ),
      { asksText: true, next: 'about' },
    ),
    node(
      'about',
      say(
        'So that I send it to the right people: what is it about most of all?',
        '为了交给对的人处理，请问主要是哪方面的问题？',
      ),
      {
        answers: [
          answer('delay', say('Nobody came, or too late', '没人上门或太晚'), 'remedy', {
            dispositionId: 'complaint.service.delay',
          }),
          answer('repeat', say('Repaired more than once', '反复维修'), 'remedy', {
            dispositionId: 'complaint.service.repeat',
            tag: '反复维修',
          }),
          answer('manner', say('How somebody behaved', '服务态度'), 'remedy', {
            dispositionId: 'complaint.service.attitude',
          }),
          answer('charge', say('What it cost', '收费'), 'remedy', {
            dispositionId: 'complaint.service.charge',
          }),
          answer('product', say('The product', '产品质量'), 'remedy', {
            dispositionId: 'complaint.product',
          }),
        ],
      },
    ),
    node('remedy', say('What would put it right for you?', '您希望我们怎么解决？'), {
      asksText: true,
      next: 'promise',
    }),
    node(
      'promise',
      say(
        'I open the complaint now and tell you its number. Somebody calls you today. Which time suits you?',
        '我现在为您登记投诉并告知单号，今天会有专人回电。您什么时间方便？',
      ),
      {
        asksText: true,
        answers: [
          answer('agreed', say('Agreed', '同意'), null),
          answer('supervisor', say('Wants the supervisor now', '要求找班长'), null, {
            tag: '转班长',
          }),
        ],
      },
    ),
    node(
      'fault',
      say(
        'What does the appliance do, and what does the display show?',
        '设备有什么现象？面板显示什么？',
      ),
      {
        asksText: true,
        answers: [
          answer('noHotWater', say('No hot water', '没有热水'), 'danger', {
            dispositionId: 'repair.heating.noHotWater',
          }),
          answer('leak', say('It leaks', '漏水'), 'danger', { dispositionId: 'repair.water.leak' }),
          answer('code', say('An error code', '故障代码'), 'danger', {
            dispositionId: 'repair.electric.errorCode',
          }),
          answer('more', say('Something else', '其他'), 'danger'),
        ],
      },
    ),
    node(
      'danger',
      say('Do you smell gas, or does water run out?', '有没有闻到燃气味，或者大量漏水？'),
      {
        answers: [
          answer('gas', say('Smell of gas', '有燃气味'), null, {
            dispositionId: 'repair.danger.gas',
            tag: '紧急',
          }),
          answer('flood', say('Water runs out', '大量漏水'), null, {
            dispositionId: 'repair.danger.flood',
            tag: '紧急',
          }),
          answer('no', say('No', '没有'), 'visit'),
        ],
      },
    ),
    node(
      'visit',
      say('I book a technician. Which half day suits you?', '我为您预约维修师傅，您哪个半天方便？'),
      {
        asksText: true,
      },
    ),
  ],
};

const order: Script = {
  name: say('Order query', '订单查询'),
  queueIds: ['orders'],
  direction: 'in',
  startId: 'number',
  active: true,
  retired: false,
  edition: 1,
  nodes: [
    node(
      'number',
      say(
        'Which order is it about? The number, or what you ordered.',
        '请问是哪个订单？订单号或购买的商品都可以。',
      ),
      {
        asksText: true,
        next: 'wish',
      },
    ),
    node('wish', say('What can I do about it?', '您想了解或办理什么？'), {
      answers: [
        answer('where', say('Where it is', '到哪里了'), 'tell', {
          dispositionId: 'order.follow.delivery',
        }),
        answer('date', say('Another day', '改约送货'), 'day', {
          dispositionId: 'order.follow.date',
        }),
        answer('address', say('Another address', '修改地址'), 'day', {
          dispositionId: 'order.follow.address',
        }),
        answer('return', say('Return or exchange', '退换货'), 'why', {
          dispositionId: 'order.follow.return',
        }),
        answer('invoice', say('Invoice', '发票'), 'filters', {
          dispositionId: 'order.billing.invoice',
        }),
      ],
    }),
    node(
      'tell',
      say(
        'It is on its way; the driver calls 30 minutes before.',
        '已经在路上，司机会提前 30 分钟联系您。',
      ),
      {
        next: 'filters',
      },
    ),
    node(
      'day',
      say(
        'What shall I write down? Changes reach us until 18:00 of the day before.',
        '请告诉我新的信息，送货前一天 18:00 之前都可以修改。',
      ),
      {
        asksText: true,
        next: 'filters',
      },
    ),
    node('why', say('What is wrong with it?', '商品有什么问题？'), {
      asksText: true,
      answers: [
        answer('damaged', say('Arrived damaged', '到货破损'), 'filters', {
          dispositionId: 'order.follow.damaged',
          tag: '破损',
        }),
        answer('changed', say('Changed my mind', '不想要了'), 'filters'),
      ],
    }),
    node(
      'filters',
      say(
        'Your filters were last changed a while ago. Shall I send a new set along?',
        '您的滤芯有一段时间没换了，需要一起寄一套吗？',
      ),
      {
        answers: [
          answer('yes', say('Yes', '需要'), null, { tag: '滤芯加购' }),
          answer('no', say('No', '不需要'), null),
          answer('skip', say('Not asked', '未询问'), null),
        ],
      },
    ),
  ],
};

/** Scripts of the practice firm. */
export const practiceScripts: readonly SampleRecord[] = [complaint, order].map(
  (fields, index): SampleRecord => ({
    entity: 'script',
    id: `019b76da-a800-7000-8003-${String(index + 1).padStart(12, '0')}`,
    fields,
  }),
);
