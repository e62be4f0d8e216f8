import { describe, expect, it } from 'vitest';
import { checkedAnswers } from '../domain/feedback/questionnaires.ts';
import { complaintStages } from '../domain/tickets/complaint.ts';
import { missingForStage } from '../domain/tickets/complaintStages.ts';
import { entities, entityNames } from '../sync/entities.ts';
import { defaultConfiguration } from './configuration.ts';
import { generateSample } from './generate.ts';
import { sampleOutcomes } from './history/history.ts';
import { practiceUsers } from './practiceUsers.ts';
import { recordsOf, testOptions, wholeSample } from './testSample.ts';

const { asOfMs } = testOptions;
const { records, summary } = wholeSample();
const customers = recordsOf(records, 'customer');
const contacts = recordsOf(records, 'contact');
/** A complaint has the id of its ticket, all others have one of their own. */
const ownIds = records.filter(({ entity }) => entity !== 'complaint');

describe('records', () => {
  it('fit the schemas of their entities', () => {
    const schemas = new Map(entityNames.map((name) => [name, entities[name].fields.strict()]));
    for (const { entity, fields } of records) {
      const parsed = schemas.get(entity)?.safeParse(fields);
      expect(parsed?.success ? null : `${entity}: ${parsed?.error.message}`).toBeNull();
    }
  });

  it('have ids of their own, UUID version 7', () => {
    expect(new Set(ownIds.map(({ id }) => id)).size).toBe(ownIds.length);
    const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(records.filter(({ id }) => !pattern.test(id))).toEqual([]);
  });

  it('are counted in the summary', () => {
    expect(summary.customers).toBe(testOptions.customers);
    for (const [entity, count] of Object.entries(summary.records)) {
      expect(count).toBe(records.filter((record) => record.entity === entity).length);
    }
  });

  it('are the same again with the same seed and others with another', () => {
    const small = { customers: 40, seed: 7, asOfMs };
    expect(wholeSample(small).records).toEqual(wholeSample(small).records);
    expect(wholeSample({ ...small, seed: 8 }).records).not.toEqual(wholeSample(small).records);
  });

  it('speak of nothing that happened after the sample’s now', () => {
    const late = records.filter(({ entity, fields }) => {
      if (entity === 'contact') return fields.at > asOfMs || fields.at < 0;
      if (entity === 'wrapUp') return fields.savedAt > asOfMs;
      if (entity === 'ticketEvent' || entity === 'order') return fields.at > asOfMs;
      if (entity === 'ticket') return fields.createdAt > asOfMs || (fields.closedAt ?? 0) > asOfMs;
      return entity === 'task' && fields.createdAt > asOfMs;
    });
    expect(late).toEqual([]);
  });

  it('work on the first possible day', () => {
    expect(
      wholeSample({ customers: 50, seed: 1, asOfMs: Date.UTC(2026, 0, 1) }).records.length,
    ).toBeGreaterThan(400);
  });

  it.each([
    { ...testOptions, customers: 0, asOfMs },
    { ...testOptions, customers: 2_000_001, asOfMs },
    { ...testOptions, seed: -1, asOfMs },
    { ...testOptions, asOfMs: Date.UTC(2025, 5, 1) },
  ])('refuse options that make no sample: %j', (options) => {
    expect(() => generateSample(options).next()).toThrow(RangeError);
  });
});

describe('references', () => {
  const known = new Map(ownIds.map((record) => [record.id, record]));
  const users = new Set(practiceUsers.map(({ id }) => id));

  it('lead from time line to call, order or ticket of the same customer', () => {
    for (const { fields } of contacts) {
      if (fields.refId === null) continue;
      const target = known.get(fields.refId);
      expect(target?.entity).toBe(fields.kind);
      expect(target && 'customerId' in target.fields && target.fields.customerId).toBe(
        fields.customerId,
      );
    }
    expect(contacts.filter(({ fields }) => fields.kind === 'ticket' && !fields.refId)).toEqual([]);
  });

  it('of every call, order and ticket come from one time-line entry', () => {
    const behind = ['call', 'order', 'ticket'];
    const shown = contacts.map(({ fields }) => fields.refId).filter((id) => id !== null);
    const made = records.filter(({ entity }) => behind.includes(entity)).map(({ id }) => id);
    expect(shown.toSorted()).toEqual(made.toSorted());
  });

  it('name existing customers, calls, tickets, users, queues and configured choices', () => {
    const queues = new Set(defaultConfiguration.queues.map(({ id }) => id));
    const dispositions = new Set(defaultConfiguration.dispositions.map(({ id }) => id));
    const categories = new Set(defaultConfiguration.ticketCategories.map(({ id }) => id));
    const idOf: Record<string, { has(id: string): boolean }> = {
      customerId: known,
      callId: known,
      ticketId: known,
      agentId: users,
      ownerId: users,
      firstContactId: users,
      byId: users,
      queueId: queues,
      dispositionId: dispositions,
      categoryId: categories,
    };
    for (const { fields } of records) {
      for (const [name, value] of Object.entries(fields)) {
        const holder = idOf[name];
        if (holder && value !== null)
          expect([name, holder.has(String(value))]).toEqual([name, true]);
      }
    }
    const linked = recordsOf(records, 'wrapUp').flatMap(({ fields }) => fields.ticketIds);
    expect(linked.length).toBeGreaterThan(100);
    expect(linked.filter((id) => known.get(id)?.entity !== 'ticket')).toEqual([]);
  });

  it('of complaints: one to each ticket of the kind, as far as its ticket, with what each stage needs', () => {
    const complaints = new Map(recordsOf(records, 'complaint').map((one) => [one.id, one.fields]));
    const tickets = recordsOf(records, 'ticket').filter(
      ({ fields }) => fields.type === 'complaint',
    );
    expect(tickets.length).toBeGreaterThan(20);
    expect(complaints.size).toBe(tickets.length);
    for (const { id, fields: ticket } of tickets) {
      const complaint = complaints.get(id);
      if (!complaint) throw new Error(`ticket ${id} has no complaint`);
      expect(complaint.stage === 'closed').toBe(ticket.state === 'closed');
      expect(missingForStage({ ...complaint, stage: 'received' }, complaint.stage)).toEqual([]);
      const reached = complaintStages.filter((stage) => complaint.stagesAt[stage] !== undefined);
      expect(reached.at(-1)).toBe(complaint.stage);
      const times = reached.map((stage) => complaint.stagesAt[stage] ?? 0);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    const sheets = recordsOf(records, 'answerSheet').map(({ fields }) => fields);
    expect(new Set(sheets.map(({ outcome }) => outcome))).toEqual(
      new Set(['satisfied', 'unsatisfied']),
    );
    for (const { questions, answers, outcome } of sheets) {
      expect(checkedAnswers(questions, answers)).toEqual(answers);
      expect(answers.solved).toBe(outcome === 'satisfied');
    }
  });

  it('use profile fields and outcomes that are known', () => {
    const fields = new Set(defaultConfiguration.profileFields.map(({ id }) => id));
    const used = new Set(customers.flatMap((customer) => Object.keys(customer.fields.profile)));
    expect([...used].filter((id) => !fields.has(id))).toEqual([]);
    for (const { fields } of contacts) {
      if (fields.outcome !== null) expect(sampleOutcomes[fields.kind]).toContain(fields.outcome);
    }
  });
});
