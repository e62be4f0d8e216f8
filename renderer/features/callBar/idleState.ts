import type { AgentView, PhoneStatus } from '#shared/contract/models/desk.ts';

/** What keeps calls away from somebody who takes them, the worst first. */
export const obstacles = [
  'noPhone',
  'noMicrophone',
  'phoneOff',
  'connecting',
  'pbxPaused',
] as const;
export type Obstacle = (typeof obstacles)[number];

/** What is said where the server can be reached. */
export type IdleHint = Obstacle | 'notice' | 'noCalls' | 'waiting' | 'missed' | 'break';

/** The worst of what is the matter, as a shape and a colour; else what the agent rests in. */
export type IdleLook = Obstacle | 'offline' | 'noCalls' | 'ready' | 'break';

export interface IdleFacts {
  takesCalls: boolean;
  offline: boolean;
  phone: Pick<PhoneStatus, 'state' | 'microphone'>;
  agent: Pick<AgentView, 'state' | 'reason' | 'pbx'>;
  /** There is something to tell, such as what became of the last call. */
  hasNotice: boolean;
}

export interface IdleState {
  look: IdleLook;
  /** Said also while the server is away: a phone that does not work is a fact of its own. */
  obstacle: Obstacle | null;
  hint: IdleHint;
}

function isObstacle(one: Obstacle, { phone, agent }: IdleFacts): boolean {
  switch (one) {
    case 'noPhone':
      return phone.state === 'failed';
    case 'noMicrophone':
      return phone.microphone !== 'ok' && phone.microphone !== 'unknown';
    case 'phoneOff':
      // Whoever is just leaving has hung up first.
      return phone.state === 'off' && agent.state !== 'signedOut';
    case 'connecting':
      return phone.state === 'connecting';
    case 'pbxPaused':
      return agent.state === 'ready' && agent.pbx?.paused === true;
  }
}

function lookOf({ offline, takesCalls, agent }: IdleFacts, obstacle: Obstacle | null): IdleLook {
  const isBroken = obstacle === 'noPhone' || obstacle === 'noMicrophone';
  if (offline && !isBroken) return 'offline';
  if (obstacle !== null) return obstacle;
  if (!takesCalls) return 'noCalls';
  return agent.state === 'ready' ? 'ready' : 'break';
}

/** What stands in the way of every call goes before what became of the last one. */
function hintOf({ takesCalls, agent, hasNotice }: IdleFacts, obstacle: Obstacle | null): IdleHint {
  if (obstacle !== null) return obstacle;
  if (hasNotice) return 'notice';
  if (!takesCalls) return 'noCalls';
  if (agent.state === 'ready') return 'waiting';
  return agent.reason === 'missed' ? 'missed' : 'break';
}

/** What the bar without a call shows. */
export function idleStateOf(facts: IdleFacts): IdleState {
  const obstacle = facts.takesCalls
    ? (obstacles.find((one) => isObstacle(one, facts)) ?? null)
    : null;
  return { look: lookOf(facts, obstacle), obstacle, hint: hintOf(facts, obstacle) };
}
