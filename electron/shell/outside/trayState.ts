import type { AgentView, PhoneStatus, SessionView } from '#shared/contract/models/desk.ts';

/** What the tray shows at a glance; each has an icon of its own shape and colour. */
export const trayStates = [
  'signedOut',
  'offline',
  'break',
  'ready',
  'ringing',
  'onCall',
  'wrapUp',
] as const;
export type TrayState = (typeof trayStates)[number];

export interface TrayFacts {
  session: Pick<SessionView, 'state'>;
  agent: Pick<AgentView, 'state' | 'reason'>;
  phone: Pick<PhoneStatus, 'state'>;
}

/** A phone that is not connected matters more than the rest one would take calls from. */
export function trayStateOf({ session, agent, phone }: TrayFacts): TrayState {
  if (session.state === 'signedOut' || agent.state === 'signedOut') return 'signedOut';
  const isResting = agent.state === 'ready' || agent.state === 'break';
  return isResting && phone.state !== 'registered' ? 'offline' : agent.state;
}
