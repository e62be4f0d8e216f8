import { goTo } from '../../app/routes.ts';

/** What stands beside the list: a form for somebody new, or for several at once, else the account of that id. */
export const newUser = 'new';
export const severalUsers = 'several';

export function toUsers(id: string | null = null): void {
  goTo('users', id);
}
