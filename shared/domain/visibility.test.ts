import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EntityName, entityNames } from '../sync/entities.ts';
import { type Role, roles } from './permissions.ts';
import {
  audiencesLeft,
  cardAudience,
  isInSight,
  maySee,
  sightOf,
  type Viewer,
} from './visibility.ts';

const me = 'me';
const mate = 'mate';
const stranger = 'stranger';
const viewer = (role: Role): Viewer => ({ id: me, role, team: [me, mate] });

type Row = [EntityName, Record<string, unknown>, Role[]];
const everyone = [...roles];
const watchers: Role[] = ['supervisor', 'quality', 'administrator'];

const rows: Row[] = [
  ['customer', {}, everyone],
  ['contactPoint', {}, everyone],
  ['contact', { customerId: null, agentId: stranger }, everyone],
  ['order', {}, everyone],
  ['ticket', { ownerId: stranger }, everyone],
  ['ticketEvent', { byId: stranger }, everyone],
  ['call', { agentId: me }, everyone],
  ['call', { agentId: mate, customerId: 'c' }, watchers],
  ['call', { agentId: stranger }, watchers],
  ['wrapUp', { agentId: me }, everyone],
  ['wrapUp', { agentId: mate }, watchers],
  ['wrapUp', { agentId: stranger }, watchers],
  ['agentInterval', { userId: me }, everyone],
  ['agentInterval', { userId: mate }, watchers],
  ['task', { ownerId: me, customerId: null }, everyone],
  ['task', { ownerId: mate, customerId: null }, everyone],
  ['task', { ownerId: stranger, customerId: null }, watchers],
  ['task', { ownerId: stranger, customerId: 'c' }, everyone],
  ['presence', { userId: stranger }, everyone],
  ['user', {}, everyone],
  ['setting', {}, everyone],
  ['relation', {}, everyone],
  ['fieldChange', { byId: stranger }, everyone],
  ['dripAnswer', { byId: stranger }, everyone],
  ['customerMerge', {}, everyone],
  ['notDuplicate', { byId: stranger }, everyone],
  ['attachment', {}, everyone],
  ['ticketTemplate', {}, everyone],
  ['savedView', { ownerId: stranger }, everyone],
  ['complaint', {}, everyone],
  ['questionnaire', {}, everyone],
  ['answerSheet', {}, everyone],
  ['article', {}, everyone],
  ['articleVersion', {}, everyone],
  ['articleFeedback', { byId: me }, everyone],
  ['articleFeedback', { byId: mate }, watchers],
  ['script', {}, everyone],
  ['segment', {}, ['supervisor', 'administrator']],
  ['notification', { userId: me }, everyone],
  ['notification', { userId: mate }, []],
  ['missedCall', {}, everyone],
  ['message', { recipientId: me, senderId: stranger }, everyone],
  ['message', { recipientId: stranger, senderId: me }, everyone],
  ['message', { recipientId: stranger, senderId: mate }, []],
  ['helpRequest', { agentId: me }, everyone],
  ['helpRequest', { agentId: mate }, watchers],
];

describe('who sees what', () => {
  test.each(rows)('%s %j: %j', (entity, fields, expected) => {
    expect(roles.filter((role) => maySee(viewer(role), entity, fields))).toEqual(expected);
  });

  test('every entity stands in the table', () => {
    expect(new Set(rows.map(([entity]) => entity))).toEqual(new Set(entityNames));
  });

  test('somebody without a team sees the own tasks', () => {
    const alone: Viewer = { id: me, role: 'agent', team: [] };
    expect(maySee(alone, 'task', { ownerId: me })).toBe(true);
    expect(maySee(alone, 'task', { ownerId: mate })).toBe(false);
  });
});

describe('who is left behind by a change', () => {
  test.each<[EntityName, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ['call', { agentId: me }, { agentId: mate }, [me]],
    ['call', { agentId: me, result: null }, { agentId: me, result: 'answered' }, []],
    ['task', { ownerId: me, customerId: 'c' }, { ownerId: mate, customerId: 'c' }, [me]],
    ['task', { ownerId: me, customerId: 'c' }, { ownerId: me, customerId: null }, [cardAudience]],
    ['ticket', { ownerId: me }, { ownerId: mate }, []],
  ])('%s %j → %j: %j', (entity, before, after, left) => {
    expect(audiencesLeft(entity, before, after)).toEqual(left);
  });

  const person = fc.constantFrom(me, mate, stranger);
  const fieldsOf = fc.record({
    ownerId: person,
    agentId: person,
    userId: person,
    customerId: fc.constantFrom(null, 'c'),
  });

  test('law: whoever saw a record and does not now is among them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...entityNames),
        fc.constantFrom(...roles),
        fieldsOf,
        fieldsOf,
        (entity, role, before, after) => {
          const sight = sightOf(viewer(role), entity);
          if (!isInSight(sight, before) || isInSight(sight, after)) return;
          const left = audiencesLeft(entity, before, after);
          const words = typeof sight === 'string' ? [] : [...sight.ids, cardAudience];
          expect(left.some((audience) => words.includes(audience))).toBe(true);
        },
      ),
    );
  });
});
