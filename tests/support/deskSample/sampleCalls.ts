import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Candidate, JournalEntry } from '#shared/contract/models/records.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { sampleCard } from './sampleCustomer.ts';
import { agentId, callId, customerId, dayMs, idOf, minuteMs, words } from './sampleWords.ts';

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
