import {
  createdUserSchema,
  oneTimePasswordSchema,
  userAccountSchema,
  userAccountsSchema,
} from '#shared/sync/users.ts';
import type { Handlers } from '../handler/handler.ts';
import { unwrap } from '../session/session.ts';
import type { IntegrationsPort } from '../sync/integrationsClient.ts';

type UserMethod = Extract<keyof Handlers, `users.${string}`>;

/** Accounts: the desk keeps nothing of them beside the records that it pulls, and asks the server each time. */
export function userHandlers({ ask }: IntegrationsPort): Pick<Handlers, UserMethod> {
  const step = async (userId: string, what: 'deactivate' | 'reactivate') => {
    const path = `/api/users/${userId}/${what}`;
    return unwrap(await ask({ method: 'POST', path, body: {} }, userAccountSchema));
  };
  return {
    'users.list': async () =>
      unwrap(await ask({ method: 'GET', path: '/api/users' }, userAccountsSchema)).users,
    'users.create': async (body) =>
      unwrap(
        await ask({ method: 'POST', path: '/api/users', body, once: true }, createdUserSchema),
      ),
    'users.change': async ({ userId, change }) => {
      const path = `/api/users/${userId}`;
      return unwrap(await ask({ method: 'PATCH', path, body: change }, userAccountSchema));
    },
    'users.deactivate': ({ userId }) => step(userId, 'deactivate'),
    'users.reactivate': ({ userId }) => step(userId, 'reactivate'),
    'users.resetPassword': async ({ userId }) => {
      const path = `/api/users/${userId}/password`;
      return unwrap(await ask({ method: 'POST', path, body: {} }, oneTimePasswordSchema));
    },
  };
}
