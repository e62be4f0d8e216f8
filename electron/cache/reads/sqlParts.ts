import type { EntityName } from '#shared/sync/entities.ts';

/** Must stay word for word what the partial indexes say, else they are not used. */
export const isOpenTicket = `"state" NOT IN ('resolved', 'closed')`;

/**
 * The small index of open tickets: left to itself SQLite takes that of all tickets of a customer, and reads each row to
 * see whether it is open.
 */
export const byOpenOfCustomer = 'INDEXED BY ticket_open_by_customer';

/** 1 while an operation on the record has not been taken by the server. */
export function waitingSql(entity: EntityName, alias: string): string {
  return `EXISTS (SELECT 1 FROM outbox WHERE "entityId" = ${alias}."id" AND "entity" = '${entity}')
    AS waiting`;
}

/** The customer that stands for the one of this column, such as `t."customerId"`: itself unless it was merged. */
export function winnerSql(column: string): string {
  return `coalesce((SELECT "winnerId" FROM customer_group WHERE "loserId" = ${column}), ${column})`;
}
