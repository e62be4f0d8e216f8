import { describe, expect, test } from 'vitest';
import type { AgentStateName } from '../agents/agentState.ts';
import { type HandStep, stepsToHelp } from './queueHands.ts';

describe('who may be asked to help a queue', () => {
  const rows: [AgentStateName, ofQueue: HandStep[] | null, ofOthers: HandStep[] | null][] = [
    ['signedOut', null, null],
    ['break', ['ready'], ['add', 'ready']],
    ['ready', null, ['add']],
    ['ringing', null, ['add']],
    ['onCall', null, ['add']],
    ['wrapUp', null, ['add']],
  ];
  test.each(rows)('%s: of the queue %j, of others %j', (state, ofQueue, ofOthers) => {
    const agent = { state, extension: '2001' };
    expect(stepsToHelp({ ...agent, queueIds: ['a', 'b'] }, 'b')).toEqual(ofQueue);
    expect(stepsToHelp({ ...agent, queueIds: ['a'] }, 'b')).toEqual(ofOthers);
    expect(stepsToHelp({ ...agent, queueIds: [] }, 'b')).toEqual(ofOthers);
  });

  test('nobody without an extension', () => {
    const agent = { state: 'break', extension: null, queueIds: ['a'] } as const;
    expect(stepsToHelp(agent, 'a')).toBeNull();
    expect(stepsToHelp(agent, 'b')).toBeNull();
  });
});
