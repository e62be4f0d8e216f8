import type { FastifyRequest } from 'fastify';
import { deviceOf } from '../integrations/apiKeys.ts';
import type { Manager } from '../integrations/noteManaged.ts';
import { callerOf } from './authenticate.ts';

/** Who asks, as the audit names them. */
export function auditorOf(request: FastifyRequest): Manager {
  const { apiKey } = request;
  if (apiKey) return { userId: null, name: apiKey.name, device: deviceOf(apiKey) };
  const { user, device } = callerOf(request);
  return { userId: user.id, name: user.name, device };
}
