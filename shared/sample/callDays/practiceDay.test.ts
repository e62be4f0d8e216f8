import { beforeAll, describe, expect, test } from 'vitest';
import { historyOf } from '../../domain/metrics/callHistory.ts';
import {
  type CaseContact,
  firstContactRate,
  firstContactsIn,
} from '../../domain/metrics/firstContact.ts';
import { complaintFigures } from '../../domain/tickets/complaintFigures.ts';
import { entities } from '../../sync/entities.ts';
import { dateAt, dayMs } from '../history/days.ts';
import { planCustomer } from '../people/customerPlan.ts';
import { practiceUsers } from '../practiceUsers.ts';
import type { SampleRecord } from '../record.ts';
import { recordsOf } from '../testSample.ts';
import { homeDayOf, startOfDay } from './demand.ts';
import { type PracticeDay, practiceDay } from './practiceDay.ts';

const size = { customers: 2000, seed: 7 };
const today = homeDayOf(Date.UTC(2026, 10, 9, 4));
const asOfMs = startOfDay(today) + 9 * 3_600_000;

function made(day: number): PracticeDay {
  return practiceDay({ ...size, day, asOfMs, pbx: 'practice.invalid' });
}

describe('days of the practice centre', () => {
  let days: PracticeDay[];
  let records: SampleRecord[];
  beforeAll(() => {
    days = Array.from({ length: 14 }, (_, index) => made(today - 14 + index));
    records = days.flatMap((day) => day.records);
  });

  test('are the same whenever they are made', () => {
    expect(made(today - 3)).toEqual(made(today - 3));
  });

  test('have records that fit their schemas, with ids of their own, of nothing that is still to come', () => {
    const ids = records.map(({ entity, id }) => `${entity} ${id}`);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { entity, fields } of days.slice(-3).flatMap((day) => day.records)) {
      const parsed = entities[entity].fields.strict().safeParse(fields);
      expect(parsed.success ? null : `${entity}: ${parsed.error.message}`).toBeNull();
    }
    const late = records.filter(
      ({ entity, fields }) =>
        (entity === 'wrapUp' && fields.savedAt > asOfMs) ||
        (entity === 'ticketEvent' && fields.at > asOfMs) ||
        (entity === 'answerSheet' && fields.at > asOfMs),
    );
    expect(late).toEqual([]);
  });

  test('tell of the same calls in events and records', () => {
    for (const { events, records: own } of days) {
      const { handles } = historyOf(events);
      const calls = recordsOf(own, 'call').map(({ fields }) => fields);
      const keyOf = (of: { callRef: string; agentId: string }) => `${of.callRef} ${of.agentId}`;
      const talked = new Set(handles.filter(({ talkMs }) => talkMs > 0).map(keyOf));
      const answered = calls.filter(({ answeredAt }) => answeredAt !== null).map(keyOf);
      expect(answered.toSorted()).toEqual([...talked].toSorted());
      const wrapUps = new Map(
        recordsOf(own, 'wrapUp').map(({ fields }) => [fields.callId, fields]),
      );
      for (const { id, fields } of recordsOf(own, 'call')) {
        expect(wrapUps.has(id)).toBe(fields.answeredAt !== null);
      }
      const keys = new Set(calls.map(keyOf));
      expect(handles.filter((handle) => !keys.has(keyOf(handle)))).toEqual([]);
    }
    const users = new Set(practiceUsers.map(({ id }) => id));
    const strangers = days.flatMap(({ events }) =>
      events.filter((event) => 'agentId' in event && !users.has(event.agentId)),
    );
    expect(strangers).toEqual([]);
  });

  test('have callers who are customers of the sample', () => {
    const customers = new Set(
      Array.from({ length: size.customers }, (_, index) => planCustomer(size, index).id),
    );
    const calls = recordsOf(records, 'call');
    expect(calls.length).toBeGreaterThan(1500);
    expect(calls.filter(({ fields }) => !customers.has(fields.customerId ?? ''))).toEqual([]);
  });

  test('have callers who come back: most matters were settled by the first contact', () => {
    const contacts = recordsOf(records, 'wrapUp').flatMap(({ fields }): CaseContact[] => {
      const { customerId, dispositionId: categoryId, savedAt: at, result } = fields;
      return customerId ? [{ customerId, categoryId, at, resolved: result === 'resolved' }] : [];
    });
    const span = { from: asOfMs - 14 * dayMs, to: asOfMs - 7 * dayMs };
    const rate = firstContactRate(firstContactsIn(contacts, span, asOfMs));
    expect(rate).toBeGreaterThan(0.5);
    expect(rate).toBeLessThan(0.9);
  });

  test('have complaints of which a few categories make the most, and satisfied customers', () => {
    const counted = recordsOf(records, 'complaint').map(({ fields }) => ({
      ...{ createdAt: fields.createdAt, closedAt: null, categoryId: fields.categoryId },
      ...{ reopened: 0, firstVisit: null },
    }));
    const { total, byCategory } = complaintFigures(counted, [], (at) => dateAt(at));
    expect(total).toBeGreaterThan(60);
    expect(byCategory.map(({ categoryId }) => categoryId).slice(0, 2)).toEqual([
      'complaint.delay',
      'complaint.quality',
    ]);
    expect(byCategory[1]?.upTo).toBeGreaterThan(0.65);
    const sheets = recordsOf(records, 'answerSheet');
    expect(sheets.length).toBeGreaterThan(20);
    const satisfied = sheets.filter(({ fields }) => fields.outcome === 'satisfied').length;
    expect(satisfied / sheets.length).toBeGreaterThan(0.6);
  });
});
