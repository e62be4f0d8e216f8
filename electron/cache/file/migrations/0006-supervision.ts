import type { Migration } from '../migration.ts';

/** Messages between people of the centre, and requests for help. */
export const supervision: Migration = {
  version: 6,
  sql: `
CREATE TABLE message (
  "id" TEXT NOT NULL UNIQUE,
  "sendingId" TEXT NOT NULL,
  "senderId" TEXT NOT NULL,
  "senderName" TEXT NOT NULL,
  "recipientId" TEXT NOT NULL,
  "recipientName" TEXT NOT NULL,
  "audience" TEXT NOT NULL,
  "audienceName" TEXT,
  "text" TEXT NOT NULL,
  "priority" TEXT NOT NULL,
  "sentAt" INTEGER NOT NULL,
  "helpRequestId" TEXT,
  "readAt" INTEGER,
  "reply" TEXT,
  "repliedAt" INTEGER,
  "replyReadAt" INTEGER,
  "extra" TEXT,
  "version" INTEGER NOT NULL,
  "clocks" TEXT NOT NULL
) STRICT;
CREATE INDEX message_unread ON message ("recipientId", "sentAt" DESC) WHERE "readAt" IS NULL;
CREATE INDEX message_received ON message ("recipientId", "sentAt" DESC);
CREATE INDEX message_sent ON message ("senderId", "sentAt" DESC);
CREATE INDEX message_of_sending ON message ("sendingId");
CREATE TABLE help_request (
  "id" TEXT NOT NULL UNIQUE,
  "agentId" TEXT NOT NULL,
  "agentName" TEXT NOT NULL,
  "teamId" TEXT,
  "askedAt" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "callId" TEXT,
  "callRef" TEXT,
  "queueId" TEXT,
  "customerName" TEXT,
  "state" TEXT NOT NULL,
  "answer" TEXT,
  "answeredById" TEXT,
  "answeredByName" TEXT,
  "answeredAt" INTEGER,
  "closedAt" INTEGER,
  "extra" TEXT,
  "version" INTEGER NOT NULL,
  "clocks" TEXT NOT NULL
) STRICT;
CREATE INDEX help_request_going_on ON help_request ("askedAt" DESC) WHERE "closedAt" IS NULL;
CREATE INDEX help_request_by_time ON help_request ("askedAt" DESC);
CREATE INDEX help_request_by_agent ON help_request ("agentId", "askedAt" DESC);
`,
};
