import { describe, expect, it } from 'vitest';
import { aBoardAgent } from '../testBoard.ts';
import { arrangeAgents, countStates, filterAgents, teamsOf } from './agentOrder.ts';
import { moveInGrid } from './gridKeys.ts';

const agents = [
  aBoardAgent(1, { name: 'Vera', state: 'ready', since: 50, teamId: 'west' }),
  aBoardAgent(2, { name: 'Ines', state: 'onCall', since: 30, teamId: 'east' }),
  aBoardAgent(3, { name: 'Adam', state: 'onCall', since: 10, queueIds: ['sales'] }),
  aBoardAgent(4, { name: 'Otto', state: 'signedOut', since: 5 }),
];
const everybody = { teamId: null, queueId: null, withSignedOut: true };
const names = (by: Parameters<typeof arrangeAgents>[1]) =>
  arrangeAgents(agents, by).map(({ key, agents: inGroup }) => [key, ...inGroup.map((a) => a.name)]);

describe('agents on the board', () => {
  it('stand by state, the longest first', () => {
    expect(names('state')).toEqual([
      ['onCall', 'Adam', 'Ines'],
      ['ready', 'Vera'],
      ['signedOut', 'Otto'],
    ]);
  });

  it('stand by team, those of none at the end', () => {
    expect(names('team')).toEqual([
      ['east', 'Ines'],
      ['west', 'Vera'],
      ['', 'Otto', 'Adam'],
    ]);
  });

  it('stand in one order', () => {
    expect(names('time')).toEqual([['', 'Otto', 'Adam', 'Ines', 'Vera']]);
    expect(names('name')).toEqual([['', 'Adam', 'Ines', 'Otto', 'Vera']]);
    expect(arrangeAgents([], 'name')).toEqual([]);
  });

  it.each([
    [everybody, ['Vera', 'Ines', 'Adam', 'Otto']],
    [{ ...everybody, withSignedOut: false }, ['Vera', 'Ines', 'Adam']],
    [{ ...everybody, teamId: 'east' }, ['Ines']],
    [{ ...everybody, queueId: 'sales' }, ['Adam']],
    [{ ...everybody, teamId: 'east', queueId: 'sales' }, []],
  ])('%j', (filter, left) => {
    expect(filterAgents(agents, filter).map(({ name }) => name)).toEqual(left);
  });

  it('are counted, and so are their teams', () => {
    expect(countStates(agents)).toMatchObject({ onCall: 2, ready: 1, signedOut: 1, break: 0 });
    expect(teamsOf(agents)).toEqual(['east', 'west']);
  });
});

describe('keys among tiles', () => {
  // Three in a row, one below; then a group with a row of two.
  const places = [
    { left: 0, top: 0 },
    { left: 100, top: 0 },
    { left: 200, top: 0 },
    { left: 0, top: 60 },
    { left: 0, top: 150 },
    { left: 100, top: 150 },
  ];
  it.each([
    ['ArrowRight', 2, 3],
    ['j', 5, 5],
    ['ArrowLeft', 0, 0],
    ['k', 4, 3],
    ['ArrowDown', 1, 3],
    ['ArrowDown', 3, 4],
    ['ArrowDown', 5, 5],
    ['ArrowUp', 5, 3],
    ['ArrowUp', 3, 0],
    ['Home', 4, 0],
    ['End', 1, 5],
    ['x', 1, null],
  ] as const)('%s from %d leads to %s', (key, at, to) => {
    expect(moveInGrid(key, at, places)).toBe(to);
  });

  it('lead nowhere without tiles', () => {
    expect(moveInGrid('ArrowDown', 0, [])).toBeNull();
  });
});
