import type { Migration } from '../migration.ts';
import { searchAndGroups } from './0005-search-and-groups.ts';

interface Added {
  name: string;
  type: 'TEXT' | 'INTEGER';
  /** SQL of what records of before have; absent: null. */
  usual?: string;
}

const text = (name: string, usual?: string): Added => ({
  name,
  type: 'TEXT',
  ...(usual && { usual }),
});
const integer = (name: string, usual?: string): Added => ({
  name,
  type: 'INTEGER',
  ...(usual && { usual }),
});

/** Fields that records of before do not have. Those of a newer desk stood among the unknown ones. */
const added: Record<string, readonly Added[]> = {
  customer: [text('mergedInto'), text('callHours'), integer('doNotCall', '0')],
  contact_point: [text('consent', "'unknown'")],
  wrap_up: [text('tags', "'[]'"), text('script'), text('edits', "'[]'")],
  ticket: [
    text('impact'),
    text('urgency'),
    text('tags', "'[]'"),
    text('watcherIds', "'[]'"),
    text('mergedInto'),
    text('splitFrom'),
    text('relatedIds', "'[]'"),
    integer('acknowledgedAt'),
    integer('respondedAt'),
    integer('resolvedAt'),
    text('resolution', "''"),
    integer('reopened', '0'),
    integer('reopenedAt'),
    integer('promisedAt'),
    integer('escalation', '0'),
    text('pauses', "'[]'"),
    text('limitsTold', "'[]'"),
    text('lastStep'),
  ],
  ticket_event: [text('data')],
  task: [
    text('notes', "''"),
    text('attempts', "'[]'"),
    integer('remindAt'),
    text('queueId'),
    integer('doneAt'),
    text('doneBy'),
  ],
};

function adding([table, columns]: [string, readonly Added[]]): string {
  const alter = columns.map(
    ({ name, type, usual }) =>
      `ALTER TABLE ${table} ADD COLUMN "${name}" ${type}${usual ? ` NOT NULL DEFAULT ${usual}` : ''};`,
  );
  const set = columns.map(({ name, usual }) => {
    const given = `json_extract("extra", '$.${name}')`;
    return `"${name}" = ${usual ? `coalesce(${given}, ${usual})` : given}`;
  });
  const paths = columns.map(({ name }) => `'$.${name}'`).join(', ');
  return `${alter.join('\n')}
UPDATE ${table} SET ${set.join(', ')}, "extra" = nullif(json_remove("extra", ${paths}), '{}')
  WHERE "extra" IS NOT NULL;`;
}

const kept = `
  "extra" TEXT,
  "version" INTEGER NOT NULL,
  "clocks" TEXT NOT NULL`;

/** Customers and the closed loop of tickets: what belongs to them beside what was there. */
export const closedLoop: Migration = {
  version: 5,
  sql: `
${Object.entries(added).map(adding).join('\n')}
CREATE INDEX customer_merged ON customer ("mergedInto") WHERE "mergedInto" IS NOT NULL;
CREATE INDEX ticket_by_customer ON ticket ("customerId", "createdAt" DESC) WHERE "customerId" IS NOT NULL;
CREATE INDEX ticket_merged ON ticket ("mergedInto") WHERE "mergedInto" IS NOT NULL;
CREATE INDEX ticket_split ON ticket ("splitFrom") WHERE "splitFrom" IS NOT NULL;
CREATE INDEX task_by_ticket ON task ("ticketId") WHERE "ticketId" IS NOT NULL;
CREATE INDEX task_closed ON task (coalesce("doneAt", "dueAt") DESC) WHERE "state" <> 'open';
CREATE INDEX task_closed_by_owner ON task ("ownerId", coalesce("doneAt", "dueAt") DESC) WHERE "state" <> 'open';

CREATE TABLE relation (
  "id" TEXT NOT NULL UNIQUE,
  "fromId" TEXT NOT NULL,
  "toId" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  "createdAt" INTEGER NOT NULL,
  "createdBy" TEXT NOT NULL,
  "endedAt" INTEGER,${kept}
) STRICT;
CREATE TABLE field_change (
  "id" TEXT NOT NULL UNIQUE,
  "customerId" TEXT NOT NULL,
  "field" TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "byId" TEXT NOT NULL,
  "byName" TEXT NOT NULL,
  "source" TEXT NOT NULL,${kept}
) STRICT;
CREATE TABLE drip_answer (
  "id" TEXT NOT NULL UNIQUE,
  "customerId" TEXT NOT NULL,
  "fieldId" TEXT NOT NULL,
  "outcome" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "byId" TEXT NOT NULL,
  "callId" TEXT,${kept}
) STRICT;
CREATE TABLE customer_merge (
  "id" TEXT NOT NULL UNIQUE,
  "winnerId" TEXT NOT NULL,
  "loserId" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "byId" TEXT NOT NULL,
  "byName" TEXT NOT NULL,
  "fields" TEXT NOT NULL,
  "undoneAt" INTEGER,
  "undoneBy" TEXT,${kept}
) STRICT;
CREATE TABLE attachment (
  "id" TEXT NOT NULL UNIQUE,
  "ticketId" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "mime" TEXT NOT NULL,
  "bytes" INTEGER NOT NULL,
  "sha256" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "byId" TEXT NOT NULL,
  "byName" TEXT NOT NULL,
  "retired" INTEGER NOT NULL,${kept}
) STRICT;
CREATE TABLE ticket_template (
  "id" TEXT NOT NULL UNIQUE,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "type" TEXT,
  "categoryId" TEXT,
  "priority" TEXT,
  "subject" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "retired" INTEGER NOT NULL,${kept}
) STRICT;
CREATE TABLE saved_view (
  "id" TEXT NOT NULL UNIQUE,
  "ownerId" TEXT NOT NULL,
  "list" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "filter" TEXT NOT NULL,
  "sort" TEXT NOT NULL,
  "shared" INTEGER NOT NULL,
  "retired" INTEGER NOT NULL,${kept}
) STRICT;
CREATE TABLE complaint (
  "id" TEXT NOT NULL UNIQUE,
  "ticketId" TEXT NOT NULL,
  "customerId" TEXT,
  "categoryId" TEXT,
  "severity" TEXT NOT NULL,
  "impact" TEXT NOT NULL,
  "remedySought" TEXT NOT NULL,
  "rootCause" TEXT NOT NULL,
  "correctiveAction" TEXT NOT NULL,
  "stage" TEXT NOT NULL,
  "stagesAt" TEXT NOT NULL,
  "repeatOf" TEXT,
  "createdAt" INTEGER NOT NULL,${kept}
) STRICT;
CREATE TABLE questionnaire (
  "id" TEXT NOT NULL UNIQUE,
  "name" TEXT NOT NULL,
  "edition" INTEGER NOT NULL,
  "greeting" TEXT NOT NULL,
  "questions" TEXT NOT NULL,
  "active" INTEGER NOT NULL,
  "retired" INTEGER NOT NULL,${kept}
) STRICT;
CREATE TABLE answer_sheet (
  "id" TEXT NOT NULL UNIQUE,
  "questionnaireId" TEXT NOT NULL,
  "edition" INTEGER NOT NULL,
  "customerId" TEXT,
  "ticketId" TEXT,
  "taskId" TEXT,
  "callId" TEXT,
  "agentId" TEXT,
  "agentName" TEXT,
  "queueId" TEXT,
  "categoryId" TEXT,
  "answers" TEXT NOT NULL,
  "questions" TEXT NOT NULL,
  "scoreHundredths" INTEGER,
  "outcome" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "byId" TEXT NOT NULL,
  "byName" TEXT NOT NULL,${kept}
) STRICT;
CREATE TABLE article (
  "id" TEXT NOT NULL UNIQUE,
  "title" TEXT NOT NULL,
  "language" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "category" TEXT NOT NULL,
  "keywords" TEXT NOT NULL,
  "ticketCategoryIds" TEXT NOT NULL,
  "queueIds" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "bodyVersion" INTEGER NOT NULL,
  "reviewOn" TEXT,
  "updatedAt" INTEGER NOT NULL,
  "updatedBy" TEXT NOT NULL,${kept}
) STRICT;
CREATE TABLE article_version (
  "id" TEXT NOT NULL UNIQUE,
  "articleId" TEXT NOT NULL,
  "bodyVersion" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "byId" TEXT NOT NULL,
  "byName" TEXT NOT NULL,${kept}
) STRICT;
CREATE TABLE article_feedback (
  "id" TEXT NOT NULL UNIQUE,
  "articleId" TEXT NOT NULL,
  "helped" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "callId" TEXT,
  "at" INTEGER NOT NULL,
  "byId" TEXT NOT NULL,${kept}
) STRICT;
CREATE TABLE script (
  "id" TEXT NOT NULL UNIQUE,
  "name" TEXT NOT NULL,
  "queueIds" TEXT NOT NULL,
  "direction" TEXT NOT NULL,
  "startId" TEXT NOT NULL,
  "nodes" TEXT NOT NULL,
  "active" INTEGER NOT NULL,
  "retired" INTEGER NOT NULL,
  "edition" INTEGER NOT NULL,${kept}
) STRICT;
CREATE TABLE segment (
  "id" TEXT NOT NULL UNIQUE,
  "name" TEXT NOT NULL,
  "description" TEXT NOT NULL,
  "rule" TEXT NOT NULL,
  "standing" TEXT,
  "createdAt" INTEGER NOT NULL,
  "createdBy" TEXT NOT NULL,
  "retired" INTEGER NOT NULL,${kept}
) STRICT;
CREATE TABLE notification (
  "id" TEXT NOT NULL UNIQUE,
  "userId" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "ticketId" TEXT,
  "taskId" TEXT,
  "subject" TEXT NOT NULL,
  "byName" TEXT,
  "readAt" INTEGER,${kept}
) STRICT;
CREATE TABLE missed_call (
  "id" TEXT NOT NULL UNIQUE,
  "numberKey" TEXT,
  "numberRaw" TEXT NOT NULL,
  "customerId" TEXT,
  "queueId" TEXT,
  "firstAt" INTEGER NOT NULL,
  "lastAt" INTEGER NOT NULL,
  "callRefs" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "ownerId" TEXT,
  "ownerName" TEXT,
  "handledAt" INTEGER,
  "outcome" TEXT,
  "note" TEXT NOT NULL,${kept}
) STRICT;

CREATE INDEX customer_do_not_call ON customer ("key") WHERE "doNotCall" = 1;
-- Most customers are B: there the newest of a class are found without an index.
CREATE INDEX customer_by_class ON customer ("valueClass", "key") WHERE "valueClass" <> 'B';
CREATE INDEX relation_from ON relation ("fromId");
CREATE INDEX relation_to ON relation ("toId");
CREATE INDEX field_change_of ON field_change ("customerId", "at" DESC);
CREATE INDEX drip_answer_of ON drip_answer ("customerId", "at" DESC);
CREATE INDEX customer_merge_by_winner ON customer_merge ("winnerId");
CREATE INDEX customer_merge_by_loser ON customer_merge ("loserId");
CREATE INDEX attachment_of ON attachment ("ticketId");
CREATE INDEX attachment_by_hash ON attachment ("sha256");
CREATE INDEX complaint_of_customer ON complaint ("customerId", "createdAt" DESC)
  WHERE "customerId" IS NOT NULL;
CREATE INDEX complaint_by_time ON complaint ("createdAt" DESC);
CREATE INDEX answer_sheet_by_ticket ON answer_sheet ("ticketId", "at", "id") WHERE "ticketId" IS NOT NULL;
CREATE INDEX answer_sheet_by_customer ON answer_sheet ("customerId", "at" DESC)
  WHERE "customerId" IS NOT NULL;
CREATE INDEX answer_sheet_by_time ON answer_sheet ("at" DESC);
CREATE INDEX article_version_of ON article_version ("articleId", "bodyVersion" DESC);
CREATE INDEX article_feedback_of ON article_feedback ("articleId");
CREATE INDEX notification_unread ON notification ("userId", "at" DESC) WHERE "readAt" IS NULL;
CREATE INDEX notification_by_time ON notification ("userId", "at" DESC);
CREATE INDEX missed_call_open ON missed_call ("lastAt" DESC) WHERE "state" <> 'handled';
CREATE INDEX missed_call_handled ON missed_call ("handledAt" DESC) WHERE "state" = 'handled';
CREATE INDEX missed_call_by_number ON missed_call ("numberKey") WHERE "numberKey" IS NOT NULL;

-- Articles whose search texts are older than their records; the key of the index outlives a change.
-- The conflict rule of an upsert would overrule one in its triggers, so that they have none.
CREATE TABLE article_due ("articleId" TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE article_key ("key" INTEGER PRIMARY KEY, "articleId" TEXT NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE article_search USING fts5 (
  "title", "keywords", "body", tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3',
  content = '', contentless_delete = 1
);
CREATE TRIGGER article_made AFTER INSERT ON article BEGIN
  INSERT INTO article_due SELECT new."id"
    WHERE NOT EXISTS (SELECT 1 FROM article_due WHERE "articleId" = new."id");
END;
CREATE TRIGGER article_changed AFTER UPDATE ON article BEGIN
  INSERT INTO article_due SELECT new."id"
    WHERE NOT EXISTS (SELECT 1 FROM article_due WHERE "articleId" = new."id");
END;
CREATE TRIGGER article_gone AFTER DELETE ON article BEGIN
  INSERT INTO article_due SELECT old."id"
    WHERE NOT EXISTS (SELECT 1 FROM article_due WHERE "articleId" = old."id");
END;

-- Tickets that were touched, for lists of them that are kept in memory.
CREATE TABLE ticket_touched ("seq" INTEGER PRIMARY KEY AUTOINCREMENT, "ticketId" TEXT NOT NULL) STRICT;
CREATE TRIGGER ticket_made AFTER INSERT ON ticket BEGIN
  INSERT INTO ticket_touched ("ticketId") VALUES (new."id");
END;
CREATE TRIGGER ticket_changed AFTER UPDATE OF "state" ON ticket BEGIN
  INSERT INTO ticket_touched ("ticketId") VALUES (new."id");
END;
CREATE TRIGGER ticket_gone AFTER DELETE ON ticket BEGIN
  INSERT INTO ticket_touched ("ticketId") VALUES (old."id");
END;
${searchAndGroups}`,
};
