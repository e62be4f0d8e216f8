import type { Resource } from '../resource.ts';

const readOnly = { refers: {}, create: null, change: null };

export const calls: Resource = {
  ...readOnly,
  entity: 'call',
  path: 'calls',
  one: 'call: one agent’s part of the way of a caller',
  many: 'calls',
  read: 'calls:read',
  filters: ['updatedSince', 'customerId', 'agentId', 'number'],
};

export const wrapUps: Resource = {
  ...readOnly,
  entity: 'wrapUp',
  path: 'wrap-ups',
  one: 'wrap-up of a call',
  many: 'wrap-ups of calls',
  read: 'wrapUps:read',
  filters: ['updatedSince', 'customerId', 'agentId', 'callId'],
};

export const users: Resource = {
  ...readOnly,
  entity: 'user',
  path: 'users',
  one: 'user',
  many: 'users',
  read: 'users:read',
  filters: ['updatedSince'],
};
