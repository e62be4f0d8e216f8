import { describe, expect, it } from 'vitest';
import { groupAgents, minutesOver, type TeamAgent } from './agentGroups.ts';

const minuteMs = 60_000;

function agent(name: string, state: TeamAgent['state'], since: number): TeamAgent {
  return {
    userId: name,
    name,
    state,
    reason: null,
    since,
    callId: null,
    customerName: null,
    queueId: null,
    extension: null,
    teamId: null,
  };
}

it('groups by state, busy ones first, the longest in a state first', () => {
  const groups = groupAgents([
    agent('ready', 'ready', 5),
    agent('late', 'onCall', 2),
    agent('early', 'onCall', 1),
    agent('gone', 'signedOut', 0),
  ]);
  expect(groups.map((group) => [group.state, group.agents.map((one) => one.name)])).toEqual([
    ['onCall', ['early', 'late']],
    ['ready', ['ready']],
    ['signedOut', ['gone']],
  ]);
});

describe('minutesOver', () => {
  it.each([
    ['onCall', 20, null],
    ['onCall', 21, 20],
    ['wrapUp', 5, 4],
    ['break', 31, 30],
    ['ready', 600, null],
    ['signedOut', 600, null],
  ] as const)('%s for %d min', (state, minutes, expected) => {
    expect(minutesOver(agent('a', state, 0), minutes * minuteMs)).toBe(expected);
  });
});
