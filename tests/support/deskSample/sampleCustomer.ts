import type { Card, TaskView, TicketView, TimelineEntry } from '#shared/contract/models/records.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { agentId, customerId, dayMs, hourMs, idOf, minuteMs, words } from './sampleWords.ts';

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
