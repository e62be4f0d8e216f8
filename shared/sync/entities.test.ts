import { describe, expect, it } from 'vitest';
import { changeSchemaOf, entities, entityNames } from './entities.ts';

describe('a change of a record', () => {
  it.each(entityNames)('%s: says nothing of fields that it does not have', (entity) => {
    expect(changeSchemaOf(entities[entity].fields).parse({})).toEqual({});
  });

  it('is held against the fields that it has', () => {
    const change = changeSchemaOf(entities.call.fields);
    expect(change.parse({ recordingGaps: [{ from: 1, to: null }] })).toEqual({
      recordingGaps: [{ from: 1, to: null }],
    });
    expect(change.safeParse({ recordingGaps: [{ from: 'now' }] }).success).toBe(false);
    expect(change.safeParse({ heldMs: undefined }).success).toBe(true);
    expect(change.safeParse({ heldMs: null }).success).toBe(false);
  });
});

describe('a call recorded before reports were kept', () => {
  const old = {
    callRef: 'ref',
    direction: 'in',
    queueId: null,
    numberRaw: '13800138000',
    numberKey: null,
    callerName: null,
    customerId: null,
    agentId: '019b76da-a800-7000-8000-000000002041',
    offeredAt: 1,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    result: null,
    waitedMs: null,
    heldMs: 0,
  };

  it('still reads, as a call of a customer without report', () => {
    expect(entities.call.fields.parse(old)).toEqual({
      ...old,
      report: null,
      transferredTo: null,
      transferredBy: null,
      recordingGaps: [],
      kind: 'customer',
    });
  });
});
