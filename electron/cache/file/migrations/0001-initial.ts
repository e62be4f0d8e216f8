import type { Migration } from '../migration.ts';

/** What every record carries beside its fields: unknown fields (`extra`), server version, clocks. */
const kept = `
  "extra" TEXT,
  "version" INTEGER NOT NULL,
  "clocks" TEXT NOT NULL`;

/** The records, what waits for the server, what lives on this desk only, and the search index. */
export const initial: Migration = {
  version: 1,
  sql: `
CREATE TABLE meta ("key" TEXT PRIMARY KEY, "value" TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
  "key" INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "no" TEXT,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "valueClass" TEXT NOT NULL,
  "since" TEXT NOT NULL,
  "tags" TEXT NOT NULL,
  "profile" TEXT NOT NULL,
  "pinnedNote" TEXT,
  "createdAt" INTEGER NOT NULL,
  "createdBy" TEXT NOT NULL,
  "nameKey" TEXT NOT NULL,${kept}
) STRICT;
CREATE INDEX customer_by_name ON customer ("nameKey");

CREATE TABLE contact_point (
  "id" TEXT NOT NULL UNIQUE,
  "customerId" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "label" TEXT NOT NULL,
  "raw" TEXT NOT NULL,
  "normal" TEXT,
  "extension" TEXT,
  "preferred" INTEGER NOT NULL,
  "verifiedOn" TEXT,
  "retired" INTEGER NOT NULL,
  "suffixKey" TEXT,${kept}
) STRICT;
CREATE INDEX contact_point_by_customer ON contact_point ("customerId");
CREATE INDEX contact_point_by_normal ON contact_point ("normal") WHERE "normal" IS NOT NULL;
CREATE INDEX contact_point_by_suffix ON contact_point ("suffixKey") WHERE "suffixKey" IS NOT NULL;

CREATE TABLE contact (
  "id" TEXT NOT NULL UNIQUE,
  "customerId" TEXT,
  "kind" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "detail" TEXT NOT NULL,
  "agentId" TEXT,
  "agentName" TEXT,
  "queueId" TEXT,
  "direction" TEXT,
  "durationMs" INTEGER,
  "refId" TEXT,
  "outcome" TEXT,${kept}
) STRICT;
CREATE INDEX contact_time_line ON contact ("customerId", "at" DESC, "id" DESC)
  WHERE "customerId" IS NOT NULL;

CREATE TABLE customer_order (
  "id" TEXT NOT NULL UNIQUE,
  "customerId" TEXT NOT NULL,
  "no" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "amount" TEXT NOT NULL,
  "state" TEXT NOT NULL,${kept}
) STRICT;
CREATE INDEX order_by_customer ON customer_order ("customerId", "at" DESC);

CREATE TABLE call (
  "id" TEXT NOT NULL UNIQUE,
  "callRef" TEXT NOT NULL,
  "direction" TEXT NOT NULL,
  "queueId" TEXT,
  "numberRaw" TEXT NOT NULL,
  "numberKey" TEXT,
  "callerName" TEXT,
  "customerId" TEXT,
  "agentId" TEXT NOT NULL,
  "offeredAt" INTEGER NOT NULL,
  "answeredAt" INTEGER,
  "endedAt" INTEGER,
  "endedBy" TEXT,
  "result" TEXT,
  "waitedMs" INTEGER,
  "heldMs" INTEGER NOT NULL,
  "wrappedUp" INTEGER NOT NULL DEFAULT 0,${kept}
) STRICT;
CREATE INDEX call_by_time ON call ("offeredAt" DESC);
CREATE INDEX call_by_agent ON call ("agentId", "offeredAt" DESC);
CREATE INDEX call_to_wrap_up ON call ("agentId", "endedAt" DESC)
  WHERE "wrappedUp" = 0 AND "answeredAt" IS NOT NULL AND "endedAt" IS NOT NULL;
CREATE INDEX call_without_end ON call ("agentId", "offeredAt" DESC) WHERE "endedAt" IS NULL;

CREATE TABLE wrap_up (
  "id" TEXT NOT NULL UNIQUE,
  "callId" TEXT NOT NULL,
  "customerId" TEXT,
  "agentId" TEXT NOT NULL,
  "agentName" TEXT NOT NULL,
  "dispositionId" TEXT NOT NULL,
  "result" TEXT NOT NULL,
  "notes" TEXT NOT NULL,
  "followUpAt" INTEGER,
  "ticketIds" TEXT NOT NULL,
  "afterCallMs" INTEGER NOT NULL,
  "savedAt" INTEGER NOT NULL,${kept}
) STRICT;
CREATE INDEX wrap_up_by_call ON wrap_up ("callId", "savedAt" DESC);

CREATE TRIGGER call_arrives_wrapped_up AFTER INSERT ON call
  WHEN EXISTS (SELECT 1 FROM wrap_up WHERE "callId" = new."id")
  BEGIN UPDATE call SET "wrappedUp" = 1 WHERE "id" = new."id"; END;
CREATE TRIGGER wrap_up_arrives AFTER INSERT ON wrap_up
  BEGIN UPDATE call SET "wrappedUp" = 1 WHERE "id" = new."callId" AND "wrappedUp" = 0; END;
CREATE TRIGGER wrap_up_goes AFTER DELETE ON wrap_up
  BEGIN UPDATE call
    SET "wrappedUp" = EXISTS (SELECT 1 FROM wrap_up WHERE "callId" = old."callId")
    WHERE "id" = old."callId"; END;

CREATE TABLE ticket (
  "id" TEXT NOT NULL UNIQUE,
  "no" TEXT,
  "type" TEXT NOT NULL,
  "categoryId" TEXT,
  "priority" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "description" TEXT NOT NULL,
  "customerId" TEXT,
  "callId" TEXT,
  "queueId" TEXT,
  "numberRaw" TEXT,
  "ownerId" TEXT,
  "firstContactId" TEXT NOT NULL,
  "firstContactName" TEXT NOT NULL,
  "createdAt" INTEGER NOT NULL,
  "dueAt" INTEGER,
  "closedAt" INTEGER,${kept}
) STRICT;
CREATE INDEX ticket_open_by_customer ON ticket ("customerId", "createdAt" DESC)
  WHERE "state" NOT IN ('resolved', 'closed');
CREATE INDEX ticket_open ON ticket ("createdAt" DESC) WHERE "state" NOT IN ('resolved', 'closed');
CREATE INDEX ticket_open_by_owner ON ticket ("ownerId", "createdAt" DESC)
  WHERE "state" NOT IN ('resolved', 'closed');
CREATE INDEX ticket_open_by_first_contact ON ticket ("firstContactId", "createdAt" DESC)
  WHERE "state" NOT IN ('resolved', 'closed');
CREATE INDEX ticket_by_time ON ticket ("createdAt" DESC);
CREATE INDEX ticket_by_call ON ticket ("callId") WHERE "callId" IS NOT NULL;

CREATE TABLE ticket_event (
  "id" TEXT NOT NULL UNIQUE,
  "ticketId" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "byId" TEXT NOT NULL,
  "byName" TEXT NOT NULL,
  "note" TEXT,${kept}
) STRICT;
CREATE INDEX ticket_event_by_ticket ON ticket_event ("ticketId", "at", "id");

CREATE TABLE task (
  "id" TEXT NOT NULL UNIQUE,
  "kind" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "customerId" TEXT,
  "customerName" TEXT,
  "numberRaw" TEXT,
  "callId" TEXT,
  "ticketId" TEXT,
  "ownerId" TEXT NOT NULL,
  "ownerName" TEXT NOT NULL,
  "dueAt" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "createdAt" INTEGER NOT NULL,${kept}
) STRICT;
CREATE INDEX task_open_by_customer ON task ("customerId", "dueAt") WHERE "state" = 'open';
CREATE INDEX task_open ON task ("dueAt") WHERE "state" = 'open';
CREATE INDEX task_open_by_owner ON task ("ownerId", "dueAt") WHERE "state" = 'open';
CREATE INDEX task_by_call ON task ("callId") WHERE "callId" IS NOT NULL;

CREATE TABLE presence (
  "id" TEXT NOT NULL UNIQUE,
  "userId" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "reason" TEXT,
  "since" INTEGER NOT NULL,
  "callId" TEXT,
  "customerName" TEXT,
  "queueId" TEXT,${kept}
) STRICT;

CREATE TABLE agent_interval (
  "id" TEXT NOT NULL UNIQUE,
  "userId" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "reason" TEXT,
  "from" INTEGER NOT NULL,
  "to" INTEGER NOT NULL,${kept}
) STRICT;
CREATE INDEX agent_interval_by_user ON agent_interval ("userId", "from" DESC);

CREATE TABLE "user" (
  "id" TEXT NOT NULL UNIQUE,
  "login" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "teamId" TEXT,
  "extension" TEXT,
  "queueIds" TEXT NOT NULL,
  "active" INTEGER NOT NULL,${kept}
) STRICT;

CREATE TABLE setting (
  "id" TEXT NOT NULL UNIQUE,
  "key" TEXT NOT NULL,
  "value" TEXT NOT NULL,${kept}
) STRICT;
CREATE INDEX setting_by_key ON setting ("key");

-- Records that this version cannot put into a typed table: unknown entities, unknown words, parts.
CREATE TABLE other_record (
  "entity" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "fields" TEXT NOT NULL,
  "clocks" TEXT NOT NULL,
  PRIMARY KEY ("entity", "id")
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  "seq" INTEGER PRIMARY KEY AUTOINCREMENT,
  "id" TEXT NOT NULL UNIQUE,
  "entity" TEXT NOT NULL,
  "entityId" TEXT NOT NULL,
  "fields" TEXT NOT NULL,
  "clock" TEXT NOT NULL,
  "baseVersion" INTEGER,
  "authorId" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "refusedAt" INTEGER,
  "reason" TEXT,
  "message" TEXT
) STRICT;
CREATE INDEX outbox_by_record ON outbox ("entityId", "entity");
CREATE INDEX outbox_waiting ON outbox ("seq") WHERE "refusedAt" IS NULL;
CREATE INDEX outbox_refused ON outbox ("refusedAt") WHERE "refusedAt" IS NOT NULL;

-- What the server holds of a record while operations on it wait; version null: the server has none.
CREATE TABLE server_record (
  "entity" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "version" INTEGER,
  "fields" TEXT NOT NULL,
  "clocks" TEXT NOT NULL,
  PRIMARY KEY ("entity", "id")
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  "key" TEXT PRIMARY KEY,
  "json" TEXT NOT NULL,
  "savedAt" INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Customers whose search texts are older than their records.
CREATE TABLE search_due ("customerId" TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE search_trigram USING fts5 (
  "text", tokenize = 'trigram', content = '', contentless_delete = 1
);
CREATE VIRTUAL TABLE search_bigram USING fts5 (
  "text", content = '', contentless_delete = 1, detail = none
);
`,
};
