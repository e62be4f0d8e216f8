import { loginKey } from '#shared/domain/users/login.ts';
import type { UserAccount } from '#shared/sync/users.ts';

export type Shown = 'active' | 'left' | 'all';

export interface UserWish {
  text: string;
  shown: Shown;
}

/** Those who are to be shown, with all words of the search in name, login, extension or team. */
export function foundUsers(
  users: readonly UserAccount[],
  { text, shown }: UserWish,
  teamName: (teamId: string) => string,
): UserAccount[] {
  const words = loginKey(text).split(/\s+/u).filter(Boolean);
  return users.filter((user) => {
    if (shown !== 'all' && user.active !== (shown === 'active')) return false;
    const team = user.teamId === null ? '' : `${user.teamId} ${teamName(user.teamId)}`;
    const whole = loginKey(`${user.name} ${user.login} ${user.extension ?? ''} ${team}`);
    return words.every((word) => whole.includes(word));
  });
}
