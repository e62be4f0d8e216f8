import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { practiceUsersSchema } from '#shared/sync/messages.ts';
import { readPeople } from '../../store/users.ts';
import type { ServerContext } from '../context.ts';

/** Registered in practice mode only: everywhere else the address does not exist. */
export function practiceRoutes({ store }: ServerContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/practice',
      schema: {
        summary: 'Who may sign in to practise, with the passwords of practice',
        tags: ['session'],
        response: { 200: practiceUsersSchema },
      },
      // As administrators have made of them since: who was deactivated cannot sign in.
      async handler() {
        const people = new Map((await readPeople(store.db)).map((user) => [user.id, user]));
        return {
          users: practiceUsers.flatMap(({ id, password }) => {
            const user = people.get(id);
            if (!user?.active) return [];
            const { login, name, role } = user;
            return [{ login, name, role, password }];
          }),
        };
      },
    });
  };
}
