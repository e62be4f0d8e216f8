import type { Database } from 'better-sqlite3';
import type { HelpView, MessageView, Sending } from '#shared/contract/methods/intervention.ts';
import type { Role } from '#shared/domain/permissions.ts';
import { columnList } from '../records/tables.ts';

/** Somebody of the centre, whether with a phone or not. */
export interface Person {
  id: string;
  name: string;
  role: Role;
  teamId: string | null;
}

export interface InterventionReads {
  /** What this user got, newest first. */
  inbox(limit: number): MessageView[];
  unreadMessages(): number;
  unreadIds(limit: number): string[];
  message(id: string): MessageView | null;
  /** What this user sent: the newest `limit` sendings, with one receipt for each recipient, by name. */
  sent(limit: number): Sending[];
  /** Messages of one of this user's sendings that have a reply which was not seen yet. */
  newReplies(sendingId: string): string[];
  /** Requests that go on, oldest first. */
  helpGoingOn(): HelpView[];
  /** The newest of this user that goes on. */
  ownHelp(): HelpView | null;
  help(id: string): HelpView | null;
  /** Newest first; `before` (ms UTC, exclusive) pages on. */
  helpHistory(before: number | null, limit: number): HelpView[];
  /** Active users, by name. */
  people(): Person[];
}

const message = `SELECT "id", ${columnList('message')} FROM message`;
const help = `SELECT "id", ${columnList('helpRequest')} FROM help_request`;

export const interventionSql = {
  inbox: `${message} WHERE "recipientId" = ? ORDER BY "sentAt" DESC LIMIT +?`,
  unread: `SELECT count(*) FROM message WHERE "recipientId" = ? AND "readAt" IS NULL`,
  unreadIds: `SELECT "id" FROM message
    WHERE "recipientId" = ? AND "readAt" IS NULL ORDER BY "sentAt" DESC LIMIT +?`,
  message: `${message} WHERE "id" = ?`,
  sent: `${message} WHERE "senderId" = ? ORDER BY "sentAt" DESC`,
  newReplies: `SELECT "id" FROM message
    WHERE "sendingId" = ? AND "senderId" = ? AND "reply" IS NOT NULL AND "replyReadAt" IS NULL`,
  helpGoingOn: `${help} WHERE "closedAt" IS NULL ORDER BY "askedAt"`,
  ownHelp: `${help} WHERE "agentId" = ? AND "closedAt" IS NULL ORDER BY "askedAt" DESC LIMIT 1`,
  help: `${help} WHERE "id" = ?`,
  helpHistory: `${help} WHERE "askedAt" < ? ORDER BY "askedAt" DESC LIMIT +?`,
  people: `SELECT u."id", u."name", u."role", u."teamId" FROM "user" u
    WHERE u."active" = 1 ORDER BY u."name"`,
};

/** Messages and requests for help, as this user has them. */
export function createInterventionReads(db: Database, userId: string): InterventionReads {
  const sql = interventionSql;
  const inbox = db.prepare<[string, number], MessageView>(sql.inbox);
  const unread = db.prepare<[string], number>(sql.unread).pluck();
  const unreadIds = db.prepare<[string, number], string>(sql.unreadIds).pluck();
  const one = db.prepare<[string], MessageView>(sql.message);
  const sent = db.prepare<[string], MessageView>(sql.sent);
  const newReplies = db.prepare<[string, string], string>(sql.newReplies).pluck();
  const going = db.prepare<[], HelpView>(sql.helpGoingOn);
  const own = db.prepare<[string], HelpView>(sql.ownHelp);
  const oneHelp = db.prepare<[string], HelpView>(sql.help);
  const history = db.prepare<[number, number], HelpView>(sql.helpHistory);
  const people = db.prepare<[], Person>(sql.people);

  return {
    inbox: (limit) => inbox.all(userId, limit),
    unreadMessages: () => unread.get(userId) ?? 0,
    unreadIds: (limit) => unreadIds.all(userId, limit),
    message: (id) => one.get(id) ?? null,
    sent(limit) {
      const sendings = new Map<string, Sending>();
      for (const row of sent.iterate(userId)) {
        const known = sendings.get(row.sendingId);
        if (!known && sendings.size === limit) break;
        const sending = known ?? sendingOf(row);
        sending.receipts.push(receiptOf(row));
        sendings.set(row.sendingId, sending);
      }
      for (const { receipts } of sendings.values()) {
        receipts.sort((a, b) => a.recipientName.localeCompare(b.recipientName));
      }
      return [...sendings.values()];
    },
    newReplies: (sendingId) => newReplies.all(sendingId, userId),
    helpGoingOn: () => going.all(),
    ownHelp: () => own.get(userId) ?? null,
    help: (id) => oneHelp.get(id) ?? null,
    helpHistory: (before, limit) => history.all(before ?? Number.MAX_SAFE_INTEGER, limit),
    people: () => people.all(),
  };
}

function sendingOf(row: MessageView): Sending {
  const { sendingId, audience, audienceName, text, priority, sentAt } = row;
  return { sendingId, audience, audienceName, text, priority, sentAt, receipts: [] };
}

function receiptOf(row: MessageView): Sending['receipts'][number] {
  const { id, recipientId, recipientName, readAt, reply, repliedAt, replyReadAt } = row;
  return { id, recipientId, recipientName, readAt, reply, repliedAt, replyReadAt };
}
