import { describe, expect, it } from 'vitest';
import type { OutboxEntry } from '#shared/contract/methods/outbox.ts';
import { entities } from '#shared/sync/entities.ts';
import { groupsOf, knownFields } from './outboxFields.ts';

const uuid = (n: number) => `019ac000-0000-7000-8000-${String(n).padStart(12, '0')}`;

function waiting(changes: Partial<OutboxEntry>): OutboxEntry {
  return {
    ...{ operationId: uuid(1), entity: 'ticket', entityId: uuid(2), title: null, isNew: false },
    ...{
      customerId: null,
      ticketId: null,
      callId: null,
      at: 100,
      fields: {},
      refusal: null,
      step: null,
    },
    ...changes,
  };
}

describe('waiting changes', () => {
  it('stand together by record, the newest value of each field counts', () => {
    const groups = groupsOf([
      waiting({ at: 200, fields: { subject: 'First', priority: 'normal' } }),
      waiting({ entity: 'task', entityId: uuid(3), title: 'Call back' }),
      waiting({ at: 300, title: 'Leak', fields: { subject: 'Leak' } }),
    ]);
    expect(groups).toMatchObject([
      {
        ...{ entity: 'ticket', title: 'Leak', count: 2, since: 200 },
        fields: { subject: 'Leak', priority: 'normal' },
      },
      { entity: 'task', title: 'Call back', count: 1 },
    ]);
  });

  it('of the agent’s own states are one', () => {
    const groups = groupsOf([
      waiting({ entity: 'presence', entityId: uuid(4) }),
      waiting({ entity: 'agentInterval', entityId: uuid(5) }),
      waiting({ entity: 'agentInterval', entityId: uuid(6) }),
    ]);
    expect(groups).toMatchObject([{ key: 'agentState', count: 3 }]);
  });
});

describe('the fields that an agent knows', () => {
  it('stand in the order of the forms, without ids and copies', () => {
    const fields = { description: 'x', no: null, customerId: uuid(9), subject: 'Leak' };
    expect(knownFields({ entity: 'ticket', fields }).map(({ name }) => name)).toEqual([
      'subject',
      'description',
    ]);
  });

  it('are fields of their entity', () => {
    for (const [entity, { fields: schema }] of Object.entries(entities)) {
      const all = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, 'x']));
      const known = knownFields({ entity, fields: { ...all, strange: 'x' } });
      expect(known.every(({ name }) => name in schema.shape)).toBe(true);
    }
    expect(knownFields({ entity: 'of tomorrow', fields: { name: 'x' } })).toEqual([]);
  });
});
