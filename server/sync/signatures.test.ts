import { describe, expect, it } from 'vitest';
import type { ReceivedOperation } from '../store/operations.ts';
import type { Author } from './rules.ts';
import { refusalOfSignature, signed } from './signatures.ts';

const me = 'xu';
const author: Author = {
  ...{ id: me, login: 'xu.jing', name: '徐静', role: 'agent', teamId: null },
  ...{ extension: null, queueIds: [], team: [] },
};
const operation = (entity: string, fields: Record<string, unknown>): ReceivedOperation => ({
  ...{ id: 'o', entity, entityId: 'e', clock: '', baseVersion: null, authorId: me, at: 1, fields },
});

describe('the name of an author', () => {
  it.each([
    ['of an event', 'ticketEvent', { byId: me, byName: '王' }, { byId: me, byName: '徐静' }],
    ['of an owner', 'ticket', { ownerId: me, ownerName: '' }, { ownerId: me, ownerName: '徐静' }],
    [
      'of a step',
      'ticket',
      { lastStep: { byId: me, byName: '王', note: null } },
      { lastStep: { byId: me, byName: '徐静', note: null } },
    ],
    [
      'of one try among others',
      'task',
      { attempts: [{ byId: 'other', byName: '王' }, { byId: me, byName: '王' }, 7] },
      { attempts: [{ byId: 'other', byName: '王' }, { byId: me, byName: '徐静' }, 7] },
    ],
    ['of who has done it', 'task', { doneBy: '王' }, { doneBy: '徐静' }],
    ['of nobody', 'task', { doneBy: null, attempts: null }, { doneBy: null, attempts: null }],
    [
      'of others is left',
      'ticket',
      { ownerId: 'w', ownerName: '王' },
      { ownerId: 'w', ownerName: '王' },
    ],
  ])('%s', (_, entity, fields, expected) => {
    expect(signed(author, operation(entity, fields)).fields).toEqual(expected);
  });

  it('of a program is what the server has written', () => {
    const program = { id: me, writes: new Set<never>() };
    const fields = { byId: me, byName: 'crm' };
    expect(signed(program, operation('ticketEvent', fields)).fields).toEqual(fields);
  });

  it('cannot be that of somebody else', () => {
    const fields = { byId: 'other', byName: '王' };
    expect(refusalOfSignature(author, { entity: 'attachment', fields })?.reason).toBe('not-yours');
    expect(refusalOfSignature(author, { entity: 'attachment', fields: { byId: me } })).toBeNull();
    expect(refusalOfSignature(author, { entity: 'call', fields })).toBeNull();
  });
});
