import { expect, test } from 'vitest';
import type { KnownPerson } from './userRules.ts';
import { readUserTable, type TableNames, unreadColumns } from './userTable.ts';

const admin: KnownPerson = {
  id: 'a',
  login: 'root',
  name: 'Root',
  role: 'administrator',
  teamId: null,
  extension: '1',
  queueIds: [],
  active: true,
};
const centre = {
  people: [admin],
  teamIds: new Set(['east']),
  queueIds: new Set(['support', 'sales']),
};
const names: TableNames = {
  columns: new Map([
    ['login', 'login'],
    ['登录名', 'login'],
    ['name', 'name'],
    ['queues', 'queues'],
  ]),
  roles: new Map([
    ['agent', 'agent'],
    ['班长', 'supervisor'],
  ]),
  teams: new Map([['east team', 'east']]),
  queues: new Map([['support line', 'support']]),
};
const read = (...rows: string[][]) =>
  readUserTable(rows, names, centre).map(({ line, draft, problems }) => [
    line,
    draft.login,
    ...problems.map(({ field, problem }) => `${field} ${problem}`),
  ]);

test('columns are in their usual order, or as the first row names them', () => {
  const [row] = readUserTable(
    [['xu', '徐静', '班长', 'East Team', '２'.normalize('NFKC'), 'Support line; sales', 'secret']],
    names,
    centre,
  );
  expect(row).toEqual({
    line: 1,
    draft: {
      ...{ login: 'xu', name: '徐静', role: 'supervisor', teamId: 'east', extension: '2' },
      ...{ queueIds: ['support', 'sales'], phonePassword: 'secret' },
    },
    problems: [],
  });
  const [other] = readUserTable(
    [
      ['Queues', 'what is this', 'NAME', '登录名'],
      ['sales', '?', 'Xu', 'xu'],
    ],
    names,
    centre,
  );
  expect(other).toMatchObject({
    line: 2,
    draft: { login: 'xu', name: 'Xu', role: 'agent', queueIds: ['sales'], extension: null },
    problems: [],
  });
});

test('names the columns that nobody here knows, where the first row names columns', () => {
  expect(unreadColumns([['Login', 'Phone', 'name', ' ', 'Rolle']], names)).toEqual([
    'Phone',
    'Rolle',
  ]);
  expect(unreadColumns([['xu', 'Xu', 'agent']], names)).toEqual([]);
});

test('says what is wrong in which row, also what a row before has taken', () => {
  expect(
    read(
      ['xu', 'Xu', 'agent', '', '2'],
      ['  ', ''],
      ['XU', 'Other', '', '', '2'],
      ['chen', '', 'boss', 'north', 'x', 'vip'],
      ['root', 'Root', '', '', '1'],
      ['=cmd', "'=1+1"],
    ),
  ).toEqual([
    [1, 'xu'],
    [3, 'XU', 'login taken', 'extension taken'],
    [
      4,
      'chen',
      'name missing',
      'teamId unknown',
      'extension form',
      'queueIds unknown',
      'role unknown',
    ],
    [5, 'root', 'login taken', 'extension taken'],
    [6, '=cmd', 'login form'],
  ]);
});

test('a wrong row takes nothing from those behind it', () => {
  expect(read(['xu', '', '', '', '2'], ['xu', 'Xu', '', '', '2'])).toEqual([
    [1, 'xu', 'name missing'],
    [2, 'xu'],
  ]);
});
