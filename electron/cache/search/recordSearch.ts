import type { Database } from 'better-sqlite3';
import type {
  FoundArticle,
  FoundNote,
  FoundText,
  FoundTicket,
} from '#shared/contract/methods/search.ts';
import type { Language } from '#shared/domain/text/text.ts';
import type { TicketState } from '#shared/domain/tickets/ticket.ts';
import { winnerSql } from '../reads/sqlParts.ts';
import { matchOf } from './grams.ts';
import { fitOf } from './matching.ts';
import { customerTextSql } from './searchIndex.ts';
import type { SearchTerms } from './searchTerms.ts';
import { type SearchText, type TicketRow, textOf, ticketTexts } from './searchTexts.ts';

const poolSize = 40;
/** Beginning of an id as it stands in an address. */
const idLike = /^[0-9a-f]{8}[0-9a-f-]{0,28}$/;

const ticketColumns = `t."rowid" AS key, t."id", t."no", t."subject", t."description", t."state", t."createdAt",
  c."name" AS customerName`;
const customerOf = (column: string) => `LEFT JOIN customer c ON c."id" = ${winnerSql(column)}`;

export const recordSearchSql = {
  tickets: `SELECT ${ticketColumns} FROM ticket t ${customerOf('t."customerId"')}
    WHERE t."rowid" IN (SELECT "rowid" FROM search_ticket WHERE search_ticket MATCH ?
      ORDER BY "rowid" DESC LIMIT ${poolSize})
    ORDER BY t."createdAt" DESC`,
  ticketById: `SELECT ${ticketColumns} FROM ticket t ${customerOf('t."customerId"')}
    WHERE t."id" >= @id AND t."id" < @id || 'g' LIMIT 5`,
  wrapUps: `SELECT w."id", w."callId", w."notes", w."savedAt", w."agentName",
      ${winnerSql('w."customerId"')} AS customerId, c."name" AS customerName
    FROM wrap_up w ${customerOf('w."customerId"')}
    WHERE w."rowid" IN (SELECT "rowid" FROM search_wrap_up WHERE search_wrap_up MATCH ?
      ORDER BY "rowid" DESC LIMIT ${poolSize})
    ORDER BY w."savedAt" DESC`,
  articles: `SELECT "id", "title", "language" FROM article INDEXED BY article_titles
    WHERE "state" = 'published' LIMIT 3000`,
};

interface TicketFound extends TicketRow {
  state: TicketState;
  createdAt: number;
  customerName: string | null;
}

interface WrapUpFound {
  id: string;
  callId: string;
  notes: string;
  savedAt: number;
  agentName: string;
  customerId: string | null;
  customerName: string | null;
}

/** Tickets, notes of wrap-ups and titles of articles that have everything that was typed; the newest first. */
export function createRecordSearch(db: Database) {
  const byGrams = db.prepare<[string], TicketFound>(recordSearchSql.tickets);
  const byId = db.prepare<[{ id: string }], TicketFound>(recordSearchSql.ticketById);
  const notes = db.prepare<[string], string>(customerTextSql.notes).pluck();
  const wrapUps = db.prepare<[string], WrapUpFound>(recordSearchSql.wrapUps);
  const articles = db.prepare<[], { id: string; title: string; language: Language }>(
    recordSearchSql.articles,
  );

  function ticketsOf(terms: SearchTerms): TicketFound[] {
    const named = idLike.test(terms.folded) ? byId.all({ id: terms.folded }) : [];
    const found = terms.grams.length > 0 ? byGrams.all(matchOf(terms.grams)) : [];
    return [...named, ...found.filter(({ id }) => named.every((one) => one.id !== id))];
  }

  return {
    tickets(terms: SearchTerms, limit: number): FoundTicket[] {
      const hits: FoundTicket[] = [];
      for (const row of ticketsOf(terms)) {
        if (hits.length >= limit) break;
        const found =
          fitOf(terms, ticketTexts(row, []))?.found ??
          foundOrNamed(terms, ticketTexts(row, notes.all(row.id)), row.id);
        const { id: ticketId, no, subject, state, customerName } = row;
        if (found) hits.push({ ticketId, no, subject, state, customerName, found });
      }
      return hits;
    },
    wrapUps(terms: SearchTerms, limit: number): FoundNote[] {
      if (terms.grams.length === 0) return [];
      const hits: FoundNote[] = [];
      for (const row of wrapUps.all(matchOf(terms.grams))) {
        if (hits.length >= limit) break;
        const found = fitOf(terms, [textOf('note', row.notes)])?.found;
        const { id: wrapUpId, callId, customerId, customerName, agentName, savedAt: at } = row;
        if (found) hits.push({ wrapUpId, callId, customerId, customerName, agentName, at, found });
      }
      return hits;
    },
    articles(terms: SearchTerms, limit: number): FoundArticle[] {
      if (terms.grams.length === 0) return [];
      const hits: FoundArticle[] = [];
      for (const { id: articleId, title, language } of articles.all()) {
        if (hits.length >= limit) break;
        const found = fitOf(terms, [textOf('subject', title)])?.found;
        if (found) hits.push({ articleId, language, found });
      }
      return hits;
    },
  };
}

/** A ticket that was asked for by its id shows its subject, with nothing marked. */
function foundOrNamed(
  terms: SearchTerms,
  texts: readonly SearchText[],
  id: string,
): FoundText | null {
  const fitting = fitOf(terms, texts);
  if (fitting) return fitting.found;
  const [subject] = texts;
  if (!subject || !id.startsWith(terms.folded)) return null;
  return { field: 'subject', text: subject.raw, marks: [] };
}
