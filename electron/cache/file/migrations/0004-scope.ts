import type { Migration } from '../migration.ts';

/**
 * What changes hands goes from this desk, but not before what waits for the server is settled. And records that no
 * column can hold as the server wrote them: what they come to here, and there.
 */
export const scope: Migration = {
  version: 4,
  sql: `
ALTER TABLE server_record ADD COLUMN "withdrawn" INTEGER NOT NULL DEFAULT 0;
CREATE TABLE as_sent (
  "entity" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "held" TEXT NOT NULL,
  "sent" TEXT NOT NULL,
  PRIMARY KEY ("entity", "id")
) STRICT, WITHOUT ROWID;
`,
};
