/** Must stay word for word what the partial indexes say, else they are not used. */
export const isOpenTicket = `"state" NOT IN ('resolved', 'closed')`;

/** 1 while an operation on the record has not been taken by the server. */
export function waitingSql(entity: 'ticket' | 'ticketEvent' | 'task', alias: string): string {
  return `EXISTS (SELECT 1 FROM outbox WHERE "entityId" = ${alias}."id" AND "entity" = '${entity}')
    AS waiting`;
}
