import type { Migration } from '../migration.ts';

/** Operations that the server has taken, kept for a while: a server restored from a backup may want them again. */
export const sentOperations: Migration = {
  version: 3,
  sql: `
CREATE TABLE sent_operation (
  "id" TEXT PRIMARY KEY,
  "operation" TEXT NOT NULL,
  "sentAt" INTEGER NOT NULL
) STRICT;
CREATE INDEX sent_operation_age ON sent_operation ("sentAt");
`,
};
