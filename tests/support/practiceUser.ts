import { practiceUsers } from '#shared/sample/practiceUsers.ts';

export type PracticeUser = (typeof practiceUsers)[number];

/** Who practises under that login; every server in practice mode has the same users, under the same ids. */
export function practiceUser(login: string): PracticeUser {
  const user = practiceUsers.find((one) => one.login === login);
  if (!user) throw new Error(`nobody practises as ${login}`);
  return user;
}
