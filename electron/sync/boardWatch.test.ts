import { beforeEach, describe, expect, test } from 'vitest';
import type { BoardMessage } from '#shared/sync/board.ts';
import { type BoardWatching, createBoardWatching } from './boardWatch.ts';

const parts = { at: 1, queues: [], agents: [], calls: [] };
const everything = (number: number): BoardMessage => ({
  ...{ type: 'board', number, dayFrom: 0, source: 'pbx', ...parts },
  connector: { state: 'connected', since: 0 },
});
const changes = (number: number): BoardMessage => ({
  ...{ type: 'boardChanges', number, ...parts, goneQueues: [], goneCalls: [], goneAgents: [] },
});

let said: boolean[];
let told: string[];
let watching: BoardWatching;
const listener = {
  heard: ({ type, number }: BoardMessage) => void told.push(`${type} ${number}`),
  asked: () => void told.push('asked'),
  lost: () => void told.push('lost'),
};

beforeEach(() => {
  said = [];
  told = [];
  watching = createBoardWatching(({ board }) => void said.push(board));
});

describe('watching the board', () => {
  test('asks once there is a connection, and once somebody watches', () => {
    watching.watch(listener);
    expect(said).toEqual([]);
    watching.welcomed();
    expect([said, told]).toEqual([[true], ['asked']]);
    watching.watch(null);
    expect(said).toEqual([true, false]);
    watching.watch(listener);
    expect(said).toEqual([true, false, true]);
  });

  test('asks on every new connection, and says when one is lost', () => {
    watching.welcomed();
    watching.watch(listener);
    watching.heard(everything(1));
    watching.lost();
    watching.lost();
    watching.heard(changes(2));
    watching.welcomed();
    watching.heard(everything(1));
    expect(told).toEqual(['asked', 'board 1', 'lost', 'asked', 'board 1']);
    expect(said).toEqual([true, true]);
  });

  test('asks for everything where a number is missing, once, and passes nothing on until it comes', () => {
    watching.welcomed();
    watching.watch(listener);
    for (const message of [everything(1), changes(2), changes(4), changes(5)]) {
      watching.heard(message);
    }
    expect(said).toEqual([true, true]);
    for (const message of [everything(6), changes(7)]) watching.heard(message);
    expect(told).toEqual(['asked', 'board 1', 'boardChanges 2', 'board 6', 'boardChanges 7']);
    expect(said).toEqual([true, true]);
  });

  test('tells nothing to nobody', () => {
    watching.welcomed();
    watching.heard(everything(1));
    watching.lost();
    expect([said, told]).toEqual([[], []]);
  });
});
