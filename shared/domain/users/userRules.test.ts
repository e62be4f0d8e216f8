import { describe, expect, test } from 'vitest';
import { isLogin, loginKey } from './login.ts';
import { passwordProblem } from './password.ts';
import {
  type KnownPerson,
  problemOfLeaving,
  problemOfReturning,
  problemsOfUser,
  type UserDraft,
} from './userRules.ts';

const admin: KnownPerson = {
  id: 'a',
  login: 'Root',
  name: 'Root',
  role: 'administrator',
  teamId: null,
  extension: null,
  queueIds: [],
  active: true,
};
const xu: KnownPerson = { ...admin, id: 'x', login: 'xu.jing', name: '徐静', role: 'agent' };
const withExtension = { ...xu, extension: '2041' };
const centre = {
  people: [admin, withExtension],
  teamIds: new Set(['east']),
  queueIds: new Set(['support', 'sales']),
};
const draft: UserDraft = {
  login: 'chen.hao',
  name: '陈浩',
  role: 'agent',
  teamId: 'east',
  extension: '2042',
  queueIds: ['support'],
};

describe('a new user', () => {
  test.each<[string, Partial<UserDraft>, string[]]>([
    ['as it should be', {}, []],
    ['without team, extension and queues', { teamId: null, extension: null, queueIds: [] }, []],
    ['without login', { login: '' }, ['login missing']],
    ['with a blank in the login', { login: 'chen hao' }, ['login form']],
    ['with a login that somebody has', { login: 'XU.JING' }, ['login taken']],
    ['with the same login in full width', { login: 'ｒｏｏｔ' }, ['login taken']],
    ['without name', { name: '  ' }, ['name missing']],
    ['with a name that is no text', { name: 'a\0' }, ['name form']],
    ['with letters as extension', { extension: 'abc' }, ['extension form']],
    ['with an extension that somebody has', { extension: '2041' }, ['extension taken']],
    ['of a team that is not there', { teamId: 'north' }, ['teamId unknown']],
    ['of a queue that is not there', { queueIds: ['vip'] }, ['queueIds unknown']],
    ['of one queue twice', { queueIds: ['sales', 'sales'] }, ['queueIds form']],
    ['with all wrong at once', { login: '', name: '' }, ['login missing', 'name missing']],
  ])('%s', (_what, change, expected) => {
    const found = problemsOfUser({ ...draft, ...change }, null, centre);
    expect(found.map(({ field, problem }) => `${field} ${problem}`)).toEqual(expected);
  });

  test('may have the extension of somebody who has left, but not the login', () => {
    const people = [admin, { ...withExtension, active: false }];
    const taken = { ...draft, login: 'xu.jing', extension: '2041' };
    expect(problemsOfUser(taken, null, { ...centre, people })).toEqual([
      { field: 'login', problem: 'taken' },
    ]);
  });
});

describe('a change', () => {
  test('does not hold against anybody what was so before', () => {
    const odd = { ...xu, login: 'two words', teamId: 'gone', queueIds: ['gone'] };
    const people = [admin, odd];
    expect(problemsOfUser({ ...odd, name: 'Xu' }, odd, { ...centre, people })).toEqual([]);
  });

  test('lets stay a queue that is not offered any more, and takes no other such one', () => {
    const former = { ...xu, queueIds: ['old'] };
    const of = (queueIds: string[]) =>
      problemsOfUser({ ...former, queueIds }, former, { ...centre, people: [admin, former] });
    expect(of(['old', 'sales'])).toEqual([]);
    expect(of(['sales'])).toEqual([]);
    expect(of(['old', 'older'])).toEqual([{ field: 'queueIds', problem: 'unknown' }]);
  });

  test('keeps one administrator', () => {
    const changed = problemsOfUser({ ...admin, role: 'agent' }, admin, centre);
    expect(changed).toEqual([{ field: 'role', problem: 'lastAdministrator' }]);
    const second = { ...admin, id: 'b', login: 'second' };
    const two = { ...centre, people: [admin, second] };
    expect(problemsOfUser({ ...admin, role: 'agent' }, admin, two)).toEqual([]);
    const left = { ...centre, people: [admin, { ...second, active: false }] };
    expect(problemsOfUser({ ...admin, role: 'agent' }, admin, left)).toHaveLength(1);
  });

  test('of somebody who has left takes no extension from anybody', () => {
    const gone = { ...xu, id: 'g', login: 'gone', active: false };
    const people = [...centre.people, gone];
    expect(problemsOfUser({ ...gone, extension: '2041' }, gone, { ...centre, people })).toEqual([]);
  });
});

test('who leaves is neither oneself nor the last administrator', () => {
  const second = { ...admin, id: 'b' };
  expect(problemOfLeaving(xu, { people: [admin, xu], byId: 'a' })).toBeNull();
  expect(problemOfLeaving(admin, { people: [admin, second], byId: 'a' })).toBe('self');
  expect(problemOfLeaving(admin, { people: [admin, second], byId: 'b' })).toBeNull();
  expect(problemOfLeaving(admin, { people: [admin, xu], byId: 'a' })).toBe('lastAdministrator');
});

test('who comes back finds the extension taken, or not', () => {
  const gone = { ...withExtension, id: 'g', active: false };
  expect(problemOfReturning(gone, [admin, gone])).toBeNull();
  expect(problemOfReturning(gone, [withExtension, gone])).toEqual({
    field: 'extension',
    problem: 'taken',
  });
});

test.each([
  ['2041', true],
  ['chen.hao@example.org', true],
  ['陈浩', true],
  ['a'.repeat(64), true],
  ['a'.repeat(65), false],
  ['.hidden', false],
  ['=cmd', false],
  ['a\u202eb', false],
  ['\ud800', false],
])('the login %j: %s', (login, isOne) => {
  expect(isLogin(login)).toBe(isOne);
});

test('one login is one, whatever its case and width', () => {
  expect(loginKey('ＸＵ.Jing')).toBe(loginKey('xu.jing'));
});

test.each([
  ['correct horse', null],
  ['short one', 'short'],
  ['密码密码密码密码密码', null],
  ['x'.repeat(129), 'long'],
  ['with\0zero inside', 'noText'],
  ['Agent.Number.7', 'login'],
  ['k7pm-x2fd-9hqa', 'former'],
])('the password %j: %s', (password, problem) => {
  const of = { login: 'agent.number.7', former: 'k7pm-x2fd-9hqa' };
  expect(passwordProblem(password, of)).toBe(problem);
});
