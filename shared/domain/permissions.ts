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
  /** Tickets of others: hand out, take back, close without a visit, in bulk. */
  'tickets.manage',
  /** Two records of one customer become one, and become two again. */
  'customers.merge',
  /** Values of many customers at once. */
  'customers.bulk',
  /** Segments and standing lists. */
  'segments.manage',
  /** Articles and scripts. */
  'knowledge.write',
  /** Questionnaires, and what they came to. */
  'feedback.manage',
  /** The state of others: set it, sign them out, which queues they take. */
  'team.manage',
  /** Messages to agents, teams or all; requests for help. */
  'messages.send',
  'reports.read',
  /** Saved reports for everybody, and when they are sent to whom. */
  'reports.manage',
  'recordings.play',
  /** What an administrator sets for everybody. */
  'configuration.write',
  /** Accounts: who may sign in, as what. */
  'users.manage',
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
  supervisor: new Set([
    ...ofAgent,
    'team.watch',
    'calls.listen',
    'data.export',
    'tickets.manage',
    'customers.merge',
    'customers.bulk',
    'segments.manage',
    'knowledge.write',
    'feedback.manage',
    'team.manage',
    'messages.send',
    'reports.read',
    'reports.manage',
    'recordings.play',
  ]),
  quality: new Set([
    'customers.read',
    'tickets.read',
    'team.watch',
    'knowledge.write',
    'feedback.manage',
    'reports.read',
    'recordings.play',
  ]),
  administrator: new Set(permissions),
};

/** The one answer to "may this role do that", asked by the desk before and by the server again. */
export function mayDo(role: Role, permission: Permission): boolean {
  return granted[role].has(permission);
}
