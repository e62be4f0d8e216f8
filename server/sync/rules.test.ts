import { describe, expect, it } from 'vitest';
import type { Role } from '#shared/domain/permissions.ts';
import { type EntityName, entityNames } from '#shared/sync/entities.ts';
import { type Colleague, refusalOf } from './rules.ts';

const me = '019b76da-a800-7000-8000-000000002041';
const you = '019b76da-a800-7000-8000-000000002042';

function userOf(role: Role): Colleague {
  return {
    id: me,
    login: 'me',
    name: 'Me',
    role,
    teamId: null,
    extension: null,
    queueIds: [],
    team: [],
  };
}

const own: Partial<Record<EntityName, Record<string, unknown>>> = {
  wrapUp: { agentId: me },
  ticketEvent: { byId: me },
  presence: { userId: me },
  agentInterval: { userId: me },
  fieldChange: { byId: me },
  dripAnswer: { byId: me },
  notDuplicate: { byId: me },
  answerSheet: { byId: me },
  articleVersion: { byId: me },
  articleFeedback: { byId: me },
  savedView: { ownerId: me },
  notification: { userId: me },
};

/** Written by the server alone. */
const given: EntityName[] = ['user', 'setting'];
/** What an agent only reads. */
const ofLeads: EntityName[] = [
  'customerMerge',
  'notDuplicate',
  'ticketTemplate',
  'questionnaire',
  'article',
  'articleVersion',
  'script',
  'segment',
];

const mayWrite: Record<Role, EntityName[]> = {
  agent: entityNames.filter((name) => ![...given, ...ofLeads].includes(name)),
  supervisor: entityNames.filter((name) => !given.includes(name)),
  administrator: entityNames.filter((name) => !given.includes(name)),
  quality: [
    'presence',
    'agentInterval',
    'savedView',
    'questionnaire',
    'article',
    'articleVersion',
    'articleFeedback',
    'script',
    'notification',
    'message',
    'helpRequest',
  ],
};

describe('who may write what', () => {
  const roles: Role[] = ['agent', 'supervisor', 'quality', 'administrator'];
  it.each(roles)('%s', (role) => {
    const allowed = entityNames.filter(
      (entity) =>
        refusalOf(userOf(role), { entity, entityId: me, fields: own[entity] ?? {} }, null) === null,
    );
    expect(allowed).toEqual(mayWrite[role]);
  });

  it('takes a record of someone else from nobody, whatever the change says', () => {
    const change = { entity: 'wrapUp', entityId: me, fields: { agentId: me } } as const;
    expect(refusalOf(userOf('administrator'), change, { agentId: you })?.reason).toBe('not-yours');
    expect(refusalOf(userOf('agent'), { ...change, fields: {} }, { agentId: me })).toBeNull();
  });
});
