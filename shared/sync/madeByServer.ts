import { serverAuthor } from '../domain/serverAuthor.ts';
import { type EntityName, entities } from './entities.ts';

/** No desk made the record, nor can any bring it back to a server that has lost it: that one makes its own. */
export function isMadeByServer(entity: EntityName, fields: Record<string, unknown>): boolean {
  if (entity === 'notification' || entities[entity].policy === 'server') return true;
  return entity === 'ticketEvent' && fields.byId === serverAuthor.byId;
}
