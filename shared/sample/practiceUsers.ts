import type { Role } from '../domain/permissions.ts';
import type { Teams } from '../domain/settings/teams.ts';
import type { User } from '../domain/user.ts';

/** Opens the practice server only; a production server never has these users. */
const practicePassword = 'practice';

export interface PracticeUser {
  id: string;
  login: string;
  name: string;
  role: Role;
  extension: string | null;
  queueIds: readonly string[];
  teamId: string | null;
  password: string;
}

/** Fixed ids: UUIDv7 of 2026-01-01 with the extension at the end, so that histories keep pointing at them. */
function practiceId(number: number): string {
  return `019b76da-a800-7000-8000-${String(number).padStart(12, '0')}`;
}

function practiceUser(
  number: number,
  login: string,
  name: string,
  role: Role,
  teamId: string | null,
  queueIds: readonly string[],
): PracticeUser {
  return {
    id: practiceId(number),
    login,
    name,
    role,
    extension: role === 'administrator' ? null : String(number),
    queueIds,
    teamId,
    password: practicePassword,
  };
}

const allQueues = ['support', 'orders', 'sales', 'urgent'];

/** Ten agents, two supervisors and an administrator of the practice call centre. */
export const practiceUsers: readonly PracticeUser[] = [
  practiceUser(2041, 'xu.jing', '徐静', 'agent', 'east', allQueues),
  practiceUser(2042, 'chen.hao', '陈浩', 'agent', 'east', ['support', 'urgent']),
  practiceUser(2043, 'lin.yue', '林悦', 'agent', 'east', ['support', 'orders']),
  practiceUser(2044, 'zhao.ming', '赵明', 'agent', 'east', ['orders', 'sales']),
  practiceUser(2045, 'anna.keller', 'Anna Keller', 'agent', 'east', ['support', 'sales']),
  practiceUser(2046, 'liu.fang', '刘芳', 'agent', 'west', ['support', 'orders', 'urgent']),
  practiceUser(2047, 'sun.tao', '孙涛', 'agent', 'west', ['support', 'urgent']),
  practiceUser(2048, 'he.xin', '何欣', 'agent', 'west', ['orders', 'sales']),
  practiceUser(2049, 'tom.barker', 'Tom Barker', 'agent', 'west', ['support', 'sales']),
  practiceUser(2050, 'gao.lan', '高岚', 'agent', 'west', allQueues),
  practiceUser(2061, 'wu.min', '吴敏', 'supervisor', 'east', allQueues),
  practiceUser(2062, 'helen.marsh', 'Helen Marsh', 'supervisor', 'west', allQueues),
  practiceUser(2090, 'admin', '系统管理员 Admin', 'administrator', null, []),
];

/** What people of the practice call centre call its teams. */
export const practiceTeams: Teams = {
  teams: [
    { id: 'east', name: { en: 'East team', 'zh-CN': '东区组' } },
    { id: 'west', name: { en: 'West team', 'zh-CN': '西区组' } },
  ],
};

/** Those who take calls: authors of the sample's calls, tickets and tasks. */
export const practiceAgents: readonly PracticeUser[] = practiceUsers.filter(
  (user) => user.role === 'agent',
);

/** Fields of the synced `user` record: what every desk may know, without the password. */
export function userFieldsOf(user: PracticeUser): User {
  const { login, name, role, teamId, extension, queueIds } = user;
  return { login, name, role, teamId, extension, queueIds: [...queueIds], active: true };
}
