import { z } from 'zod';

export const roles = ['agent', 'supervisor', 'quality', 'administrator'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const permissions = [
  'calls.take',
  'customers.read',
  'customers.write',
  'tickets.read',
  'tickets.write',
  'wrapUps.write',
  'tasks.write',
  'team.watch',
  /** Listen in, whisper, barge, take over. */
  'calls.listen',
  /** Bring records in from files. */
  'data.import',
  /** Take records out into files. */
  'data.export',
  /** Keys of other programs, and what they are told. */
  'integrations.manage',
] as const;
export type Permission = (typeof permissions)[number];

const ofAgent: Permission[] = [
  'calls.take',
  'customers.read',
  'customers.write',
  'tickets.read',
  'tickets.write',
  'wrapUps.write',
  'tasks.write',
];

const granted: Record<Role, ReadonlySet<Permission>> = {
  agent: new Set(ofAgent),
  supervisor: new Set([...ofAgent, 'team.watch', 'calls.listen', 'data.export']),
  quality: new Set(['customers.read', 'tickets.read', 'team.watch']),
  administrator: new Set(permissions),
};

/** The one answer to "may this role do that", asked by the desk before and by the server again. */
export function mayDo(role: Role, permission: Permission): boolean {
  return granted[role].has(permission);
}
