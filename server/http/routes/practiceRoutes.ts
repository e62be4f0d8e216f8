import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { practiceUsersSchema } from '#shared/sync/messages.ts';

/** Registered in practice mode only: everywhere else the address does not exist. */
export function practiceRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/practice',
      schema: {
        summary: 'Who may sign in to practise, with the passwords of practice',
        tags: ['session'],
        response: { 200: practiceUsersSchema },
      },
      handler: async () => ({
        users: practiceUsers.map(({ login, name, role, password }) => ({
          login,
          name,
          role,
          password,
        })),
      }),
    });
  };
}
