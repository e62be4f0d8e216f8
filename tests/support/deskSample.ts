import { usualDevices } from '#shared/contract/media.ts';
import type { Found } from '#shared/contract/methods/search.ts';
import type {
  AgentView,
  Candidate,
  Card,
  DeskCall,
  JournalEntry,
  SearchHit,
  SessionView,
  Snapshot,
  TaskView,
  TicketView,
  TimelineEntry,
} from '#shared/contract/models.ts';
import { partsFrom } from '#shared/domain/settings/parts.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

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

const words: Record<Language, Words> = {
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

const kinds = ['call', 'ticket', 'visit', 'ticket', 'call', 'order', 'campaign', 'survey'] as const;
const outcomes = [
  'followUp',
  null,
  'rescheduled',
  null,
  'resolved',
  'delivered',
  'accepted',
  'satisfied',
];
const ages = [
  4 * hourMs,
  1.1 * dayMs,
  1.3 * dayMs,
  3 * dayMs,
  3.1 * dayMs,
  9 * dayMs,
  18 * dayMs,
  37 * dayMs,
];

/** One customer's time line with as many entries as asked for, newest first. */
export function sampleTimeline(language: Language, now: number, count = 8): TimelineEntry[] {
  return Array.from({ length: count }, (_, at): TimelineEntry => {
    const round = Math.floor(at / kinds.length);
    const one = at % kinds.length;
    const [title, detail] = words[language].entries[one] ?? ['', ''];
    const kind = kinds[one] ?? 'call';
    return {
      id: idOf(1000 + at),
      customerId,
      kind,
      at: now - (ages[one] ?? 0) - round * 40 * dayMs,
      title,
      detail,
      agentId: one === 4 ? agentId : idOf(9),
      agentName: one === 4 ? words[language].agent : 'Tomasz Wrona',
      queueId: 'support',
      direction: 'in',
      durationMs: kind === 'call' ? 228_000 : null,
      refId: null,
      outcome: outcomes[one] ?? null,
    };
  });
}

export function sampleTicket(language: Language, now: number, at = 0): TicketView {
  return {
    id: idOf(50 + at),
    no: at === 2 ? null : `2026000${20418 - at}`,
    type: 'repair',
    categoryId: null,
    priority: at === 0 ? 'urgent' : 'normal',
    state: at === 0 ? 'inProgress' : 'assigned',
    subject: words[language].tickets[at % 2] ?? '',
    description: '',
    customerId,
    callId: null,
    queueId: 'support',
    numberRaw: null,
    ownerId: idOf(9),
    firstContactId: agentId,
    firstContactName: words[language].agent,
    createdAt: now - 2 * dayMs,
    dueAt: now + (at === 0 ? 3.2 * hourMs : 28 * hourMs),
    closedAt: null,
    ...usualFieldsOf('ticket'),
    customerName: words[language].name,
    ownerName: 'Tomasz Wrona',
    waiting: at === 2,
  };
}

export function sampleTask(language: Language, now: number, at = 0): TaskView {
  const dues = [54 * minuteMs, 2 * hourMs, -24 * minuteMs, 3 * dayMs];
  return {
    id: idOf(70 + at),
    kind: (['promise', 'callBack', 'callBack', 'returnVisit'] as const)[at % 4] ?? 'callBack',
    title: words[language].promise,
    customerId,
    customerName: words[language].name,
    numberRaw: '+493023125047',
    callId: null,
    ticketId: null,
    ownerId: agentId,
    ownerName: words[language].agent,
    dueAt: now + (dues[at % 4] ?? 0),
    state: 'open',
    createdAt: now - dayMs,
    ...usualFieldsOf('task'),
    waiting: false,
  };
}

export function sampleCard(language: Language, now: number, entries = 8): Card {
  const text = words[language];
  const point = (at: number, more: Partial<Card['contactPoints'][number]>) => ({
    id: idOf(20 + at),
    customerId,
    kind: 'phone' as const,
    label: 'mobile' as const,
    raw: '+493023125047',
    normal: '+493023125047',
    extension: null,
    preferred: at === 0,
    verifiedOn: '2026-03-12',
    retired: false,
    display: text.number,
    ...usualFieldsOf('contactPoint'),
    ...more,
  });
  return {
    customer: {
      id: customerId,
      no: '1048213',
      kind: 'person',
      name: text.name,
      valueClass: 'A',
      since: '2019-04-02',
      tags: text.tags,
      profile: {
        birthday: { value: '1984-05-12', verifiedOn: '2026-03-12', source: 'call' },
        language: {
          value: language === 'en' ? 'German, English' : '普通话、粤语',
          verifiedOn: '2025-11-30',
          source: 'call',
        },
        household: { value: '3', verifiedOn: null, source: 'import' },
      },
      pinnedNote: text.note,
      createdAt: now - 2000 * dayMs,
      createdBy: text.agent,
      ...usualFieldsOf('customer'),
    },
    contactPoints: [
      point(0, {}),
      point(1, {
        label: 'landline',
        raw: '+493023125811',
        normal: '+493023125811',
        display: '+49 30 23125 811',
      }),
      point(2, {
        kind: 'address',
        label: 'home',
        raw: text.address,
        normal: null,
        display: text.address,
        verifiedOn: '2025-09-01',
      }),
    ],
    timeline: sampleTimeline(language, now, entries),
    timelineTotal: Math.max(entries, 46),
    openTickets: [sampleTicket(language, now, 0), sampleTicket(language, now, 1)],
    promises: [sampleTask(language, now, 0)],
    orders: [
      {
        id: idOf(60),
        customerId,
        no: 'SO-77391',
        at: now - dayMs,
        title: text.order,
        amount: { minor: 4990, currency: 'EUR' },
        state: 'shipped',
      },
      {
        id: idOf(61),
        customerId,
        no: 'SO-77120',
        at: now - 9 * dayMs,
        title: text.entries[5]?.[1] ?? '',
        amount: { minor: 6480, currency: 'EUR' },
        state: 'delivered',
      },
    ],
  };
}

export function sampleCall(
  language: Language,
  now: number,
  more: Partial<DeskCall> = {},
): DeskCall {
  const text = words[language];
  return {
    id: callId,
    callRef: 'practice-1',
    kind: 'customer',
    direction: 'in',
    state: 'ringing',
    number: {
      raw: '+493023125047',
      display: text.number,
      key: '+493023125047',
      withheld: false,
      region: { en: 'Berlin', 'zh-CN': '广东广州' },
    },
    callerName: null,
    queueId: 'support',
    waitedMs: 42_000,
    offeredAt: now - 8_000,
    ringEndsAt: now + 12_000,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    result: null,
    muted: false,
    consultFor: null,
    conference: false,
    transferring: false,
    heldSince: null,
    transferredBy: null,
    autoAnswerAt: null,
    quality: null,
    recording: null,
    listener: null,
    media: 'none',
    customerId,
    customerName: text.name,
    ticketIds: [],
    pop: { callId, match: 'one', candidates: [], card: sampleCard(language, now) },
    wrapUp: 'none',
    wrapUpEndsAt: null,
    failure: null,
    ...more,
  };
}

export function severalCall(
  language: Language,
  now: number,
  more: Partial<DeskCall> = {},
): DeskCall {
  const candidate = (at: number, name: string): Candidate => ({
    customerId: idOf(80 + at),
    name,
    kind: at === 0 ? ('company' as const) : ('person' as const),
    valueClass: (['A', 'B', 'B'] as const)[at] ?? 'C',
    certainty: at === 2 ? ('maybe' as const) : ('exact' as const),
    lastContactAt: now - (at + 1) * 3 * dayMs,
    openTickets: at === 0 ? 1 : 0,
    place: words[language].region,
    verifiedOn: at === 2 ? null : '2026-03-12',
  });
  const names =
    language === 'en'
      ? ['Havelwerk Pumpen GmbH', 'Oliver Marquardt', 'Renate Stöcker']
      : ['恒泰水泵有限公司', '陈建国', '刘芳'];
  return sampleCall(language, now, {
    customerId: null,
    customerName: null,
    pop: {
      callId,
      match: 'several',
      candidates: names.map((name, at) => candidate(at, name)),
      card: null,
    },
    ...more,
  });
}

export function unknownCall(
  language: Language,
  now: number,
  more: Partial<DeskCall> = {},
): DeskCall {
  return sampleCall(language, now, {
    customerId: null,
    customerName: null,
    pop: { callId, match: 'none', candidates: [], card: null },
    ...more,
  });
}

export function sampleJournal(language: Language, now: number, count = 9): JournalEntry[] {
  const results = ['answered', 'answered', 'missed'] as const;
  return Array.from({ length: count }, (_, at): JournalEntry => {
    const result = results[at % 3] ?? 'answered';
    return {
      callId: idOf(200 + at),
      callRef: `ref-${at}`,
      at: now - (at * 24 + 10) * minuteMs,
      direction: at % 4 === 3 ? 'out' : 'in',
      queueId: 'support',
      numberKey: null,
      numberDisplay: words[language].number,
      customerId: at % 3 === 2 ? null : customerId,
      customerName: at % 3 === 2 ? null : words[language].name,
      agentId,
      agentName: words[language].agent,
      result,
      talkMs: result === 'missed' ? null : 180_000 + at * 37_000,
      waitedMs: 20_000,
      heldMs: 0,
      transferredTo: null,
      endedBy: 'customer',
      wrapUp:
        result === 'missed'
          ? null
          : {
              id: idOf(300 + at),
              callId: idOf(200 + at),
              customerId,
              agentId,
              agentName: words[language].agent,
              dispositionId: defaultConfiguration.dispositions[at]?.id ?? '',
              result: 'resolved',
              notes: '',
              followUpAt: null,
              ticketIds: [],
              afterCallMs: 30_000,
              savedAt: now,
              ...usualFieldsOf('wrapUp'),
            },
      tickets: [],
      followUp: null,
    };
  });
}

export function sampleHits(language: Language): SearchHit[] {
  return [
    {
      customerId,
      name: words[language].name,
      valueClass: 'A',
      kind: 'person',
      hint: words[language].number,
    },
    {
      customerId: idOf(80),
      name: 'Havelwerk Pumpen GmbH',
      valueClass: 'B',
      kind: 'company',
      hint: 'Spandau',
    },
  ];
}

/** What the search field finds. */
export function sampleFound(language: Language): Found {
  const [person, firm] = sampleHits(language);
  const named = (hit: SearchHit | undefined, marks: [number, number][]) =>
    hit ? [{ ...hit, found: { field: 'name' as const, text: hit.name, marks } }] : [];
  return {
    customers: [...named(person, [[0, 2]]), ...named(firm, [])],
    tickets: [],
    notes: [],
    articles: [],
    incomplete: false,
  };
}

export function sampleSession(language: Language, more: Partial<SessionView> = {}): SessionView {
  return {
    state: 'signedIn',
    user: {
      id: agentId,
      login: 'agent1',
      name: words[language].agent,
      role: 'agent',
      teamId: 'team-1',
      extension: '2041',
      queueIds: ['support', 'orders'],
    },
    offline: false,
    server: { url: 'http://127.0.0.1:7600', reachable: true },
    practice: null,
    version: '0.1.0',
    ...more,
  };
}

export function sampleAgent(state: AgentView['state'], now: number): AgentView {
  return {
    state,
    reason: state === 'break' ? 'rest' : null,
    since: now - 272_000,
    next: null,
    breakEndsAt: null,
    pbx: null,
  };
}

/** A desk that has signed in and waits for calls; `more` replaces whole slices. */
export function sampleSnapshot(
  language: Language,
  now: number,
  more: Partial<Snapshot> = {},
): Snapshot {
  return {
    session: sampleSession(language),
    settings: { language, theme: 'light', rememberedLogin: null, devices: usualDevices },
    agent: sampleAgent('ready', now),
    calls: [],
    phone: {
      state: 'registered',
      failure: null,
      nextTryAt: null,
      microphone: 'ok',
      microphoneLabel: 'Duet 45',
    },
    sync: {
      state: 'online',
      offlineSince: null,
      nextTryAt: null,
      waiting: 0,
      waitingSince: null,
      refused: [],
      received: 0,
      total: null,
      comparing: null,
      lastSyncAt: now,
    },
    configuration: defaultConfiguration,
    parts: partsFrom(() => null),
    notices: [],
    now,
    ...more,
  };
}

/** Signed out in practice mode, with users to choose from. */
export function signedOutSnapshot(
  language: Language,
  now: number,
  more: Partial<Snapshot> = {},
): Snapshot {
  const names =
    language === 'en' ? ['Priya Nair', 'Tomasz Wrona', 'Anna Demir'] : ['李敏', '吴涛', '何颖'];
  return sampleSnapshot(language, now, {
    session: sampleSession(language, {
      state: 'signedOut',
      user: null,
      practice: {
        users: names.map((name, at) => ({
          login: `user${at + 1}`,
          name,
          role: at === 2 ? 'supervisor' : 'agent',
          password: `practice-${at + 1}`,
        })),
      },
    }),
    agent: sampleAgent('signedOut', now),
    ...more,
  });
}
